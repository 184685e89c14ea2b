package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.folder.ServerKeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was decided in a room on the first day holds on the fortieth, when nothing of the log is kept any more. */
class FirstDayTest {

    private static final Author SERVER = new Author(0, UserName.of("server"));
    private static final UserName BOB = UserName.of("bob");
    private static final UserName EVE = UserName.of("eve");
    private static final String PASSWORD = "password";
    private static final String VERIFIER = PasswordVerifier.derive(PASSWORD, 10_000);

    @TempDir
    Path parent;

    private final Instant begin = Instant.now();
    private volatile Instant now = begin;
    private final AtomicLong ran = new AtomicLong();

    /** A journal of a server to which somebody else writes as well. */
    private static final class Shared implements Journal {
        private final CsvJournal journal;
        private final BlockingQueue<RoomName> forgotten = new LinkedBlockingQueue<>();
        private final AtomicLong proposals = new AtomicLong(1L << 50);

        Shared(CsvJournal journal) {
            this.journal = journal;
        }

        void write(Content content) {
            ChatEvent draft = ChatEvent.of(RoomName.LOBBY, 0, Instant.now(), SERVER, content);
            journal.propose(new Proposal(proposals.incrementAndGet(), draft, MessageId.NONE));
        }

        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            return journal.open(new Told(commits, forgotten));
        }

        @Override
        public Collection<RoomName> untold(Collection<RoomName> lookAlikes) {
            return journal.untold(lookAlikes);
        }

        @Override
        public void told(Collection<RoomName> lookAlikes) {
            journal.told(lookAlikes);
        }

        @Override
        public void propose(Proposal proposal) {
            journal.propose(proposal);
        }

        @Override
        public void read(long readId, RoomName room, long from, int maxEvents, int maxBytes) {
            journal.read(readId, room, from, maxEvents, maxBytes);
        }

        @Override
        public void snapshot(RoomName room, Snapshot snapshot) {
            journal.snapshot(room, snapshot);
        }

