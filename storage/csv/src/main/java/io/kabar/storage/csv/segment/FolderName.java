package io.kabar.storage.csv.segment;

import io.kabar.chat.internal.text.Parts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Folder names of rooms: small letters, digits, {@code -} and {@code _} stand for themselves, every other byte of the
 * UTF-8 text is written {@code %XX}. So no name leaves its folder, and all are legal in URLs and on every file system.
 */
public final class FolderName {

    /** File systems take 255 bytes; a longer name goes on in a folder within. */
    private static final int LONGEST = 200;

    private static final String MORE = "~";

    /** Names Windows keeps for devices. */
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

    private FolderName() {}

    static Path path(Path parent, String name) {
        String rest = encode(name);
        Path folder = parent;
        while (rest.length() > LONGEST) {
            folder = folder.resolve(rest.substring(0, LONGEST) + MORE);
            rest = rest.substring(LONGEST);
        }
        return folder.resolve(rest);
    }

    /** Whether this is the beginning of a longer name. */
    public static boolean goesOn(String folder) {
        return folder.endsWith(MORE);
    }

    /** What a folder with the beginning of a name gives to it. */
    public static String part(String folder) {
        return folder.substring(0, folder.length() - MORE.length());
    }

    private static boolean isPort(String name) {
        return name.length() == 4
                && (name.startsWith("com") || name.startsWith("lpt"))
                && Parts.isDigit(name.charAt(3));
    }

    static String encode(String name) {
        boolean device = DEVICES.contains(name) || isPort(name);
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || Parts.isDigit(c) || c == '-' || c == '_';
            if (plain && !(device && out.isEmpty())) {
                out.append(c);
            } else {
                out.append('%');
                HexFormat.of().withUpperCase().toHexDigits(out, b);
            }
        }
        return out.toString();
    }

    /** The name whose folder this is; empty if {@link #path} would make another one. */
    public static Optional<String> name(Path parent, Path folder, String encoded) {
        try {
            String name = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            return path(parent, name).equals(folder) ? Optional.of(name) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
