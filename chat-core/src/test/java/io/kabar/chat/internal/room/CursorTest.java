package io.kabar.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.connection.FrameSource;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.wire.FrameWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CursorTest {

    private static final UserName ADA = new UserName("ada");

    private final RoomLog log = new RoomLog(4, 1, 0);
    private final List<LogEntry> journal = new ArrayList<>();
    private final List<Long> asked = new ArrayList<>();
    private final byte[] packet = new byte[1200];

    private Cursor cursor(long from) {
        Connection connection = new Connection(
                Side.SERVER,
                Connection.Options.SERVER,
                new byte[32],
                new byte[32],
                1,
                2,
                null,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
                new NoSink(),
                new Random(1),
                0);
        return new Cursor(log, 1, from, 1_000, (cursor, seq) -> asked.add(seq), connection);
    }

    private void say(int length) {
        LogEntry entry = new LogEntry(
                new ChatEvent.Said(RoomName.LOBBY, log.last() + 1, Instant.EPOCH, ADA, "x".repeat(length), false),
                MessageId.NONE);
        journal.add(entry);
        log.append(entry);
    }

    /** Tokens of what fits into packets, one each, until there is nothing more. */
    private List<Long> write(Cursor cursor) {
        List<Long> tokens = new ArrayList<>();
        long token;
        while ((token = cursor.writeFrames(new FrameWriter(packet, 0, 1171), 0)) != FrameSource.NOTHING) {
            tokens.add(token);
        }
        return tokens;
    }

    @Test
    void a_long_event_counts_as_delivered_though_the_memory_has_moved_on() {
        Cursor cursor = cursor(1);
        say(3_000);
        List<Long> tokens = write(cursor);
        assertThat(tokens).hasSize(3);
        for (int i = 0; i < 10; i++) {
            say(1);
        }

        tokens.forEach(token -> cursor.onAcked(token, 0));

        assertThat(cursor.delivered()).isEqualTo(1);
    }

    @Test
    void a_reader_that_has_fallen_behind_reads_on_page_by_page() {
        Cursor cursor = cursor(1);
        for (int i = 0; i < 20; i++) {
            say(i % 5 == 0 ? 3_000 : 10);
        }

        long before = 0;
        while (cursor.delivered() < 20) {
            cursor.wake();
            if (!asked.isEmpty()) {
                int from = (int) (asked.remove(0) - 1);
                cursor.pageRead(journal.subList(from, Math.min(from + 3, journal.size())));
            }
            write(cursor).forEach(token -> cursor.onAcked(token, 0));
            assertThat(cursor.delivered()).isGreaterThan(before);
            before = cursor.delivered();
        }
    }

    private static final class NoSink implements ConnectionSink {
        @Override
        public void onMessage(int lane, byte[] message) {}

        @Override
        public void onEvent(long room, long seq, byte[] body) {}

        @Override
        public void onGap(long room, long from, long to) {}

        @Override
        public void onSignal(long room, byte[] body) {}

        @Override
        public void onReady() {}

        @Override
        public void onPathChanged(InetSocketAddress from, InetSocketAddress to) {}

        @Override
        public void onLaneWritable(int lane) {}

        @Override
        public void onClosed(boolean byPeer, long code, String reason) {}
    }
}
