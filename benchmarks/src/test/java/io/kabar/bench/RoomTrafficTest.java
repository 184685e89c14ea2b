package io.kabar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTrafficTest {

    private static final long START = 1_000;
    private static final long INTERVAL = 10;

    private final Tally tally = new Tally();
    private final RoomTraffic traffic = new RoomTraffic(2, 3, 20);
    private final RoomTraffic.Reader ada = traffic.reader();
    private final RoomTraffic.Reader bob = traffic.reader();
    private long sequence = 40;

    RoomTrafficTest() {
        traffic.start(START, INTERVAL);
        tally.countFrom(START, START + 1_000);
    }

    @Test
    void what_everybody_has_once_and_in_order_is_complete() {
        for (int i = 0; i < 7; i++) {
            String text = traffic.next(START);
            assertThat(text).hasSize(20);
            read(ada, text, ++sequence);
            assertThat(traffic.allArrived()).isFalse();
            read(bob, text, sequence);
        }
        assertThat(traffic.allArrived()).isTrue();
        assertThat(tally.deliveries).isEqualTo(14);
        assertSound();
    }

    @Test
    void what_never_comes_is_lost() {
        read(ada, traffic.next(START), 1);
        assertThat(ada.lost()).isZero();
        assertThat(bob.lost()).isOne();
        traffic.next(START);
        assertThat(ada.lost()).isOne();
        assertThat(bob.lost()).isEqualTo(2);
        assertThat(traffic.allArrived()).isFalse();
    }

    @Test
    void a_hole_in_the_log_is_disorder_and_loss() {
        String[] texts = four();
        read(ada, texts[0], 1);
        read(ada, texts[3], 4); // of the same sender
        assertThat(tally.disordered).isEqualTo(1);
        assertThat(ada.lost()).isEqualTo(2);
    }

    @Test
    void a_missing_message_of_a_sender_is_disorder_and_loss() {
        String[] texts = four();
        read(ada, texts[3], 1);
        assertThat(tally.disordered).isOne();
        assertThat(ada.lost()).isEqualTo(3);
        read(ada, texts[0], 2);
        assertThat(ada.lost()).as("it was late").isEqualTo(2);
        assertThat(tally.doubled).isZero();
    }

    @Test
    void a_second_copy_is_doubled_and_no_delivery() {
        String text = traffic.next(START);
        read(ada, text, 1);
        read(ada, text, 2);
        assertThat(tally.doubled).isOne();
        assertThat(tally.deliveries).isOne();
    }

    @Test
    void two_readers_that_see_different_orders_are_disorder() {
        String[] texts = four();
        read(ada, texts[0], 1);
        read(ada, texts[1], 2);
        read(bob, texts[1], 1);
        read(bob, texts[0], 2);
        assertThat(tally.disordered).isEqualTo(2);
    }

    @Test
    void a_text_of_somebody_else_is_disorder() {
        read(ada, "hello", 1);
        read(ada, "99 never sent", 2);
        assertThat(tally.disordered).isEqualTo(2);
        assertThat(tally.deliveries).isZero();
    }

    @Test
    void latency_counts_from_when_a_message_was_due() {
        traffic.next(START);
        String late = traffic.next(START + 500);
        ada.onMessage(late, 1, START + 600, tally);
        assertThat(tally.latencies().getMaxValue()).isEqualTo(600 - INTERVAL);
    }

    @Test
    void no_more_than_the_window_is_under_way() {
        for (int i = 0; i < RoomTraffic.WINDOW; i++) {
            assertThat(traffic.dueAt()).isEqualTo(START + i * INTERVAL);
            traffic.next(START);
        }
        assertThat(traffic.dueAt()).isEqualTo(Long.MAX_VALUE);
        read(ada, "0 ", 1);
        read(bob, "0 ", 1);
        assertThat(traffic.dueAt()).isEqualTo(START + RoomTraffic.WINDOW * INTERVAL);
    }

    private String[] four() {
        return new String[] {traffic.next(START), traffic.next(START), traffic.next(START), traffic.next(START)};
    }

    private void read(RoomTraffic.Reader reader, String text, long at) {
        reader.onEvent(at, tally);
        reader.onMessage(text, at, START, tally);
    }

    private void assertSound() {
        assertThat(ada.lost()).isZero();
        assertThat(bob.lost()).isZero();
        assertThat(tally.doubled).isZero();
        assertThat(tally.disordered).isZero();
    }
}
