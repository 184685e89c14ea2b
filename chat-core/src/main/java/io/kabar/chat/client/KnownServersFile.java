package io.kabar.chat.client;

import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Known servers in a text file, one {@code host:port KEY CHECK} a line, which a person can read and mend. {@code CHECK}
 * is the CRC-32 of what stands before it, so that a line in which anything has changed is no line for another server; a
 * person who adds a line leaves it out. A line that begins with {@code #} and a blank is a remark.
 *
 * <p>What cannot be understood may be the line of the server that is asked for. So such a line is told, and no key is
 * taken on trust, until it is mended; servers whose own line is whole are found all the same.
 */
public final class KnownServersFile implements KnownServers {

    /** A file larger than this is another file. */
    private static final int MAX_BYTES = 8 << 20;

    private final Path file;

    /** A file that need not exist yet. */
    public KnownServersFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<ServerKey> find(String address) {
        try {
            return find(bytes(), address);
        } catch (IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The key that a file of these bytes has for a server.
     *
     * @throws IllegalArgumentException with half a sentence, if the file does not tell for certain
     */
    static Optional<ServerKey> find(byte[] bytes, String address) {
        String wanted = KnownServers.form(address);
        ServerKey found = null;
        int unclear = 0;
        int number = 0;
        for (String text : EditedText.of(bytes).lines()) {
            number++;
            Line line = Line.parse(text);
            if (line == null) {
                unclear = unclear == 0 ? number : unclear;
            } else if (line.key != null && line.address.equals(wanted)) {
                if (found != null && !found.equals(line.key)) {
                    throw new IllegalArgumentException(
                            "line " + number + " has another key for " + wanted + " than a line before it");
                }
                found = line.key;
            }
        }
        if (found == null && unclear > 0) {
            throw new IllegalArgumentException("line " + unclear + " is not host:port and a key, and may be that of "
                    + wanted + "; mend or remove it");
        }
        return Optional.ofNullable(found);
    }

    /**
     * A line without a check may have been changed in one letter, and then the server it stands for looks like a new
     * one: so one that is nearly the address is told of.
     */
    @Override
    public synchronized Optional<String> remark(String address, ServerKey key) {
        String wanted = KnownServers.form(address);
        int number = 0;
        for (String text : EditedText.of(bytes()).lines()) {
            number++;
            Line line = Line.parse(text);
            if (line == null || line.key == null) {
                continue;
            }
            if (line.key.equals(key)) {
                return Optional.of("This key is known already, as that of " + line.address + " (line " + number + " of "
                        + file + ").");
            }
            if (!line.checked && isNearly(line.address, wanted)) {
                return Optional.of("Line " + number + " of " + file + " has another key for " + line.address
                        + ", which is nearly " + wanted + ", and nothing tells whether that line was changed by"
                        + " mistake: if it was, this is not the server that was known.");
            }
        }
        return Optional.empty();
    }

    /** Whether one is the other but for one letter, or two letters that have changed places. */
    private static boolean isNearly(String one, String other) {
        int same = 0;
        int shorter = Math.min(one.length(), other.length());
        int longer = Math.max(one.length(), other.length());
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        int sameEnd = 0;
        while (sameEnd < shorter - same
                && one.charAt(one.length() - 1 - sameEnd) == other.charAt(other.length() - 1 - sameEnd)) {
            sameEnd++;
        }
        int between = longer - same - sameEnd;
        boolean swapped = between == 2
                && one.length() == other.length()
                && one.charAt(same) == other.charAt(same + 1)
                && one.charAt(same + 1) == other.charAt(same);
        return between <= 1 || swapped;
    }

    /** Where the servers are, {@code host:port}, the newest line first; what cannot be understood is left out. */
    public synchronized List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (String text : EditedText.of(bytes()).lines()) {
            Line line = Line.parse(text);
            if (line != null && line.key != null && !addresses.contains(line.address)) {
                addresses.add(0, line.address);
            }
        }
        return addresses;
    }

    @Override
    public synchronized void remember(String address, ServerKey key) {
        String line = Line.of(KnownServers.form(address), key);
        boolean newLine = !endsInLine();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(
                    file,
                    (newLine ? System.lineSeparator() : "") + line + System.lineSeparator(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the known servers in " + file + ".", e);
        }
    }

    /** Refuses a file that nobody could read afterwards either. */
    private boolean endsInLine() {
        byte[] bytes = bytes();
        try {
            EditedText.of(bytes);
        } catch (IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
        return bytes.length == 0 || bytes[bytes.length - 1] == '\n' || bytes[bytes.length - 1] == '\r';
    }

    /** Nothing only if there is no file. */
    private byte[] bytes() {
        try {
            return EditedText.bytes(file, MAX_BYTES);
        } catch (IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw unreadable("it is a link to a file that does not exist");
            }
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the known servers in " + file + ".", e);
        }
    }

    private UncheckedIOException unreadable(String why) {
        String sentence = "Cannot read the known servers in " + file + ": " + why + ".";
        return new UncheckedIOException(sentence, new IOException(sentence));
    }

    /**
     * A line that says which key a server has; a remark says nothing of any.
     *
     * @param checked whether the line has a check, and it fits
     */
    private record Line(String address, @Nullable ServerKey key, boolean checked) {

        private static final Line REMARK = new Line("", null, false);

        static String of(String address, ServerKey key) {
            String line = address + " " + key.text();
            return line + " " + check(line);
        }

        /** Null if it cannot be understood. */
        static @Nullable Line parse(String text) {
            String line = text.strip();
            if (line.isEmpty() || line.equals("#") || line.startsWith("# ") || line.startsWith("#\t")) {
                return REMARK;
            }
            List<String> words = Parts.words(line);
            if (words.size() < 2 || words.size() > 3) {
                return null;
            }
            String address = KnownServers.form(words.get(0));
            if (!isAddress(address)) {
                return null;
            }
            if (words.size() == 3
                    && !check(address + " " + words.get(1)).equals(words.get(2).toLowerCase(Locale.ROOT))) {
                return null;
            }
            try {
                return new Line(address, ServerKey.parse(words.get(1)), words.size() == 3);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        /** Whether it is a name or an address, also one in brackets with a zone, and a port. */
        private static boolean isAddress(String address) {
            int colon = address.lastIndexOf(':');
            if (colon < 0 || !Parts.isDigits(address.substring(colon + 1), 1, 5)) {
                return false;
            }
            String host = address.substring(0, colon);
            String bracketed = Parts.between("[", host, "]");
            return bracketed != null ? Parts.areAll(bracketed, Line::inBrackets) : Parts.areAll(host, Line::inName);
        }

        private static boolean inBrackets(int c) {
            return Parts.isDigit(c) || (c >= 'a' && c <= 'z') || ":.%_~-".indexOf(c) >= 0;
        }

        private static boolean inName(int c) {
            return switch (Character.getType(c)) {
                case Character.LETTER_NUMBER,
                        Character.OTHER_NUMBER,
                        Character.NON_SPACING_MARK,
                        Character.COMBINING_SPACING_MARK,
                        Character.ENCLOSING_MARK -> true;
                default -> Character.isLetterOrDigit(c) || "._~+-".indexOf(c) >= 0;
            };
        }

        private static String check(String line) {
            CRC32 crc = new CRC32();
            crc.update(line.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().toHexDigits((int) crc.getValue());
        }
    }
}
