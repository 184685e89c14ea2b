package io.kabar.storage.csv.exchange;

import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Device;
import io.kabar.storage.csv.accounts.CsvDevices;
import io.kabar.storage.csv.accounts.DeviceRow;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Devices of accounts on their way from one folder to another, with the numbers that accounts have at their new place,
 * and what is told or taken of one person's.
 */
final class ExchangedDevices {

    private final List<DeviceRow> rows = new ArrayList<>();

    /** The text of the devices of a folder; null if there are none. */
    static @Nullable String leaving(Path file) throws IOException {
        List<DeviceRow> rows = CsvDevices.read(file, false);
        return rows.isEmpty() ? null : CsvDevices.text(rows);
    }

    /** What a person is told of the devices of their account; no claim, which only proves. */
    static String of(Path file, Account account) throws IOException {
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, "device", "label", "created", "seen", "revoked");
        for (DeviceRow row : CsvDevices.read(file, false)) {
            if (row.account() == account.id()) {
                Device device = row.device();
                CsvLine.append(
                        text,
                        Integer.toString(device.number()),
                        device.label(),
                        device.created().toString(),
                        device.seen().toString(),
                        device.revoked().map(Object::toString).orElse(""));
            }
        }
        return text.toString();
    }

    /** Takes the devices of an archive. */
    void read(Path file) throws IOException {
        rows.addAll(CsvDevices.read(file, true));
    }

    /**
     * Adds them to those of a folder.
     *
     * @param numbers which account has which number now; those that were not taken over are not among them
     */
    void publish(Path file, Map<Long, Long> numbers) throws IOException {
        List<DeviceRow> all = new ArrayList<>(CsvDevices.read(file, true));
        int before = all.size();
        for (DeviceRow row : rows) {
            Long number = numbers.get(row.account());
            if (number != null) {
                all.add(new DeviceRow(number, row.device(), row.isForgotten()));
            }
        }
        if (all.size() > before) {
            AtomicFile.write(file, CsvDevices.text(all));
        }
    }

    /** Takes away what an account's devices call themselves. They are let in as before. */
    static void erase(Path file, long account) throws IOException {
        List<DeviceRow> all = CsvDevices.read(file, true);
        List<DeviceRow> left = all.stream()
                .map(row -> row.account() == account
                        ? new DeviceRow(account, nameless(row.device()), row.isForgotten())
                        : row)
                .toList();
        if (!left.equals(all)) {
            AtomicFile.write(file, CsvDevices.text(left));
        }
    }

    private static Device nameless(Device device) {
        return new Device(device.number(), device.claim(), "", device.created(), device.seen(), device.revoked());
    }
}
