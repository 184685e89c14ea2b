package io.kabar.storage.csv.accounts;

import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Device;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All rows of {@code devices.csv} that hold: of each device the last one. The first device of an account is let in only
 * while {@code users.csv} has its claim. For one thread at a time.
 */
public final class DeviceBook {

    private final TreeMap<Long, TreeMap<Integer, DeviceRow>> byAccount = new TreeMap<>();
    private int size;

    /** Takes rows in the order of a file. */
    static DeviceBook of(List<DeviceRow> rows) {
        DeviceBook book = new DeviceBook();
        rows.forEach(book::put);
        return book;
    }

    void put(DeviceRow row) {
        DeviceRow before = byAccount
                .computeIfAbsent(row.account(), account -> new TreeMap<>())
                .put(row.device().number(), row);
        size += before == null ? 1 : 0;
    }

    /** Puts back what was there before; takes the row out if nothing was. */
    void restore(DeviceRow row, @Nullable DeviceRow before) {
        TreeMap<Integer, DeviceRow> rows = byAccount.get(row.account());
        if (before != null) {
            put(before);
        } else if (rows != null && rows.remove(row.device().number()) != null) {
            size--;
        }
    }

    /** How many rows hold. */
    int size() {
        return size;
    }

    @Nullable
    DeviceRow find(long account, int number) {
        TreeMap<Integer, DeviceRow> rows = byAccount.get(account);
        return rows == null ? null : rows.get(number);
    }

    /** An account with all its devices, by its row. */
    Account join(Account account) {
        TreeMap<Integer, DeviceRow> rows = byAccount.get(account.id());
        if (rows == null) {
            return account;
        }
        List<Device> devices = new ArrayList<>();
        Device first = account.device(Device.FIRST).orElse(null);
        DeviceRow known = rows.get(Device.FIRST);
        if (first != null && known != null && known.device().claim().equals(first.claim())) {
            devices.add(known.device());
        } else if (first != null) {
            devices.add(first);
        } else if (known != null && !known.device().isGood()) {
            devices.add(known.device());
        }
        for (DeviceRow row : rows.tailMap(Device.FIRST, false).values()) {
            if (!row.isForgotten()) {
                devices.add(row.device());
            }
        }
        return account.withDevices(devices);
    }

    /** The rows that have to be added when an account's devices become these. */
    static List<DeviceRow> changes(Account before, Account after) {
        List<DeviceRow> rows = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        for (Device device : after.devices()) {
            numbers.add(device.number());
            if (!before.devices().contains(device)) {
                rows.add(new DeviceRow(after.id(), device, false));
            }
        }
        for (Device device : before.devices()) {
            if (!numbers.contains(device.number())) {
                rows.add(new DeviceRow(after.id(), device, true));
            }
        }
        return rows;
    }

    /** The rows of the accounts that there still are, without those of forgotten devices that no number hangs on. */
    List<DeviceRow> compact(LongPredicate isAccount) {
        List<DeviceRow> rows = new ArrayList<>();
        for (Map.Entry<Long, TreeMap<Integer, DeviceRow>> each : byAccount.entrySet()) {
            if (isAccount.test(each.getKey())) {
                for (DeviceRow row : each.getValue().values()) {
                    if (!row.isForgotten()
                            || row.device().number() == each.getValue().lastKey()) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    Collection<Long> accounts() {
        return byAccount.keySet();
    }

    Collection<DeviceRow> of(long account) {
        return byAccount.getOrDefault(account, new TreeMap<>()).values();
    }
}