        @Override
        public String retention(RoomName room) {
            return journal.retention(room);
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    /** Passes everything on, and notes what was let go of. */
    private record Told(Journal.Commits commits, BlockingQueue<RoomName> forgotten) implements Journal.Commits {
        @Override
        public void committed(long proposalId, Journal.Entry entry) {
            commits.committed(proposalId, entry);
        }

        @Override
        public void refused(long proposalId, io.kabar.chat.Refusal refusal) {
            commits.refused(proposalId, refusal);
        }

        @Override
        public void onRead(long readId, RoomName room, long first, List<Journal.Entry> entries) {
            commits.onRead(readId, room, first, entries);
        }

        @Override
        public void readFailed(long readId, RoomName room) {
            commits.readFailed(readId, room);
        }

        @Override
        public void forgotten(RoomName room, long first) {
            commits.forgotten(room, first);
            forgotten.add(room);
        }

        @Override
        public void snapshotWanted(RoomName room) {
            commits.snapshotWanted(room);
        }

        @Override
        public void warning(String sentence) {
            commits.warning(sentence);
        }
    }

    /** A server in a folder. */
    private final class Running implements AutoCloseable {
        private final DataFolder folder;
        private final CsvJournal csv;
        private final Shared journal;
        private final CsvAccountStore accounts;
        private final ChatServer server;

        Running(Path data) throws IOException {
            folder = DataFolder.open(data);
            RetentionRules rules = new RetentionRules(Retention.parse("30 days"), Map.of());
            csv = new CsvJournal(folder, Durability.OS, rules, ChannelFile::open, () -> now, ran::get);
            journal = new Shared(csv);
            accounts = CsvAccountStore.open(folder);
            server = ChatServer.builder()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .secret(ServerKeyFile.readOrMake(folder))
                    .accounts(accounts)
                    .joinVerifier(VERIFIER)
                    .journal(journal)
                    .start();
        }

        ChatClient client(UserName name) {
            return within(ChatClient.builder()
                    .server(server.inviteLink("127.0.0.1"))
                    .name(name.text())
                    .password(name + "'s " + PASSWORD)
                    .connect());
        }

        @Override
        public void close() {
            server.close();
            folder.close();
        }
    }

    private static <T> T within(java.util.concurrent.CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Account account(UserName name) {
        return new Account(
                0,
                name,
                Optional.of(PasswordVerifier.derive(name + "'s " + PASSWORD, 10_000)),
                Optional.empty(),
                Account.MEMBER,
                Instant.now());
    }

    @BeforeEach
    void forty_days_pass() throws Exception {
        try (Running day1 = new Running(parent.resolve("data"))) {
            long bob = day1.accounts.register(account(BOB)).orElseThrow().id();
            long eve = day1.accounts.register(account(EVE)).orElseThrow().id();
            try (ChatClient client = day1.client(BOB)) {
                within(client.join(RoomName.LOBBY, JoinHistory.last(0)));
                within(client.setTopic(RoomName.LOBBY, "roses"));
                day1.journal.write(new RoomChange.RoleGiven(new RoomChange.Whom(bob, "bob"), RoomRole.MODERATOR, ""));
                day1.journal.write(
                        new RoomChange.Banned(new RoomChange.Whom(eve, "eve"), begin.plus(Duration.ofDays(60)), ""));
                within(client.send(RoomName.LOBBY, "the first day"));
                for (int day = 2; day <= 40; day++) {
                    now = now.plus(Duration.ofDays(1).minusSeconds(60));
                    ran.addAndGet(Duration.ofDays(1).minusSeconds(60).toNanos());
                    day1.csv.sweep();
                }
                assertThat(day1.journal.forgotten.poll(30, TimeUnit.SECONDS)).isEqualTo(RoomName.LOBBY);
                within(client.send(RoomName.LOBBY, "the fortieth day"));
                copy(parent.resolve("data"), parent.resolve("killed")); // as it lies there when the process is killed
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.filter(FirstDayTest::outlivesItsProcess).toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    /** Not so the lock and who holds it, and not what is just being written. */
    private static boolean outlivesItsProcess(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith("lock") && !name.startsWith(".");
    }

    private static List<Path> snapshots(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("rooms").resolve("lobby"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("snapshot-"))
                    .sorted()
                    .toList();
        }
    }

    private void assertAllHolds(Path data) throws IOException {
        try (Running later = new Running(data);
                ChatClient bob = later.client(BOB);
                ChatClient eve = later.client(EVE)) {
            RoomState room = within(bob.join(RoomName.LOBBY, JoinHistory.last(10)));
            assertThat(room.topic()).isEqualTo("roses");
            assertThat(within(bob.members(RoomName.LOBBY)))
                    .filteredOn(member -> member.name().equals(BOB))
                    .extracting(Member::role)
                    .containsExactly(RoomRole.MODERATOR);
            assertThatThrownBy(() -> within(eve.join(RoomName.LOBBY, JoinHistory.last(0))))
                    .hasMessageContaining("You are banned from #lobby until");
        }
    }

    @Test
    void after_the_process_was_killed() throws IOException {
        assertThat(Files.exists(parent.resolve("killed/rooms/lobby/messages-000000000001.csv")))
                .as("the first day's events")
                .isFalse();
        assertAllHolds(parent.resolve("killed"));
    }

    @Test
    void after_the_newest_snapshot_was_deleted_or_damaged() throws IOException {
        List<Path> kept = snapshots(parent.resolve("killed"));
        assertThat(kept).hasSize(2);
        Files.delete(kept.get(1));
        assertAllHolds(parent.resolve("killed"));

        kept = snapshots(parent.resolve("data"));
        Files.writeString(kept.get(1), Files.readString(kept.get(1)).replace('A', 'B'));
        assertAllHolds(parent.resolve("data"));
    }

    @Test
    void after_export_and_import() throws IOException {
        Path archive = parent.resolve("copy.zip");
        DataExport export = new DataExport(parent.resolve("data"), Set.of(), null);
        WholeFile.write(archive, export::archive);
        try (DataFolder other = DataFolder.open(parent.resolve("other"));
                DataImport reading = new DataImport(other, RoomName.LOBBY, false, Optional.empty())) {
            reading.read(archive);
            reading.publish();
        }
        assertAllHolds(parent.resolve("other"));
    }
}
