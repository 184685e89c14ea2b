package io.kabar.chat.internal.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a room remembers of its log. */
class RoomLogTest {

    private static final UserName ADA = new UserName("ada");

    private final RoomLog log = new RoomLog(new LogMemory(), 8, 1, 5);

    @Test
    void what_was_appended_before_older_events_were_read_does_not_keep_them_out() {
        log.append(said(6));
        log.append(said(7));
        log.restore(LongStream.rangeClosed(1, 7).mapToObj(RoomLogTest::said).toList());

        assertThat(log.firstInMemory()).isEqualTo(1);
        assertThat(log.find(ADA, id(5))).isEqualTo(new SaidAs(5, 5));
        assertThat(log.find(ADA, id(7))).isEqualTo(new SaidAs(7, 7));
    }

    @Test
    void a_hole_before_what_is_in_memory_ends_what_is_restored() {
        log.restore(List.of(said(1), said(2), said(4), said(5)));

        assertThat(log.firstInMemory()).isEqualTo(4);
        assertThat(log.find(ADA, id(2))).isNull();
    }

    @Test
    void no_more_is_restored_than_the_memory_holds() {
        LongStream.rangeClosed(6, 11).forEach(seq -> log.append(said(seq)));
        log.restore(LongStream.rangeClosed(1, 11).mapToObj(RoomLogTest::said).toList());

        assertThat(log.firstInMemory()).isEqualTo(4);
    }

    private static LogEntry said(long seq) {
        return new LogEntry(
                new ChatEvent.Said(RoomName.LOBBY, seq, Instant.ofEpochMilli(seq), ADA, "text " + seq, false), id(seq));
    }

    private static MessageId id(long seq) {
        return new MessageId(1, seq);
    }
}
