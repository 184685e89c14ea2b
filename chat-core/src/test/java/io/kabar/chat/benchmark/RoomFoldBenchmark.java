package io.kabar.chat.benchmark;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.spi.Journal;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Folding a message into the state of a room in which a hundred clients speak in turn. What it allocates, {@code -prof
 * gc} tells; the message itself is there already, and only its number is new.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoomFoldBenchmark {

    private static final int CLIENTS = 100;

    private final Journal.Entry[] said = new Journal.Entry[CLIENTS];
    private final RoomFold fold = new RoomFold();
    private long position;

    /** A hundred messages without a number, each under an id that counts as not repeated: of a run without order. */
    public RoomFoldBenchmark() {
        for (int i = 0; i < CLIENTS; i++) {
            Author author = new Author(i + 1, UserName.of("user" + i));
            ChatEvent event =
                    new ChatEvent(RoomName.LOBBY, 1, 0, Instant.EPOCH, author, 0, new Content.Said("a message", false));
            said[i] = new Journal.Entry(event, new MessageId(i, 1));
        }
    }

    /** The entry as a journal gives it, with its number and its id, and then the fold of it. */
    @Benchmark
    public long fold() {
        return fold.fold(next());
    }

    /** The entry alone, to be taken off. */
    @Benchmark
    public Journal.Entry entry() {
        return next();
    }

    private Journal.Entry next() {
        position++;
        Journal.Entry entry = said[(int) (position % CLIENTS)];
        return new Journal.Entry(
                entry.event().withSequence(position), new MessageId(entry.id().run(), position));
    }
}
