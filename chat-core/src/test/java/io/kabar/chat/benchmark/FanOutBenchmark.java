package io.kabar.chat.benchmark;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.DeafSink;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.LogMemory;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.spi.Journal;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event of a room: encoded once, then written and acknowledged for each of a thousand cursors. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanOutBenchmark {

    private static final int MEMBERS = 1000;
    private static final RoomName NAME = new RoomName("lobby");
    private static final UserName ADA = new UserName("ada");
    private static final String TEXT = "x".repeat(100);

    private final List<Cursor> cursors = new ArrayList<>();
    private final byte[] packet = new byte[1200];
    private final FrameWriter writer = new FrameWriter(packet, 0, packet.length);
    private final Random random = new Random(1);
    private Room room = new Room(NAME, 1, new RoomLog(new LogMemory(), 2048, 1, 0), "");

    @Setup
    public void enter() {
        RoomLog log = new RoomLog(new LogMemory(), 2048, 1, 0);
        room = new Room(NAME, 1, log, "");
        cursors.clear();
        for (int i = 0; i < MEMBERS; i++) {
            Connection connection = new Connection(
                    Side.SERVER,
                    ConnectionOptions.SERVER,
                    new Agreement(new byte[32], new byte[32], i, i, null),
                    new InetSocketAddress(5000),
                    new DeafSink(),
                    random,
                    0);
            Cursor cursor = new Cursor(log, 1, 1, Long.MAX_VALUE, (reader, from) -> {}, connection);
            cursors.add(cursor);
            room.add(cursor);
        }
    }

    @Benchmark
    public byte[] encoding() {
        return EventCodec.encode(event(1));
    }

    /** Of each member; what sealing and sending cost comes on top. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public void delivering() {
        room.commit(new Journal.Entry(
                event(room.log().last() + 1), new MessageId(1, room.log().last())));
        for (Cursor cursor : cursors) {
            writer.reset(packet, 0, packet.length);
            cursor.onAcked(cursor.writeFrames(writer, 0), 0);
        }
    }

    private static ChatEvent event(long sequence) {
        return ChatEvent.of(NAME, sequence, Instant.EPOCH, Author.of(ADA), new Content.Said(TEXT, false));
    }
}
