package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal;
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
        assertThat(log.find(Author.of(ADA), id(5))).isEqualTo(new SaidAs(5, 5));
        assertThat(log.find(Author.of(ADA), id(7))).isEqualTo(new SaidAs(7, 7));
    }

    @Test
    void a_hole_before_what_is_in_memory_ends_what_is_restored() {
        log.restore(List.of(said(1), said(2), said(4), said(5)));

        assertThat(log.firstInMemory()).isEqualTo(4);
        assertThat(log.find(Author.of(ADA), id(2))).isNull();
    }

    @Test
    void no_more_is_restored_than_the_memory_holds() {
        LongStream.rangeClosed(6, 11).forEach(seq -> log.append(said(seq)));
        log.restore(LongStream.rangeClosed(1, 11).mapToObj(RoomLogTest::said).toList());

        assertThat(log.firstInMemory()).isEqualTo(4);
    }

    /** Or three messages of history may be three people who came and went. */
    @Test
    void newest_messages_are_counted_without_the_joins_between_them() {
        log.append(said(6));
        log.append(joined(7));
        log.append(said(8));
        log.append(joined(9));

        assertThat(log.startOf(0, 10)).isEqualTo(10);
        assertThat(log.startOf(1, 10)).isEqualTo(8);
        assertThat(log.startOf(2, 10)).isEqualTo(6);
        assertThat(log.startOf(1, 8)).isEqualTo(6);
        assertThat(log.startOf(4, 10))
                .as("of what is in the journal only, each counts")
                .isEqualTo(4);
        assertThat(log.startOf(100, 10)).isEqualTo(1);
    }

    @Test
    void no_more_is_restored_for_messages_that_lie_far_back_than_for_as_many_as_can_be_asked_for() {
        RoomLog busy = new RoomLog(new LogMemory(), 4096, 1, 0);
        busy.append(said(1));
        LongStream.rangeClosed(2, 3000).forEach(seq -> busy.append(joined(seq)));

        assertThat(busy.startOf(1, 3001)).isEqualTo(3001 - JoinHistory.MAX_LAST);
    }

    private static Journal.Entry joined(long seq) {
        return new Journal.Entry(
                ChatEvent.of(RoomName.LOBBY, seq, Instant.ofEpochMilli(seq), Author.of(ADA), new Content.Joined()),
                MessageId.NONE);
    }

    private static Journal.Entry said(long seq) {
        return new Journal.Entry(
                ChatEvent.of(
                        RoomName.LOBBY,
                        seq,
                        Instant.ofEpochMilli(seq),
                        Author.of(ADA),
                        new Content.Said("text " + seq, false)),
                id(seq));
    }

    private static MessageId id(long seq) {
        return new MessageId(1, seq);
    }
}
