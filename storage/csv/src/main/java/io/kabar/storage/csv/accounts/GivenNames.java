package io.kabar.storage.csv.accounts;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.Digits;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every name that was ever given to somebody, with its account's id, in {@code names.csv}: by it a start knows which
 * accounts a person has taken out of {@code users.csv} while the server was away. Only grows. What it does not know
 * yet, because a crash came between the two files, it learns at the next start.
 */
public final class GivenNames {

    private static final String HEADER = "id,name";

    private final Path file;
    private final Map<String, Long> ids = new LinkedHashMap<>();
    private final Map<String, UserName> names = new LinkedHashMap<>();

    /** Whether all that is known stands in the file, and nothing else. */
    private boolean whole;

    private GivenNames(Path file) {
        this.file = file;
    }

    /**
     * The names in a file; none if it is not there.
     *
     * @throws IOException in a sentence, if it is damaged
     */
    public static GivenNames open(Path file) throws IOException {
        GivenNames given = new GivenNames(file);
        byte[] bytes;
        try {
            bytes = CsvAccounts.bytes(file);
        } catch (NoSuchFileException e) {
            return given;
        } catch (FileSystemException e) {
            throw new IOException("The names in " + file + " cannot be read: " + FileTrouble.reason(e) + ".", e);
        }
        int number = 0;
        try {
            EditedText text = EditedText.of(bytes);
            boolean ends = text.text().endsWith("\n") || text.text().endsWith("\r");
            List<String> lines = ends || text.lines().isEmpty()
                    ? text.lines()
                    : text.lines().subList(0, text.lines().size() - 1); // cut off by a crash, and learnt again
            if (lines.isEmpty() && !HEADER.startsWith(text.text())) {
                number++;
                throw new DamagedException("the header is not " + HEADER);
            }
            for (String line : lines) {
                number++;
                List<String> cells = CsvLine.parse(line);
                if (number > 1) {
                    given.learn(Digits.parseLong(cells.get(0)), new UserName(cells.get(1)));
                } else if (!line.equals(HEADER)) {
                    throw new DamagedException("the header is not " + HEADER);
                }
            }
            given.whole = ends;
            return given;
        } catch (DamagedException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(
                    file + (number > 0 ? ", line " + number : "") + " cannot be read: " + e.getMessage()
                            + ". Put a copy back, or remove the file: then names whose accounts were removed are free.",
                    e);
        }
    }

    private void learn(long id, UserName name) {
        ids.put(AccountRow.key(name), id);
        names.put(AccountRow.key(name), name);
    }

    public boolean isEmpty() {
        return ids.isEmpty();
    }

    /** The ids by {@link AccountRow#key}. */
    public Map<String, Long> ids() {
        return ids;
    }

    /** The names by {@link AccountRow#key}. */
    public Map<String, UserName> names() {
        return names;
    }

    /** Adds what is new of these rows. */
    public void add(Collection<AccountRow> rows) throws IOException {
        StringBuilder out = new StringBuilder();
        for (AccountRow row : rows) {
            if (ids.getOrDefault(row.key(), 0L) != row.id()) {
                CsvLine.append(
                        out, Long.toString(row.id()), row.account().name().text());
                learn(row.id(), row.account().name());
            }
        }
        if (out.length() == 0 && whole) {
            return;
        }
        if (!whole) {
            rewrite();
            return;
        }
        whole = false; // until it is certain
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(out.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        whole = true;
    }

    private void rewrite() throws IOException {
        StringBuilder out = new StringBuilder(HEADER + "\r\n");
        names.forEach((key, name) -> CsvLine.append(out, Long.toString(ids.getOrDefault(key, 0L)), name.text()));
        AtomicFile.write(file, out.toString());
        whole = true;
    }
}
