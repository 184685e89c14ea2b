package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.Device;
import io.kabar.storage.csv.accounts.AccountFile;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices and changes of accounts in files that people edit, that are cut off, and that are moved. */
class AccountChangesTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path parent;

    private DataFolder data;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        data = DataFolder.open(parent.resolve("data"));
    }

    @AfterEach
    void close() {
        data.close();
    }

    private static String claim(int device) {
        return String.format("%064x", device);
    }

    private CsvAccountStore start() throws IOException {
        return start(AccountFile.Disk.SYSTEM);
    }

    private CsvAccountStore start(AccountFile.Disk disk) throws IOException {
        CsvAccountStore store = CsvAccountStore.open(data, disk, InstantSource.system());
        store.open(name -> told.add(name.text()));
        store.close(); // looked at by hand: the watch would look at any time
        return store;
    }

    private static Account register(CsvAccountStore store, String name) {
        return store.register(new Account(
                        0, UserName.of(name), Optional.empty(), Optional.of(claim(1)), Account.MEMBER, NOON))
                .orElseThrow();
    }

    private static void add(CsvAccountStore store, Account account, int device) {
        assertThat(store.change(
                        account.id(), new AccountChange.NewDevice(Device.of(claim(device), "d" + device, NOON))))
                .isPresent();
    }

    private static Optional<Account> find(CsvAccountStore store, String name) {
        return store.find(UserName.of(name));
    }

    private static void save(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private static Optional<Account> rename(CsvAccountStore store, Account account, String name) {
        return store.change(account.id(), new AccountChange.NewName(UserName.of(name)));
    }

    @Test
    void a_person_who_takes_a_device_out_of_the_file_shuts_it_out_and_its_account_is_told() throws IOException {
        CsvAccountStore store = start();
        Account ada = register(store, "ada");
        add(store, ada, 2);
        store = start();
        save(
                data.devices(),
                Files.readString(data.devices()).lines().findFirst().orElseThrow() + "\r\n");

        store.look();

        assertThat(told).containsExactly("ada");
        assertThat(find(store, "ada").orElseThrow().devices()).hasSize(1);
        assertThat(find(start(), "ada").orElseThrow().devices()).hasSize(1);
    }

    @Test
    void an_editor_who_has_not_seen_a_revocation_or_another_name_does_not_undo_it() throws IOException {
        CsvAccountStore store = start();
        Account ada = register(store, "ada");
        add(store, ada, 2);
        String devices = Files.readString(data.devices());
        String users = Files.readString(data.users());
        assertThat(store.change(ada.id(), new AccountChange.RevokedDevice(2, NOON)))
                .isPresent();
        assertThat(rename(store, ada, "grace")).isPresent();

        save(data.devices(), devices);
        save(data.users(), users);
        store.look();

        for (CsvAccountStore each : List.of(store, start())) {
            Account found = find(each, "grace").orElseThrow();
            assertThat(found.id()).isEqualTo(ada.id());
            assertThat(found.device(2).orElseThrow().isGood()).isFalse();
            assertThat(find(each, "ada")).contains(found);
        }
    }

    @Test
    void the_first_device_is_shut_out_by_the_row_of_the_account_alone() throws IOException {
        CsvAccountStore store = start();
        Account ada = register(store, "ada");
        assertThat(store.change(ada.id(), new AccountChange.RevokedDevice(1, NOON)))
                .isPresent();

        Files.delete(data.devices());

        assertThat(find(start(), "ada").orElseThrow().devices()).isEmpty();
    }

    @Test
    void damage_of_devices_is_told_with_file_and_line_and_stops_a_start() throws IOException {
        CsvAccountStore store = start();
        add(store, register(store, "ada"), 2);
        String whole = Files.readString(data.devices());
        for (String damaged : List.of(
                whole.replace("1,2,", "1,x,"), whole.replace(claim(2), "abc"), whole.replace("account,", "konto,"))) {
            save(data.devices(), damaged);
            assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("devices.csv, line ");
            store.look();
            assertThat(find(store, "ada").orElseThrow().devices())
                    .as("as before")
                    .hasSize(2);
            Account ada = find(store, "ada").orElseThrow();
            CsvAccountStore running = store;
            assertThatThrownBy(() -> add(running, ada, 3)).isInstanceOf(UncheckedIOException.class);
        }
        save(data.devices(), whole);
        store.look();
        add(store, find(store, "ada").orElseThrow(), 3);
        assertThat(find(start(), "ada").orElseThrow().devices()).hasSize(3);
    }

    /** Cut at any byte, of the last change nothing is there or all; of those before nothing is lost. */
    @Test
    void a_crash_at_any_byte_of_a_change_leaves_what_was_before() throws IOException {
        CsvAccountStore store = start();
        Account ada = register(store, "ada");
        Account bob = register(store, "bob");
        add(store, bob, 2);
        byte[] users = Files.readAllBytes(data.users());
        byte[] devices = Files.readAllBytes(data.devices());
        byte[] names = Files.readAllBytes(data.names());
        assertThat(rename(store, ada, "grace")).isPresent();
        add(store, bob, 3);
        byte[] usersAfter = Files.readAllBytes(data.users());
        byte[] devicesAfter = Files.readAllBytes(data.devices());

        for (int length = users.length; length <= usersAfter.length; length++) {
            Files.write(data.users(), Arrays.copyOf(usersAfter, length));
            Files.write(data.devices(), devices);
            Files.write(data.names(), names);
            CsvAccountStore again = start();
            Account found = again.find(ada.id()).orElseThrow();
            assertThat(found.name().text()).as("cut at %d", length).isIn("ada", "grace");
            assertThat(again.register(new Account(
                            0, UserName.of("ADA"), Optional.empty(), Optional.empty(), Account.MEMBER, NOON)))
                    .as("nobody else gets the name")
                    .isEmpty();
        }
        Files.write(data.users(), users);
        Files.deleteIfExists(data.names());
        for (int length = devices.length; length <= devicesAfter.length; length++) {
            Files.write(data.devices(), Arrays.copyOf(devicesAfter, length));
            int known = start().find(bob.id()).orElseThrow().devices().size();
            assertThat(known).as("cut at %d", length).isIn(2, 3);
        }
    }

    /** Whatever fails in between, what was answered holds after a start, and what was refused does not. */
    @Test
    void what_is_answered_holds_and_what_fails_does_not() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            for (Path file : List.of(data.users(), data.devices(), data.names(), data.ids())) {
                Files.deleteIfExists(file);
            }
            boolean[] full = {false};
            CsvAccountStore store = start(new AccountFile.Disk() {
                @Override
                public void replace(Path file, String text) throws IOException {
                    AccountFile.Disk.SYSTEM.replace(file, text);
                }

                @Override
                public void append(Path file, byte[] bytes) throws IOException {
                    if (full[0]) {
                        int some = random.nextInt(bytes.length);
                        AccountFile.Disk.SYSTEM.append(file, Arrays.copyOf(bytes, some));
                        throw new IOException("No space left on device");
                    }
                    AccountFile.Disk.SYSTEM.append(file, bytes);
                }
            });
            List<Account> expected = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                expected.add(register(store, "user" + "x".repeat(i)));
            }
            for (int step = 0; step < 40; step++) {
                full[0] = random.nextInt(4) == 0;
                int who = random.nextInt(expected.size());
                try {
                    Optional<Account> changed = store.change(expected.get(who).id(), change(random));
                    if (changed.isPresent()) {
                        expected.set(who, changed.get());
                    }
                } catch (UncheckedIOException e) {
                    assertThat(full[0]).isTrue();
                }
                assertThat(store.find(expected.get(who).id()))
                        .as("seed %d", seed)
                        .contains(expected.get(who));
            }
            full[0] = false;
            CsvAccountStore again = start();
            for (Account each : expected) {
                assertThat(again.find(each.id())).as("seed %d", seed).contains(each);
                assertThat(again.find(each.name())).as("seed %d", seed).contains(each);
            }
        }
    }

    private static AccountChange change(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new AccountChange.NewRole(random.nextBoolean() ? "staff" : "owner");
            case 1 -> new AccountChange.NewName(UserName.of("name" + (char) ('a' + random.nextInt(12))));
            case 2 -> new AccountChange.NewPassword(Optional.of("SCRAM-SHA-256$4096:AA==$AA==:A" + random.nextInt(9)));
            case 3 -> new AccountChange.NewDevice(Device.of(claim(random.nextInt(40)), "", NOON));
            default -> new AccountChange.RevokedDevice(1 + random.nextInt(5), NOON);
        };
    }

    @Test
    void an_archive_has_the_devices_and_an_import_gives_them_the_new_numbers() throws IOException {
        CsvAccountStore store = start();
        register(store, "one");
        Account ada = register(store, "ada");
        add(store, ada, 2);
        add(store, ada, 3);
        assertThat(store.change(ada.id(), new AccountChange.RevokedDevice(3, NOON)))
                .isPresent();
        assertThat(rename(store, ada, "grace")).isPresent();
        store.close();
        Path archive = parent.resolve("archive.zip");
        try (OutputStream out = Files.newOutputStream(archive)) {
            new DataExport(data.path(), Set.of(), null).archive(out);
        }
        DataFolder other = DataFolder.open(parent.resolve("other"));
        try {
            CsvAccountStore there = CsvAccountStore.open(other);
            register(there, "one");
            there.close();
            DataImport in = new DataImport(other, RoomName.LOBBY, false, Optional.empty());
            in.read(archive);
            in.publish();

            Account found = CsvAccountStore.open(other).find(UserName.of("ada")).orElseThrow();

            assertThat(found.name().text()).isEqualTo("grace");
            assertThat(found.registeredAs().text()).isEqualTo("ada");
            assertThat(found.devices()).extracting(Device::claim).containsExactly(claim(1), claim(2), claim(3));
            assertThat(found.device(3).orElseThrow().isGood()).isFalse();
        } finally {
            other.close();
        }
    }
}
