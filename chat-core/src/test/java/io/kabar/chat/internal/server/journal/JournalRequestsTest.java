package io.kabar.chat.internal.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.server.RawClient;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.LogMemory;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.spi.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JournalRequestsTest {
    private static final int EVENTS = 128;
    private static final int PAGE = EVENTS * 1024;

    private final Random random = new Random(1);
    private final ServerLoop loop = new ServerLoop(InstantSource.fixed(Instant.EPOCH));
    private final JournalRequests journal =
            new JournalRequests(loop, RawClient.settings(ServerIdentity.generate(random)), 1);
    private final Room room = new Room(RoomName.LOBBY, 1, new RoomLog(new LogMemory(), 4, 1, 100_000), "");
    private final List<Journal.Entry> page = page();

    /** Each may ask for old events in 64 rooms and never acknowledge one. */
    @Test
    void readers_that_take_nothing_hold_so_much_together_and_no_more() {
        List<Cursor> cursors = new ArrayList<>();
        for (int i = 0; i < JournalRequests.MAX_HELD / PAGE + 100; i++) {
            Cursor cursor = journal.open(room, 1, 1, 1_000_000, connection(), e -> {
                throw e;
            });
            cursors.add(cursor);
            cursor.wake();
            answer();
        }
        long held = cursors.stream().mapToLong(Cursor::heldBytes).sum();
        assertThat(held).isBetween(JournalRequests.MAX_HELD - 2L * PAGE, (long) JournalRequests.MAX_HELD);
        assertThat(cursors.get(0).heldBytes())
                .as("of the one that waits longest")
                .isZero();
        assertThat(cursors.get(cursors.size() - 1).heldBytes())
                .as("of the one that asked last")
                .isPositive();
        cursors.forEach(journal::close);
        assertThat(journal.heldBytes()).isZero();
    }

    /** After a restart everybody comes back to every room; each may bring megabytes. */
    @Test
    void some_rooms_at_a_time_are_loaded_and_then_the_others() {
        int count = 3 * JournalRequests.MAX_LOADS;
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Room loading = new Room(RoomName.of("room-" + i), i, new RoomLog(new LogMemory(), 4, 1, EVENTS), "");
            rooms.add(loading);
            journal.load(loading);
        }
        int answered = 0;
        for (ArrayDeque<ServerEvent.Read> reads = reads(); !reads.isEmpty(); reads.addAll(reads())) {
            assertThat(reads).hasSizeLessThanOrEqualTo(JournalRequests.MAX_LOADS);
            ServerEvent.Read read = reads.remove();
            answered++;
            if (answered % 5 == 0) {
                journal.readFailed(read.readId());
            } else {
                journal.wasRead(read.readId(), 1, page);
            }
        }
        assertThat(answered).isEqualTo(count);
        assertThat(rooms).filteredOn(Room::isLoaded).hasSize(count - count / 5);
    }

    private ArrayDeque<ServerEvent.Read> reads() {
        ArrayDeque<ServerEvent.Read> reads = new ArrayDeque<>();
        for (ServerEvent event = loop.poll(); event != null; event = loop.poll()) {
            reads.add((ServerEvent.Read) event);
        }
        return reads;
    }

    private void answer() {
        ServerEvent.Read read = reads().remove();
        journal.wasRead(read.readId(), 1, page);
    }

    private Connection connection() {
        return new Connection(
                Side.SERVER,
                ConnectionOptions.SERVER,
                new Agreement(new byte[32], new byte[32], 1, 2, null),
                RawClient.CLIENT_ADDRESS,
                new DeafSink(),
                random,
                0);
    }

    private static List<Journal.Entry> page() {
        List<Journal.Entry> entries = new ArrayList<>();
        UserName ada = UserName.of("ada");
        for (int i = 1; i <= EVENTS; i++) {
            ChatEvent event = ChatEvent.of(
                    RoomName.LOBBY,
                    i,
                    Instant.ofEpochSecond(1_700_000_000L),
                    Author.of(ada),
                    new Content.Said("x".repeat(1009), false));
            entries.add(new Journal.Entry(event, MessageId.NONE));
        }
        return entries;
    }
}
