package io.kabar.chat.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignalOrderTest {

    private final SignalOrder order = new SignalOrder(64);

    @Test
    void signal_is_news_unless_a_newer_packet_had_one_of_its_kind() {
        assertThat(order.admits("a", 10)).isTrue();
        assertThat(order.admits("b", 5)).isTrue();
        assertThat(order.admits("a", 10)).as("in the same packet").isTrue();
        assertThat(order.admits("a", 9)).isFalse();
        assertThat(order.admits("a", 10)).as("still the newest").isTrue();
        assertThat(order.admits("a", 11)).isTrue();
        assertThat(order.admits("a", 10)).isFalse();
        order.clear();
        assertThat(order.admits("a", 1)).as("on another connection").isTrue();
    }

    @Test
    void as_many_kinds_are_remembered_as_may_be_and_the_one_not_heard_for_longest_is_forgotten_first() {
        for (int kind = 0; kind < 64; kind++) {
            assertThat(order.admits(kind, 1000 - kind)).isTrue();
        }
        assertThat(order.admits(0, 1)).as("which is heard of once more").isFalse();
        assertThat(order.admits("another", 2000)).isTrue();

        assertThat(order.admits(0, 1)).isFalse();
        for (int kind = 2; kind < 64; kind++) {
            assertThat(order.admits(kind, 1)).as("kind %d", kind).isFalse();
        }
        assertThat(order.admits(1, 1)).as("forgotten").isTrue();
    }
}
