package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class CursorTest {

    private static final int PACKET = 1_171;

    private final CursorBench rig = new CursorBench(4);

    private Cursor cursor() {
        return rig.cursor(1, 1_000);
    }

    /** What goes into packets, one call each, until there is nothing more. */
    private List<CursorBench.Written> writeAll(Cursor cursor) throws MalformedPacketException {
        List<CursorBench.Written> all = new ArrayList<>();
        CursorBench.Written written = rig.write(cursor, PACKET);
        while (written.token() != FrameSource.NOTHING) {
            all.add(written);
            written = rig.write(cursor, PACKET);
        }
        return all;
    }

    private static List<Long> numbers(List<CursorBench.Written> all) {
        List<Long> numbers = new ArrayList<>();
        for (CursorBench.Written written : all) {
            for (Frame frame : written.frames()) {
                if (frame instanceof Frame.Event event) {
                    numbers.add(event.seq());
                } else if (frame instanceof Frame.EventPart part) {
                    numbers.add(part.seq());
                }
            }
        }
        return numbers;
    }

    private static void lose(Cursor cursor, CursorBench.Written written) {
        cursor.onLost(written.token(), 0);
    }

    private static void arrive(Cursor cursor, CursorBench.Written written) {
        cursor.onAcked(written.token(), 0);
    }

    @Test
    void a_long_event_counts_as_delivered_though_the_memory_has_moved_on() throws MalformedPacketException {
        Cursor cursor = cursor();
        rig.say(3_000);
        List<CursorBench.Written> parts = writeAll(cursor);
        assertThat(parts).hasSize(3);
        for (int i = 0; i < 10; i++) {
            rig.say(1);
        }

        parts.forEach(part -> arrive(cursor, part));

        assertThat(cursor.delivered()).isEqualTo(1);
    }

    @Test
    void a_reader_that_has_fallen_behind_reads_on_page_by_page() throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 20; i++) {
            rig.say(i % 5 == 0 ? 3_000 : 10);
        }

        long before = 0;
        while (cursor.delivered() < 20) {
            cursor.wake();
            if (!rig.asked.isEmpty()) {
                rig.answer(cursor, 3);
            }
            writeAll(cursor).forEach(written -> arrive(cursor, written));
            assertThat(cursor.delivered()).isGreaterThan(before);
            before = cursor.delivered();
        }
    }

    @Test
    void what_was_lost_is_sent_again_oldest_first_whether_whole_or_in_parts() throws MalformedPacketException {
        Cursor cursor = cursor();
        rig.say(10);
        rig.say(1_150);
        rig.say(10);
        List<CursorBench.Written> all = writeAll(cursor);
        assertThat(numbers(all)).containsExactly(1L, 2L, 2L, 3L);

        for (int i = all.size() - 1; i >= 0; i--) {
            lose(cursor, all.get(i));
        }

        assertThat(numbers(writeAll(cursor))).containsExactly(1L, 2L, 2L, 3L);
    }

    @Test
    void a_part_that_was_lost_is_sent_again_and_the_others_are_not() throws MalformedPacketException {
        Cursor cursor = cursor();
        rig.say(5_000);
        List<CursorBench.Written> parts = writeAll(cursor);
        lose(cursor, parts.get(4));
        lose(cursor, parts.get(1));
        arrive(cursor, parts.get(0));
        arrive(cursor, parts.get(3));

        List<CursorBench.Written> again = writeAll(cursor);

        assertThat(again.stream()
                        .map(written -> ((Frame.EventPart) written.frames().get(0)).offset()))
                .containsExactly(1024, 4096);
        again.forEach(written -> arrive(cursor, written));
        assertThat(cursor.delivered()).isZero();
        arrive(cursor, parts.get(2));
        assertThat(cursor.delivered()).isEqualTo(1);
    }

    @Test
    void what_is_new_waits_for_what_was_lost() throws MalformedPacketException {
        Cursor cursor = cursor();
        rig.say(10);
        List<CursorBench.Written> first = writeAll(cursor);
        rig.say(10);
        lose(cursor, first.get(0));

        assertThat(numbers(List.of(rig.write(cursor, PACKET)))).containsExactly(1L);
        assertThat(numbers(List.of(rig.write(cursor, PACKET)))).containsExactly(2L);
    }

    @Test
    void a_page_read_for_what_was_lost_leaves_the_page_being_sent_in_place() throws MalformedPacketException {
        Cursor cursor = cursor();
        rig.say(10);
        CursorBench.Written one = writeAll(cursor).get(0);
        for (int i = 0; i < 19; i++) {
            rig.say(1_000);
        }
        assertThat(cursor.hasMore()).isFalse();
        rig.answer(cursor, 12); // 2 to 13
        List<CursorBench.Written> page = writeAll(cursor);
        assertThat(numbers(page)).startsWith(2L).endsWith(13L);
        rig.answer(cursor, 3); // 14 to 16, asked for ahead; the rest is in memory
        page.addAll(writeAll(cursor));

        lose(cursor, one);
        page.forEach(written -> lose(cursor, written));
        assertThat(cursor.hasMore()).isFalse();
        rig.answer(cursor, 3); // 1 to 3

        assertThat(numbers(writeAll(cursor))).startsWith(1L, 2L).endsWith(20L);
        assertThat(rig.asked).isEmpty();
    }

    @Test
    void next_page_is_asked_for_before_the_last_one_is_used_up_but_not_without_end() throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 1000; i++) {
            rig.say(1_000);
        }
        cursor.wake();
        int most = 0;
        List<CursorBench.Written> all = new ArrayList<>();
        while (!rig.asked.isEmpty()) {
            rig.answer(cursor, 64);
            all.add(rig.write(cursor, PACKET));
            most = Math.max(most, cursor.heldBytes());
        }
        assertThat(most).as("a page ahead of some windows").isBetween(128 * 1024, 128 * 1024 + 64 * 1_100);
        all.addAll(writeAll(cursor));
        all.forEach(written -> arrive(cursor, written));
        assertThat(rig.asked).as("asks again when it has arrived").hasSize(1);
    }

    @Test
    void what_was_let_go_is_read_again() throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 40; i++) {
            rig.say(1_000);
        }
        cursor.wake();
        rig.answer(cursor, 10);
        CursorBench.Written one = rig.write(cursor, PACKET);
        cursor.letGo();
        assertThat(cursor.heldBytes()).isZero();
        lose(cursor, one);
        List<Long> seen = new ArrayList<>();
        while (cursor.delivered() < 40) {
            cursor.wake();
            if (!rig.asked.isEmpty()) {
                rig.answer(cursor, 10);
            }
            writeAll(cursor).forEach(written -> {
                seen.addAll(numbers(List.of(written)));
                arrive(cursor, written);
            });
        }
        assertThat(seen).startsWith(1L).doesNotHaveDuplicates().hasSize(40);
    }

    @Test
    void nothing_goes_beyond_the_credit() throws MalformedPacketException {
        Cursor cursor = rig.cursor(1, 2);
        for (int i = 0; i < 4; i++) {
            rig.say(10);
        }

        assertThat(numbers(writeAll(cursor))).containsExactly(1L, 2L);
        cursor.allow(3);
        assertThat(numbers(writeAll(cursor))).containsExactly(3L);
    }

    @Test
    void what_is_gone_for_good_is_told_and_told_again_if_that_is_lost() throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 8; i++) {
            rig.say(10);
        }
        rig.forgetBefore(7);

        CursorBench.Written gap = rig.write(cursor, PACKET);
        assertThat(gap.frames()).containsExactly(new Frame.Gap(1, 1, 6));
        CursorBench.Written rest = rig.write(cursor, PACKET);
        assertThat(numbers(List.of(rest))).containsExactly(7L, 8L);
        lose(cursor, gap);
        CursorBench.Written again = rig.write(cursor, PACKET);

        assertThat(again.frames()).containsExactly(new Frame.Gap(1, 1, 6));
        arrive(cursor, rest);
        arrive(cursor, again);
        assertThat(cursor.delivered()).isEqualTo(8);
    }

    @Test
    void what_the_journal_has_lost_is_told_as_a_gap_and_told_again_if_that_is_lost() throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 20; i++) {
            rig.say(10);
        }
        cursor.wake();
        rig.answer(cursor, 4);
        writeAll(cursor).forEach(written -> arrive(cursor, written));
        assertThat(rig.asked).containsExactly(5L);

        rig.asked.clear();
        cursor.pageRead(rig.journal.subList(9, 12));
        List<CursorBench.Written> written = writeAll(cursor);
        assertThat(written.get(0).frames()).containsExactly(new Frame.Gap(1, 5, 9));
        assertThat(numbers(written)).containsExactly(10L, 11L, 12L);
        lose(cursor, written.get(0));
        CursorBench.Written again = rig.write(cursor, PACKET);
        assertThat(again.frames()).containsExactly(new Frame.Gap(1, 5, 9));
        arrive(cursor, again);
        written.subList(1, written.size()).forEach(each -> arrive(cursor, each));
        assertThat(cursor.delivered()).isEqualTo(12);

        cursor.pageRead(List.of());
        written = writeAll(cursor);
        assertThat(written.get(0).frames()).containsExactly(new Frame.Gap(1, 13, 16));
        assertThat(numbers(written)).as("the rest is in memory").containsExactly(17L, 18L, 19L, 20L);
        written.forEach(each -> arrive(cursor, each));
        assertThat(cursor.delivered()).isEqualTo(20);
        assertThat(rig.log.firstKept()).as("others get what is before the hole").isEqualTo(1);
    }

    @Test
    void a_hole_is_told_when_everything_before_it_has_arrived() throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 4; i++) {
            rig.say(10);
        }
        List<CursorBench.Written> early = writeAll(cursor);
        for (int i = 0; i < 8; i++) {
            rig.say(10);
        }
        cursor.wake();
        assertThat(rig.asked).containsExactly(5L);

        cursor.pageRead(List.of());
        assertThat(cursor.hasMore()).isFalse();
        assertThat(writeAll(cursor)).isEmpty();
        early.forEach(each -> arrive(cursor, each));

        assertThat(cursor.hasMore()).isTrue();
        writeAll(cursor).forEach(each -> arrive(cursor, each));
        assertThat(cursor.delivered()).isEqualTo(12);
    }

    @Test
    void what_is_forgotten_is_not_shown_from_memory_either() {
        for (int i = 0; i < 4; i++) {
            rig.say(10);
        }
        rig.log.notKeptBefore(4);
        assertThat(rig.log.firstKept()).as("still in memory").isEqualTo(1);

        rig.log.forget(3);

        assertThat(rig.log.firstKept()).isEqualTo(3);
        assertThat(rig.log.body(2)).isNull();
        assertThat(rig.log.body(3)).isNotNull();
        rig.log.restore(rig.journal.subList(0, 2));
        assertThat(rig.log.firstInMemory()).isEqualTo(3);
        rig.log.forget(9);
        assertThat(rig.log.firstKept()).isEqualTo(5);
    }

    @Test
    void a_closed_cursor_takes_no_page_and_has_nothing_to_send() throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 8; i++) {
            rig.say(10);
        }
        assertThat(cursor.hasMore()).isFalse();
        cursor.close();
        rig.answer(cursor, 4);

        assertThat(cursor.hasMore()).isFalse();
        assertThat(writeAll(cursor)).isEmpty();
    }

    /** What was in memory when the page was asked for, so that the page need not have it, is gone when it is wanted. */
    @Test
    void a_page_that_begins_later_than_what_left_the_memory_meanwhile_leaves_nobody_waiting()
            throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 8; i++) {
            rig.say(10);
        }
        cursor.wake();
        assertThat(rig.asked).containsExactly(1L); // 5 to 8 are in memory
        for (int i = 0; i < 8; i++) {
            rig.say(10);
        }
        rig.asked.clear();
        cursor.pageRead(rig.journal.subList(9, 12)); // 10 to 12: what came before them is let go of

        writeAll(cursor).forEach(each -> arrive(cursor, each)); // the gap from 1 to 4
        assertThat(cursor.delivered()).isEqualTo(4);
        cursor.wake();
        assertThat(rig.asked).as("5 is neither in memory nor held").containsExactly(5L);
        rig.asked.clear();
        cursor.pageRead(rig.journal.subList(9, 12));
        writeAll(cursor).forEach(each -> arrive(cursor, each));
        assertThat(cursor.delivered()).isEqualTo(16);
    }

    @Test
    void a_page_with_a_hole_in_it_leaves_nobody_waiting() throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 12; i++) {
            rig.say(10);
        }
        cursor.wake();
        rig.asked.clear();
        cursor.pageRead(List.of(
                rig.journal.get(0), rig.journal.get(1), rig.journal.get(5), rig.journal.get(6), rig.journal.get(7)));
        writeAll(cursor).forEach(each -> arrive(cursor, each));
        assertThat(cursor.delivered()).isEqualTo(2);
        assertThat(rig.asked).containsExactly(3L);
        rig.asked.clear();
        cursor.pageRead(rig.journal.subList(5, 8));
        writeAll(cursor).forEach(each -> arrive(cursor, each));
        assertThat(cursor.delivered()).isEqualTo(12);
    }

    @Test
    void a_page_that_was_let_go_and_then_could_not_be_read_is_not_thrown_away_when_it_comes()
            throws MalformedPacketException {
        Cursor cursor = cursor();
        for (int i = 0; i < 8; i++) {
            rig.say(10);
        }
        cursor.wake();
        cursor.letGo();
        cursor.pageFailed();
        rig.asked.clear();
        cursor.wake();
        rig.answer(cursor, 4);
        assertThat(numbers(writeAll(cursor))).startsWith(1L, 2L, 3L, 4L);
    }

    @Test
    void a_reader_that_acknowledges_every_other_packet_only_is_sent_what_is_missing_and_nothing_new()
            throws MalformedPacketException {
        CursorBench large = new CursorBench(1_000_000);
        Cursor cursor = large.cursor(1, 1_000_000);
        int most = 0;
        for (int i = 1; i <= 10 * Cursor.MAX_ACKED_RANGES; i++) {
            large.say(1);
            CursorBench.Written written = large.write(cursor, PACKET);
            if (written.token() == FrameSource.NOTHING) {
                break;
            }
            most = i;
            if (i % 2 == 0) {
                arrive(cursor, written);
            }
        }
        assertThat(most).isEqualTo(2 * Cursor.MAX_ACKED_RANGES);
        assertThat(cursor.delivered()).isZero();
    }

    @Test
    void a_reader_that_has_missed_very_much_gets_all_of_it() throws MalformedPacketException {
        CursorBench large = new CursorBench(1_000_000);
        Cursor cursor = large.cursor(1, 1_000_000);
        List<CursorBench.Written> missed = new ArrayList<>();
        for (int i = 1; i <= 2 * Cursor.MAX_ACKED_RANGES; i++) {
            large.say(1);
            CursorBench.Written written = large.write(cursor, PACKET);
            if (i % 2 == 0) {
                arrive(cursor, written);
            } else {
                missed.add(written);
            }
        }
        large.say(1);
        assertThat(cursor.hasMore()).isFalse();
        missed.forEach(written -> lose(cursor, written));
        assertThat(cursor.hasMore()).isTrue();
        writeAll(cursor).forEach(written -> arrive(cursor, written));
        writeAll(cursor).forEach(written -> arrive(cursor, written));
        assertThat(cursor.delivered()).isEqualTo(large.log.last());
    }

    @Test
    void a_cursor_that_breaks_keeps_nobody_else_in_the_room_from_being_woken() throws MalformedPacketException {
        for (int i = 0; i < 8; i++) {
            rig.say(10);
        }
        Room room = new Room(RoomName.LOBBY, 1, rig.log, "");
        List<String> broken = new ArrayList<>();
        List<Long> asked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            room.add(rig.cursor(9, 1_000, reader(asked::add, broken)));
        }
        room.add(rig.cursor(
                9,
                1_000,
                reader(
                        from -> {
                            throw new IllegalStateException("a bug");
                        },
                        broken)));
        room.add(rig.cursor(9, 1_000, reader(asked::add, broken)));

        for (int i = 0; i < 8; i++) {
            rig.say(10); // behind the room's back, so that each has to read when it is woken
        }
        rig.commit(room);

        assertThat(broken).containsExactly("a bug");
        assertThat(asked).containsExactly(9L, 9L, 9L, 9L);
    }

    private static PageReader reader(LongConsumer read, List<String> broken) {
        return new PageReader() {
            @Override
            public void readPage(Cursor cursor, long from) {
                read.accept(from);
            }

            @Override
            public void broke(RuntimeException cause) {
                broken.add(cause.getMessage());
            }
        };
    }
}
