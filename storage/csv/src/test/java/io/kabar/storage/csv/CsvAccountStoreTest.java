package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.storage.csv.accounts.AccountFile;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvAccountStoreTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path parent;

    private DataFolder data;

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

    @Test
    void accounts_come_back_after_a_restart() throws IOException {
        Account claimed = account("-Ada-");
        Account withPassword = new Account(
                0,
                UserName.of("bob"),
                Optional.of(PasswordVerifier.derive("secret", 4096)),
                Optional.empty(),
                "owner",
                NOON);
        CsvAccountStore store = CsvAccountStore.open(data);
        assertThat(store.register(claimed)).isPresent();
        assertThat(store.register(withPassword)).isPresent();
        store.close();

        CsvAccountStore again = CsvAccountStore.open(data);

        assertThat(again.find(UserName.of("-ada-")).map(found -> found.withId(0)))
                .contains(claimed);
        assertThat(again.find(UserName.of("-ada-")).orElseThrow().name().text()).isEqualTo("-Ada-");
        assertThat(again.find(UserName.of("bob")).map(found -> found.withId(0))).contains(withPassword);
        assertThat(again.find(UserName.of("eve"))).isEmpty();
        assertThat(Files.readString(data.users()))
                .startsWith("id,name,role,password,claim,created\r\n1,'-Ada-,member,");
    }

    @Test
    void a_name_that_looks_the_same_is_taken() throws IOException {
        CsvAccountStore store = CsvAccountStore.open(data);
        store.register(account("Paul"));

        assertThat(store.register(account("pau1"))).isEmpty();
        assertThat(store.register(account("PAUL"))).isEmpty();
        assertThat(Files.readAllLines(data.users())).hasSize(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void only_the_owner_may_read_the_file() throws IOException {
        CsvAccountStore store = CsvAccountStore.open(data);
        store.register(account("ada"));
        store.register(account("bob"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.users())))
                .isEqualTo("rw-------");
    }

    @Test
    void those_who_wait_share_a_write() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger writes = new AtomicInteger();
        CsvAccountStore store = open(() -> {
            writes.incrementAndGet();
            writing.countDown();
            try {
                assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Optional<Account>>> results = new ArrayList<>();
            results.add(threads.submit(() -> store.register(account("first"))));
            assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 10; i++) {
                String name = "user" + i;
                results.add(threads.submit(() -> store.register(account(name))));
            }
            Future<Optional<Account>> twice = threads.submit(() -> store.register(account("first")));
            Awaitility.await().until(() -> store.waiting() == 11);
            assertThat(store.find(UserName.of("first")))
                    .as("not before it is stored")
                    .isEmpty();
            goOn.countDown();

            for (Future<Optional<Account>> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isPresent();
            }
            assertThat(twice.get(30, TimeUnit.SECONDS)).isEmpty();
            assertThat(writes).hasValue(2);
        } finally {
            threads.shutdownNow();
        }
    }

    /** As a person saves it, some time ago. */
    private void edit(String from, String to) throws IOException {
        String text = Files.readString(data.users());
        assertThat(text).contains(from);
        Files.writeString(data.users(), text.replace(from, to));
        Files.setLastModifiedTime(data.users(), FileTime.from(Instant.now().minusSeconds(60)));
    }

    /** What is done before each write. */
    private interface Step {
        void before() throws IOException;
    }

    private CsvAccountStore open(Step step) throws IOException {
        return CsvAccountStore.open(
                data,
                new AccountFile.Disk() {
                    @Override
                    public void replace(Path file, String text) throws IOException {
                        step.before();
                        AccountFile.Disk.SYSTEM.replace(file, text);
                    }

                    @Override
                    public void append(Path file, byte[] bytes) throws IOException {
                        step.before();
                        AccountFile.Disk.SYSTEM.append(file, bytes);
                    }
                },
                InstantSource.system());
    }

    private List<String> names() throws IOException {
        return Files.readAllLines(data.users()).stream()
                .skip(1)
                .map(line -> String.join(",", line.split(",", -1)[1], line.split(",", -1)[2]))
                .toList();
    }

    @Test
    void what_a_person_changes_in_the_file_is_in_force_and_is_not_overwritten() throws IOException {
        CsvAccountStore store = CsvAccountStore.open(data);
        store.register(account("ada"));
        store.register(account("bob"));

        edit("ada,member", "ada,owner");
        assertThat(store.find(UserName.of("ada")).orElseThrow().role()).isEqualTo("owner");
        edit("bob,member", "bob,free");
        assertThat(store.register(account("bob"))).as("the name is free now").isPresent();

        assertThat(names()).containsExactly("ada,owner", "bob,free", "bob,member");
        assertThat(store.find(UserName.of("bob"))).isPresent();
    }

    @Test
    void a_file_that_a_person_has_damaged_is_left_to_be_mended() throws IOException {
        CsvAccountStore store = CsvAccountStore.open(data);
        store.register(account("ada"));
        edit("ada,member", "ada,the boss");
        byte[] damaged = Files.readAllBytes(data.users());

        assertThat(store.find(UserName.of("ada"))).as("as before").isPresent();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.register(account("bob"))).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(data.users()).hasBinaryContent(damaged);
        edit("ada,the boss", "ada,staff");

        assertThat(store.register(account("bob"))).isPresent();
        assertThat(store.find(UserName.of("ada")).orElseThrow().role()).isEqualTo("staff");
    }

    @Test
    void what_cannot_be_stored_is_not_owned() throws IOException {
        AtomicInteger failures = new AtomicInteger(1);
        CsvAccountStore store = open(() -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("No space left on device");
            }
        });

        assertThatThrownBy(() -> store.register(account("ada")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device");
        assertThat(store.find(UserName.of("ada"))).isEmpty();
        assertThat(store.register(account("ada"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eve,member|cells",
                "eve,member,2026-01-31T12:00:00Z,,,,|cells",
                "x,eve,member,,,2026-01-31T12:00:00Z|id",
                "e ve,member,2026-01-31T12:00:00Z,,|user name",
                "eve,the boss,2026-01-31T12:00:00Z,,|role",
                "eve,member,yesterday,,|time",
                "eve,member,2026-01-31T12:00:00Z,letmein,|verifier",
                "eve,member,2026-01-31T12:00:00Z,,letmein|claim",
                "ADA,member,2026-01-31T12:00:00Z,,|twice",
            })
    void damage_is_told_with_file_and_line(String lineAndWord) throws IOException {
        String line = lineAndWord.substring(0, lineAndWord.indexOf('|'));
        String word = lineAndWord.substring(lineAndWord.indexOf('|') + 1);
        Files.writeString(
                data.users(),
                "name,role,created,password,claim\r\nada,member,2026-01-31T12:00:00Z,,\r\n" + line + "\r\n");

        assertThatThrownBy(() -> CsvAccountStore.open(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(data.users() + ", line 3: ")
                .hasMessageContaining(word);
    }
}
