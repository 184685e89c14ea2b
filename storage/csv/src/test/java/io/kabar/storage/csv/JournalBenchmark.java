package io.kabar.storage.csv;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.spi.Journal;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.RetentionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Messages of 100 bytes to the journal of the daemon, in a folder of the default file system. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {

    private static final int BATCH = 100;
    private static final UserName ADA = new UserName("ada");
    private static final String TEXT = "x".repeat(100);

    private final Semaphore committed = new Semaphore(0);
    private Path folder = Path.of("");
    private Journal journal = new MemoryJournal();
    private long ticket;

    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("kabar-journal");
        journal = new CsvJournal(DataFolder.open(folder), CsvJournal.Durability.OS, RetentionRules.FOREVER);
        journal.open(new Journal.Commits() {
            @Override
            public void committed(long answered, Journal.Entry entry) {
                committed.release();
            }

            @Override
            public void refused(long answered, Refusal refusal) {
                throw new IllegalStateException(refusal.sentence());
            }

            @Override
            public void onRead(long answered, RoomName room, long first, List<Journal.Entry> entries) {}

            @Override
            public void readFailed(long answered, RoomName room) {}

            @Override
            public void forgotten(RoomName room, long first) {}

            @Override
            public void warning(String sentence) {}
        });
    }

    /** Of each message, a hundred of them under way. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void appending() throws InterruptedException {
        for (int i = 0; i < BATCH; i++) {
            ticket++;
            journal.propose(new Journal.Proposal(
                    ticket,
                    ChatEvent.of(RoomName.LOBBY, 0, Instant.EPOCH, Author.of(ADA), new Content.Said(TEXT, false)),
                    new MessageId(1, ticket)));
        }
        committed.acquire(BATCH);
    }

    @TearDown
    public void close() throws IOException {
        journal.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
