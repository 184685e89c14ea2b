package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.storage.csv.accounts.AccountFile;
import io.kabar.storage.csv.accounts.FileEdits;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the first use of a name to its end, with crashes and with people who edit meanwhile. */
class AccountLifeTest {

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

    private static Account account(String name) {
        return new Account(0, UserName.of(name), Optional.empty(), Optional.of("ab".repeat(32)), Account.MEMBER, NOON);
    }

    /** A store as after a start. */
    private CsvAccountStore start() throws IOException {
        return start(AccountFile.Disk.SYSTEM);
    }

    private CsvAccountStore start(AccountFile.Disk disk) throws IOException {
        CsvAccountStore store = CsvAccountStore.open(data, disk, InstantSource.system());
        store.open(name -> told.add(name.text()));
        store.close(); // looked at by hand: the watch would look at any time
        return store;
    }

    private static boolean isOwned(CsvAccountStore store, String name) {
        return store.find(UserName.of(name)).isPresent();
    }

    /** How editors save. */
    enum Editor {
        IN_PLACE {
            @Override
            void write(Path file, byte[] bytes) throws IOException {
                Files.write(file, bytes);
            }
        },
        BY_RENAMING {
            @Override
            void write(Path file, byte[] bytes) throws IOException {
                Path other = file.resolveSibling(".users.csv.swp");
                Files.write(other, bytes);
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        WITH_A_BACKUP {
            @Override
            void write(Path file, byte[] bytes) throws IOException {
                Files.move(file, file.resolveSibling("users.csv~"), StandardCopyOption.REPLACE_EXISTING);
                Files.write(file, bytes);
            }
        };

        abstract void write(Path file, byte[] bytes) throws IOException;

        void save(Path file, String text) throws IOException {
            write(file, text.getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    private String text() throws IOException {
        return Files.readString(data.users());
    }

    private static String without(String text, String name) {
        return text.lines()
                .filter(line -> !line.contains("," + name + ","))
                .map(line -> line + "\r\n")
                .reduce("", String::concat);
    }

    @ParameterizedTest
    @EnumSource
    void an_account_that_a_person_removes_is_held_for_nobody(Editor editor) throws IOException {
        start().register(account("old"));
        CsvAccountStore store = start();
        store.register(account("ada"));
        store.register(account("bob"));

        editor.save(data.users(), without(text(), "old"));
        store.look();

        assertThat(told).containsExactly("old");
        assertThat(isOwned(store, "old")).isFalse();
        assertThat(store.register(account("old"))).isEmpty();
        for (int starts = 0; starts < 2; starts++) {
            store = start();
            assertThat(isOwned(store, "ada")).isTrue();
            assertThat(isOwned(store, "bob")).isTrue();
            assertThat(store.register(account("OLD"))).as("after a start").isEmpty();
        }
        editor.save(data.users(), text().replace("old,removed", "old,free"));
        assertThat(store.register(account("old"))).isPresent();
        assertThat(isOwned(start(), "old")).isTrue();
    }

    @Test
    void a_line_that_is_removed_while_no_server_runs_frees_no_name() throws IOException {
        CsvAccountStore store = start();
        store.register(account("ada"));
        store.register(account("bob"));
        Editor.IN_PLACE.save(data.users(), without(text(), "bob"));

        store = start();

        assertThat(store.register(account("bob"))).isEmpty();
        assertThat(store.register(account("eve"))).isPresent();
        assertThat(text()).containsPattern("\n3,bob,removed,.*\r\n4,eve,member,");
    }

    @Test
    void a_file_that_is_gone_is_not_a_file_without_accounts() throws IOException {
        CsvAccountStore store = start();
        store.register(account("ada"));
        Files.delete(data.users());

        store.look();
        assertThat(isOwned(store, "ada")).isTrue();
        assertThatThrownBy(() -> store.register(account("bob"))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("are gone");
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uFF0Fb", "a\uFF20b", "a\u2100b", "a\u00A0b"})
    void a_line_whose_name_no_program_can_find_is_damage_and_no_crash(String name) throws IOException {
        Files.writeString(
                data.users(), "id,name,role,password,claim,created\r\n1," + name + ",member,,," + NOON + "\r\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("users.csv, line 2: this is no user name");
    }

    @Test
    void every_change_of_an_account_is_told() throws IOException {
        CsvAccountStore store = start();
        for (String name : List.of("ada", "bob", "eve", "kim")) {
            store.register(account(name));
        }
        String claim = "ab".repeat(32);
        Editor.IN_PLACE.save(
                data.users(),
                text().replace("ada,member,,ab", "ada,member,,cd")
                        .replace("bob,member", "bob,staff")
                        .replace("eve,member,," + claim, "eve,member,SCRAM-SHA-256$4096:AA==$AA==:AA==,"));

        store.look();

        assertThat(told).containsExactlyInAnyOrder("ada", "bob", "eve");
    }

    @Test
    void a_name_of_version_0_1_gets_an_id_in_the_order_of_the_file() throws IOException {
        Files.writeString(
                data.users(),
                "\uFEFFname,role,created,password,claim\nZoe,owner,2026-01-31T12:00:00Z,,\r\n"
                        + "ada,member,2026-01-31T12:00:00Z,,"
                        + "ab".repeat(32));
        CsvAccountStore store = start();

        assertThat(store.find(UserName.of("ada")).map(found -> found.withId(0))).contains(account("ada"));
        store.register(account("bob"));
        assertThat(text().lines().map(line -> line.replaceAll(",(owner|member),.*", "")))
                .containsExactly("id,name,role,password,claim,created", "1,Zoe", "2,ada", "3,bob");
    }

    @Test
    void a_line_without_an_id_is_an_account_and_gets_one() throws IOException {
        CsvAccountStore store = start();
        store.register(account("ada"));
        Editor.BY_RENAMING.save(data.users(), text() + ",kim,staff,,,2026-01-31T12:00:00Z"); // and no line end

        store.look();

        assertThat(isOwned(store, "kim")).isTrue();
        assertThat(store.register(account("bob"))).isPresent();
        assertThat(text()).contains("\r\n2,kim,staff,", "\r\n3,bob,member,");
        assertThat(start().find(UserName.of("kim")).orElseThrow().role()).isEqualTo("staff");
        assertThat(text().lines()).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void an_editor_who_has_not_seen_the_newest_accounts_does_not_remove_them(Editor editor) throws IOException {
        start().register(account("old"));
        CsvAccountStore store = start();
        String opened = text();
        store.register(account("ada"));
        store.register(account("bob"));

        editor.save(data.users(), opened.replace("old,member", "old,staff"));
        store.look();

        assertThat(told).containsExactly("old");
        for (CsvAccountStore each : List.of(store, start())) {
            assertThat(isOwned(each, "ada")).isTrue();
            assertThat(isOwned(each, "bob")).isTrue();
            assertThat(each.find(UserName.of("old")).orElseThrow().role()).isEqualTo("staff");
        }
    }

    /**
     * Saves at one of the steps of a write: before it, when it is done and nobody has looked, or instead of its file.
     */
    @ParameterizedTest
    @EnumSource
    void an_edit_at_any_step_of_a_write_is_taken_and_takes_nothing_away(Editor editor) throws IOException {
        for (boolean before : new boolean[] {true, false}) {
            Files.deleteIfExists(data.users());
            Files.deleteIfExists(data.names());
            start().register(account("old"));
            String[] edit = {""};
            CsvAccountStore store = start(new AccountFile.Disk() {
                @Override
                public void replace(Path file, String text) throws IOException {
                    AccountFile.Disk.SYSTEM.replace(file, text);
                }

                @Override
                public void append(Path file, byte[] bytes) throws IOException {
                    if (before && !edit[0].isEmpty()) {
                        editor.save(file, edit[0]);
                    }
                    AccountFile.Disk.SYSTEM.append(file, bytes);
                    if (!before && !edit[0].isEmpty()) {
                        editor.save(file, edit[0]);
                    }
                    edit[0] = "";
                }
            });
            edit[0] = text().replace("old,member", "old,owner");

            assertThat(store.register(account("ada"))).isPresent();
            Files.setLastModifiedTime(data.users(), FileTime.from(Instant.now().minusSeconds(30)));
            store.look();
            Files.setLastModifiedTime(data.users(), FileTime.from(Instant.now().minusSeconds(20)));
            store.look();

            for (CsvAccountStore each : List.of(store, start())) {
                assertThat(isOwned(each, "ada")).as("before: %s", before).isTrue();
                assertThat(each.find(UserName.of("old")).orElseThrow().role()).isEqualTo("owner");
            }
        }
    }

    @Test
    void an_edit_of_the_same_length_at_the_time_of_our_write_is_seen() throws IOException {
        CsvAccountStore store = start();
        store.register(account("ada"));
        FileTime ours = Files.getLastModifiedTime(data.users());
        Files.writeString(data.users(), text().replace(",ada,member", ",ada,STAFF "));
        Files.setLastModifiedTime(data.users(), ours);
        store.look();
        Files.setLastModifiedTime(data.users(), FileTime.from(ours.toInstant().minusSeconds(60)));
        store.look();

        assertThat(store.find(UserName.of("ada")).orElseThrow().role()).isEqualTo("staff");
    }

    @Test
    void a_crash_at_any_byte_of_a_registration_leaves_all_the_others_and_a_name_that_can_be_taken() throws IOException {
        CsvAccountStore store = start();
        for (int i = 1; i <= 9; i++) {
            store.register(account("user" + i));
        }
        byte[] before = Files.readAllBytes(data.users());
        byte[] namesBefore = Files.readAllBytes(data.names());
        store.register(account("-new-"));
        byte[] after = Files.readAllBytes(data.users());

        for (int length = before.length; length <= after.length; length++) {
            Files.write(data.users(), Arrays.copyOf(after, length));
            Files.write(data.names(), namesBefore);
            CsvAccountStore again = start();
            for (int i = 1; i <= 9; i++) {
                assertThat(isOwned(again, "user" + i)).isTrue();
            }
            assertThat(isOwned(again, "-new-")
                            || again.register(account("-new-")).isPresent())
                    .as("cut at %d", length - before.length)
                    .isTrue();
            assertThat(again.find(UserName.of("-new-")).map(found -> found.withId(0)))
                    .contains(account("-new-"));
        }
    }

    @Test
    void a_crash_at_any_byte_of_what_says_removed_frees_no_name() throws IOException {
        CsvAccountStore store = start();
        store.register(account("ada"));
        store.register(account("bob"));
        store = start();
        byte[] namesBefore = Files.readAllBytes(data.names());
        Editor.IN_PLACE.save(data.users(), without(text(), "bob"));
        byte[] before = Files.readAllBytes(data.users());
        store.look();
        byte[] after = Files.readAllBytes(data.users());
        assertThat(after.length).isGreaterThan(before.length);

        for (int length = before.length; length <= after.length; length++) {
            Files.write(data.users(), Arrays.copyOf(after, length));
            Files.write(data.names(), namesBefore);
            CsvAccountStore again = start();
            assertThat(isOwned(again, "ada")).isTrue();
            assertThat(again.register(account("bob"))).as("cut at %d", length).isEmpty();
        }
    }

    @Test
    void a_file_that_a_person_or_a_full_disk_has_cut_off_gives_no_name_away() throws IOException {
        CsvAccountStore store = start();
        for (String name : List.of("ada", "bob", "eve")) {
            store.register(account(name));
        }
        byte[] whole = Files.readAllBytes(data.users());
        byte[] names = Files.readAllBytes(data.names());

        for (int length = 0; length < whole.length; length++) {
            Files.write(data.users(), Arrays.copyOf(whole, length));
            Files.write(data.names(), names);
            CsvAccountStore again;
            try {
                again = start();
            } catch (IOException e) {
                continue; // a sentence, and nothing is served
            }
            for (String name : List.of("ada", "bob", "eve")) {
                assertThat(again.register(account(name))).isEmpty();
            }
        }
    }

    @Test
    void an_edit_that_no_memory_can_hold_is_told_once_and_changes_nothing() throws IOException {
        CsvAccountStore store = start();
        store.register(account("ada"));
        byte[] whole = Files.readAllBytes(data.users());
        try (LogLines log = new LogLines(FileEdits.class)) {
            try (RandomAccessFile file = new RandomAccessFile(data.users().toFile(), "rw")) {
                file.setLength(Runtime.getRuntime().maxMemory()); // of which the disk has nothing
            }
            Files.setLastModifiedTime(data.users(), FileTime.from(Instant.now().minusSeconds(60)));
            for (int i = 0; i < 3; i++) {
                assertThat(isOwned(store, "ada")).isTrue();
                assertThatThrownBy(() -> store.register(account("bob"))).isInstanceOf(UncheckedIOException.class);
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(data.users().toString(), "-Xmx");
        }
        Editor.IN_PLACE.save(data.users(), new String(whole, StandardCharsets.UTF_8));
        assertThat(store.register(account("bob"))).isPresent();
    }

    @Test
    void a_write_that_fails_in_the_middle_leaves_no_half_row() throws IOException {
        int[] fails = {0};
        CsvAccountStore store = start(new AccountFile.Disk() {
            @Override
            public void replace(Path file, String text) throws IOException {
                AccountFile.Disk.SYSTEM.replace(file, text);
            }

            @Override
            public void append(Path file, byte[] bytes) throws IOException {
                if (fails[0] > 0) {
                    AccountFile.Disk.SYSTEM.append(file, Arrays.copyOf(bytes, Math.min(fails[0], bytes.length)));
                    throw new IOException("No space left on device");
                }
                AccountFile.Disk.SYSTEM.append(file, bytes);
            }
        });
        store.register(account("ada"));
        String before = text();
        for (fails[0] = 1; fails[0] < 130; fails[0]++) {
            assertThatThrownBy(() -> store.register(account("bob"))).isInstanceOf(UncheckedIOException.class);
            assertThat(isOwned(store, "bob")).isFalse();
            assertThat(text()).isEqualTo(before);
        }
        fails[0] = 0;

        assertThat(store.register(account("bob"))).isPresent();
        assertThat(text()).contains("\r\n2,bob,member,");
        assertThat(isOwned(start(), "bob")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,name\r\n1,ada\r\n2,", "id,name\r\n1,ada\r\n2,bo", ""})
    void names_that_a_crash_has_kept_out_of_the_second_file_are_learnt(String names) throws IOException {
        CsvAccountStore store = start();
        store.register(account("ada"));
        store.register(account("bob"));
        if (names.isEmpty()) {
            Files.delete(data.names());
        } else {
            Files.writeString(data.names(), names);
        }

        start();

        assertThat(Files.readString(data.names())).isEqualTo("id,name\r\n1,ada\r\n2,bob\r\n");
    }
}
