package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldEventsTest {

    private final HeldEvents held = new HeldEvents();

    /** Events 11 to 20, of as many bytes as they are called. */
    private void hold() {
        for (int seq = 11; seq <= 20; seq++) {
            held.add(seq, new byte[seq]);
        }
    }

    @Test
    void it_weighs_what_was_added_and_not_delivered() {
        assertThat(held.isEmpty()).isTrue();
        assertThat(held.delivered(100)).isFalse();
        hold();
        assertThat(held.bytes()).isEqualTo(155);
        assertThat(held.first()).isEqualTo(11);
        assertThat(held.last()).isEqualTo(20);
        assertThat(held.body(13)).hasSize(13);
        assertThat(held.body(21)).isNull();

        held.add(12, new byte[2]);
        assertThat(held.bytes()).as("one that is read again counts once").isEqualTo(145);
        assertThat(held.delivered(10)).isFalse();
        assertThat(held.delivered(12)).isTrue();
        assertThat(held.first()).isEqualTo(13);
        assertThat(held.bytes()).isEqualTo(132);
        assertThat(held.delivered(20)).isTrue();
        assertThat(held.isEmpty()).isTrue();
        assertThat(held.bytes()).isZero();
    }

    @Test
    void what_is_ahead_is_what_was_not_sent() {
        hold();
        assertThat(held.aheadBytes()).isZero();
        held.count(15);
        assertThat(held.aheadBytes()).isEqualTo(15 + 16 + 17 + 18 + 19 + 20);
        held.sent(15, 16);
        assertThat(held.aheadBytes()).isEqualTo(17 + 18 + 19 + 20);
        held.sent(17, 30);
        assertThat(held.aheadBytes()).isZero();
    }

    @Test
    void nothing_is_left_of_what_is_let_go_of() {
        hold();
        held.count(11);
        held.clear();

        assertThat(held.isEmpty()).isTrue();
        assertThat(held.bytes()).isZero();
        assertThat(held.aheadBytes()).isZero();
        held.sent(11, 20);
        assertThat(held.aheadBytes()).isZero();
    }
}
