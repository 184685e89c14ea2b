package io.kabar.storage.csv.accounts;

import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.spi.Device;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.SegmentReader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Devices as a CSV file that people can read and mend: {@code account,device,claim,label,seen,revoked,created}. Rows
 * are appended, and of a device the last one holds; {@code forgotten} in place of a time of revocation says that it is
 * none of the account's any more. The time stands last because it is never empty: the beginning of a row is never a
 * row.
 */
public final class CsvDevices {

    private static final List<String> HEADER =
            List.of("account", "device", "claim", "label", "seen", "revoked", "created");

    private static final String FORGOTTEN = "forgotten";
    private static final int LONGEST_NUMBER = 5;

    private CsvDevices() {}

    /**
     * Of each device in a file the last row, in the order of accounts and numbers; none if it is not there.
     *
     * @param whole whether something behind the last line end that is no row is damage
     * @throws IOException in a sentence that names file and line, if it is damaged
     */
    public static List<DeviceRow> read(Path file, boolean whole) throws IOException {
        byte[] bytes = bytes(file);
        return bytes == null
                ? List.of()
                : DeviceBook.of(parse(file, bytes, whole)).compact(account -> true);
    }

    /** What a file holds; null if there is none, as nobody has signed in from a second device yet. */
    static byte @Nullable [] bytes(Path file) throws IOException {
        try {
            return CsvAccounts.bytes(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (FileSystemException e) {
            throw new IOException("The devices in " + file + " cannot be read: " + FileTrouble.reason(e) + ".", e);
        }
    }

    /** All rows of a file, in its order. */
    static List<DeviceRow> parse(Path file, byte[] bytes, boolean whole) throws IOException {
        List<DeviceRow> rows = new ArrayList<>();
        int number = 0;
        try {
            EditedText text = EditedText.of(bytes);
            List<String> lines = text.lines();
            boolean ends = text.text().endsWith("\n") || text.text().endsWith("\r");
            for (String line : lines) {
                number++;
                if (number == 1) {
                    if (!CsvLine.parse(line).equals(HEADER)) {
                        throw new DamagedException("the header is not " + String.join(",", HEADER));
                    }
                } else if (!line.isBlank()) {
                    try {
                        rows.add(row(line));
                    } catch (DamagedException e) {
                        if (whole || ends || number < lines.size()) {
                            throw e;
                        }
                    }
                }
            }
        } catch (DamagedException | IllegalArgumentException e) {
            throw new IOException(
                    "The devices cannot be read: " + file + (number > 0 ? ", line " + number : "") + ": "
                            + e.getMessage() + ".",
                    e);
        }
        if (number == 0) {
            throw new IOException("The devices cannot be read: " + file + ": it is empty, not even a header is there.");
        }
        return rows;
    }

    private static DeviceRow row(String line) throws DamagedException {
        if (line.length() > SegmentReader.LONGEST) {
            throw new DamagedException("this is longer than any device");
        }
        List<String> cells = CsvLine.parse(line);
        if (cells.size() != HEADER.size()) {
            throw new DamagedException("there are " + cells.size() + " cells instead of " + HEADER.size());
        }
        long account = CsvAccounts.number(cells.get(0), CsvAccounts.LONGEST_ID, "the account is no number from 1 on");
        long device = CsvAccounts.number(cells.get(1), LONGEST_NUMBER, "the device is no number from 1 on");
        String revoked = cells.get(5).strip();
        boolean forgotten = revoked.equalsIgnoreCase(FORGOTTEN);
        try {
            return new DeviceRow(
                    account,
                    new Device(
                            (int) device,
                            cells.get(2).strip(),
                            cells.get(3),
                            Instant.parse(cells.get(6).strip()),
                            Instant.parse(cells.get(4).strip()),
                            forgotten || revoked.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(revoked))),
                    forgotten);
        } catch (DateTimeException e) {
            throw new DamagedException("a time is not like 2026-01-31T12:00:00Z");
        } catch (IllegalArgumentException e) {
            throw new DamagedException("this is no device of an account");
        }
    }

    /** The whole file. */
    public static String text(Collection<DeviceRow> rows) {
        StringBuilder out = new StringBuilder();
        CsvLine.append(out, HEADER.toArray(String[]::new));
        return out.append(rows(rows)).toString();
    }

    /** Rows alone, to be appended. */
    static String rows(Collection<DeviceRow> rows) {
        StringBuilder out = new StringBuilder();
        for (DeviceRow row : rows) {
            Device device = row.device();
            CsvLine.append(
                    out,
                    Long.toString(row.account()),
                    Integer.toString(device.number()),
                    device.claim(),
                    device.label(),
                    device.seen().toString(),
                    row.isForgotten()
                            ? FORGOTTEN
                            : device.revoked().map(Instant::toString).orElse(""),
                    device.created().toString());
        }
        return out.toString();
    }
}
