package io.kabar.storage.csv.accounts;

import io.kabar.chat.internal.text.Digits;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.SmallCsv;
import io.kabar.storage.csv.layout.Aside;
import io.kabar.storage.csv.layout.StorageLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Up to which number ids may have been given to people without an account, in {@code ids.csv}: many at a time, so that
 * a guest costs no write. For one thread at a time.
 */
public final class GivenIds {

    private static final String HEADER = "upto";
    private static final int LONGEST = 1024;

    /** Ids that one write is for. */
    private static final int AT_ONCE = 256;

    private final Path file;
    private long upTo;

    private GivenIds(Path file, long upTo) {
        this.file = file;
        this.upTo = upTo;
    }

    /** Of a file; no ids were given if there is none. One that is damaged is put aside, and told of. */
    public static GivenIds open(Path file) {
        if (Files.exists(file)) {
            try {
                List<List<String>> rows = SmallCsv.rows(file, List.of(HEADER), LONGEST);
                return new GivenIds(file, Digits.parseLong(rows.get(0).get(0)));
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                Aside.move(file, "numbers of guests may be given a second time", new StorageLog());
            }
        }
        return new GivenIds(file, 0);
    }

    /** Up to which number ids may have been given. */
    public long upTo() {
        return upTo;
    }

    /**
     * An id is about to be given.
     *
     * @throws IOException if that cannot be kept
     */
    public void give(long id) throws IOException {
        if (id > upTo) {
            keep(id + AT_ONCE - 1);
        }
    }

    /**
     * No id above this one was given.
     *
     * @throws IOException if that cannot be kept, which only costs numbers
     */
    public void end(long highest) throws IOException {
        if (highest < upTo) {
            keep(highest);
        }
    }

    private void keep(long number) throws IOException {
        AtomicFile.write(file, HEADER + "\r\n" + number + "\r\n");
        upTo = number;
    }
}
