package io.kabar.chat.internal.server.log;

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
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.FrameReader;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.spi.Journal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A room's log with little memory, the journal behind it, and cursors whose packets are read back. */
final class CursorBench {

    /** Bytes of an event in one EVENT_PART, and up to which it is sent whole. */
    static final int PART = 1024;

    static final int WHOLE = 1100;

    private static final UserName ADA = new UserName("ada");

    /** What one call wrote. */
    record Written(long token, List<Frame> frames) {}

    final RoomLog log;
    final List<Journal.Entry> journal = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    /** Pages asked for and not answered. */
    final List<Long> asked = new ArrayList<>();

    private long journalFirst = 1;

    private final byte[] packet = new byte[1200];

    CursorBench(int memory) {
        log = new RoomLog(new LogMemory(), memory, 1, 0);
    }

    Cursor cursor(long from, long credit) {
        return cursor(from, credit, (cursor, seq) -> asked.add(seq));
    }

    Cursor cursor(long from, long credit, PageReader reader) {
        Connection connection = new Connection(
                Side.SERVER,
                ConnectionOptions.SERVER,
                new Agreement(new byte[32], new byte[32], 1, 2, null),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
                new DeafSink(),
                new Random(1),
                0);
        return new Cursor(log, 1, from, credit, reader, connection);
    }

    void say(int length) {
        Journal.Entry entry = new Journal.Entry(
                ChatEvent.of(
                        RoomName.LOBBY,
                        log.last() + 1,
                        Instant.EPOCH,
                        Author.of(ADA),
                        new Content.Said("x".repeat(length), false)),
                MessageId.NONE);
        journal.add(entry);
        bodies.add(EventCodec.encode(entry.event()));
        log.append(entry);
    }

    /** One more event, committed in the room: everybody in it is woken. */
    void commit(Room room) {
        Journal.Entry entry = new Journal.Entry(
                ChatEvent.of(
                        RoomName.LOBBY, log.last() + 1, Instant.EPOCH, Author.of(ADA), new Content.Said("x", false)),
                MessageId.NONE);
        journal.add(entry);
        bodies.add(EventCodec.encode(entry.event()));
        room.commit(entry);
    }

    byte[] body(long seq) {
        return bodies.get((int) seq - 1);
    }

    /** In how many pieces an event is sent. */
    int parts(long seq) {
        int length = body(seq).length;
        return length <= WHOLE ? 1 : (length + PART - 1) / PART;
    }

    /** Retention: the journal lets go of everything before {@code first}. */
    void forgetBefore(long first) {
        log.forget(first);
    }

    /** The journal loses everything before {@code first} and tells nobody. */
    void loseBefore(long first) {
        journalFirst = Math.max(journalFirst, first);
    }

    /** Before this event there is nothing but perhaps in memory. */
    long firstAnywhere() {
        return Math.max(log.firstKept(), journalFirst);
    }

    /** The journal answers what was asked for with a page of at most {@code events}. */
    void answer(Cursor cursor, int events) {
        int from = (int) Math.max(asked.remove(0), firstAnywhere()) - 1;
        int to = Math.min(from + events, journal.size());
        cursor.pageRead(from < to ? List.copyOf(journal.subList(from, to)) : List.of());
    }

    Written write(Cursor cursor, int room) throws MalformedPacketException {
        FrameWriter out = new FrameWriter(packet, 0, room);
        long token = cursor.writeFrames(out, 0);
        FrameReader reader = new FrameReader(packet, 0, out.length());
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(frame);
        }
        return new Written(token, frames);
    }
}
