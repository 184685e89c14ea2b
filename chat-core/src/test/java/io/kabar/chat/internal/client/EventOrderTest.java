package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventOrderTest {

    private final EventOrder order = new EventOrder(1);

    @Test
    void a_gap_goes_on_behind_an_event_that_is_here_already() {
        order.add(5, new byte[] {5});
        order.gone(10);

        assertThat(order.skip()).isTrue();
        assertThat(order.next()).isEqualTo(5);
        assertThat(order.poll()).containsExactly(5);
        assertThat(order.skip()).isTrue();
        assertThat(order.next()).isEqualTo(11);
        assertThat(order.skip()).isFalse();
    }

    @Test
    void a_gap_of_any_size_costs_the_same() {
        order.gone(Long.MAX_VALUE >> 2);
        assertThat(order.skip()).isTrue();
        assertThat(order.next()).isEqualTo((Long.MAX_VALUE >> 2) + 1);
    }

    @Test
    void a_gap_that_is_past_already_skips_nothing() {
        order.add(1, new byte[] {1});
        order.poll();
        order.gone(1);
        assertThat(order.skip()).isFalse();
        assertThat(order.next()).isEqualTo(2);
    }
}
