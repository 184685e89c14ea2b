package io.kabar.chat.internal.connection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.crypto.PacketKeys;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9001 section 6, by the packet. */
class KeyScheduleTest {
    private static final KeyLimits LIMITS = new KeyLimits(5, 5, 7, 1_000, 100, 10);

    private final KeySchedule sender = schedule(true, LIMITS, 1);
    private final KeySchedule receiver = schedule(false, LIMITS, 1);
    private long now = 50;

    private static KeySchedule schedule(boolean client, KeyLimits limits, long seed) {
        byte[] up = new byte[32];
        byte[] down = new byte[32];
        up[0] = 2;
        down[0] = 1;
        return new KeySchedule(client ? up : down, client ? down : up, limits, new Random(seed), 50);
    }

    private static byte[] seal(KeySchedule keys, long number) {
        byte[] packet = new byte[36];
        assertThat(keys.seal(number, packet, 10, 10)).isEqualTo(26);
        return packet;
    }

    private int open(KeySchedule keys, long number, int phase, byte[] packet) {
        return keys.open(number, phase, packet, 0, 10, 26, now);
    }

    /** Both ends have stepped on, and the peer's packet number {@code number} was the first of its phase. */
    private void follow(long number) {
        assertThat(open(receiver, number, 1, seal(sender, number))).isEqualTo(10);
        assertThat(open(sender, number, 1, seal(receiver, number))).isEqualTo(10);
    }

    @Test
    void first_update_is_due_after_so_many_packets_once_one_of_them_is_acknowledged() {
        for (int number = 3; number < 7; number++) {
            seal(sender, number);
        }
        sender.updateIfDue(6, now);
        assertThat(sender.sendPhase()).as("four packets").isZero();
        seal(sender, 7);
        sender.updateIfDue(2, now);
        assertThat(sender.sendPhase()).as("nothing of this key is acknowledged").isZero();
        sender.updateIfDue(3, now);
        assertThat(sender.sendPhase()).isEqualTo(1);
        assertThat(sender.updates()).isEqualTo(1);
    }

    @Test
    void first_update_comes_at_any_of_the_packets_of_its_range() {
        Set<Integer> firsts = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            KeySchedule keys = schedule(true, new KeyLimits(2, 5, 100, Long.MAX_VALUE, 100, 10), seed);
            int number = 0;
            while (keys.sendPhase() == 0 && number < 90) {
                seal(keys, number);
                keys.updateIfDue(number++, now);
            }
            firsts.add(number);
        }
        assertThat(firsts).containsExactlyInAnyOrder(2, 3, 4, 5);
    }

    @Test
    void update_is_due_after_so_long() {
        seal(sender, 0);
        sender.updateIfDue(0, now + 999);
        assertThat(sender.sendPhase()).isZero();
        sender.updateIfDue(0, now + 1000);
        assertThat(sender.sendPhase()).isEqualTo(1);
    }

    /** Section 6.5: three probe timeouts, which is when the former keys go. */
    @Test
    void next_update_waits_for_the_peer_and_for_the_former_keys_to_be_gone() {
        seal(sender, 0);
        sender.updateIfDue(0, now + 1000);
        seal(sender, 1);
        sender.updateIfDue(1, now + 9000);
        assertThat(sender.sendPhase()).as("the peer has not followed").isEqualTo(1);
        follow(2);
        sender.updateIfDue(2, now + 9000);
        assertThat(sender.sendPhase()).as("the former keys are there").isEqualTo(1);
        sender.forgetPrevious();
        sender.updateIfDue(0, now + 9000);
        assertThat(sender.sendPhase())
                .as("nothing of this phase is acknowledged")
                .isEqualTo(1);
        sender.updateIfDue(1, now + 1999);
        assertThat(sender.sendPhase()).as("it is not time").isEqualTo(1);
        sender.updateIfDue(1, now + 2000);
        assertThat(sender.sendPhase()).isZero();
        assertThat(sender.updates()).isEqualTo(2);
    }

    @Test
    void later_updates_come_after_as_many_packets_each() {
        for (int number = 0; number < 5; number++) {
            seal(sender, number);
        }
        sender.updateIfDue(4, now);
        follow(5);
        sender.forgetPrevious();
        for (int number = 6; number < 11; number++) {
            seal(sender, number);
            sender.updateIfDue(number, now);
            assertThat(sender.sendPhase()).as("number %d", number).isEqualTo(1);
        }
        seal(sender, 11);
        sender.updateIfDue(11, now);
        assertThat(sender.sendPhase()).as("the seventh").isZero();
    }

    @Test
    void key_is_worn_out_by_the_packets_of_its_own_phase() {
        for (int number = 0; number < 90; number++) {
            assertThat(sender.wornOut(10)).isFalse();
            assertThat(sender.wornOut(11)).isEqualTo(number >= 89);
            seal(sender, number);
        }
        assertThat(sender.wornOut(10)).isTrue();
        sender.updateIfDue(89, now);
        assertThat(sender.wornOut(10)).isFalse();
    }

    @Test
    void packets_that_do_not_open_are_counted_and_those_that_do_are_not() {
        for (int number = 0; number < 20; number++) {
            assertThat(open(receiver, number, 0, seal(sender, number))).isEqualTo(10);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(receiver.underAttack()).isFalse();
            assertThat(open(receiver, 100 + i, i % 2, new byte[36])).isNegative();
        }
        assertThat(receiver.underAttack()).isTrue();
    }

    /** Section 6.3: by the packet number, as the phase bit alone does not tell former keys from next ones. */
    @Test
    void packet_of_the_former_phase_opens_with_its_keys_while_they_are_kept() {
        byte[] late = seal(sender, 0);
        byte[] later = seal(sender, 1);
        sender.updateIfDue(1, now + 1000);
        assertThat(open(receiver, 2, 1, seal(sender, 2))).isEqualTo(10);
        assertThat(open(receiver, 4, 1, seal(sender, 4))).isEqualTo(10);
        assertThat(receiver.receivePhase()).isEqualTo(1);
        assertThat(receiver.sendPhase()).as("followed").isEqualTo(1);
        assertThat(open(receiver, 0, 0, late)).isEqualTo(10);
        receiver.forgetPrevious();
        assertThat(open(receiver, 1, 0, later)).isNegative();
        assertThat(receiver.receivePhase()).isEqualTo(1);
        assertThat(receiver.underAttack()).isFalse();
    }

    /** Whatever it lacks, it is the peer's own. */
    @Test
    void packet_without_payload_is_none_of_a_forger_and_begins_a_phase_as_any_other() {
        for (int number = 0; number < 20; number++) {
            byte[] empty = new byte[26];
            sender.seal(number, empty, 10, 0);
            assertThat(receiver.open(number, 0, empty, 0, 10, 16, now)).isZero();
        }
        assertThat(receiver.underAttack()).isFalse();
        sender.updateIfDue(19, now);
        byte[] empty = new byte[26];
        sender.seal(20, empty, 10, 0);
        assertThat(receiver.open(20, 1, empty, 0, 10, 16, now)).isZero();
        assertThat(receiver.receivePhase()).isEqualTo(1);
    }

    @Test
    void acknowledgement_of_the_lowest_number_of_a_phase_answers_it_though_a_higher_one_came_first() {
        KeySchedule impatient = schedule(true, new KeyLimits(1, 1, 1, 0, 100, 10), 1);
        assertThat(open(receiver, 0, 0, seal(impatient, 0))).isEqualTo(10);
        impatient.updateIfDue(0, now);
        byte[] lower = seal(impatient, 3);
        assertThat(open(receiver, 5, 1, seal(impatient, 5))).isEqualTo(10);
        assertThat(open(receiver, 3, 1, lower)).isEqualTo(10);
        receiver.acknowledged(4);
        assertThat(open(impatient, 0, 1, seal(receiver, 0))).isEqualTo(10);
        impatient.forgetPrevious();
        impatient.updateIfDue(5, now);
        assertThat(open(receiver, 6, 0, seal(impatient, 6))).isEqualTo(10);

        assertThat(receiver.hasty()).isFalse();
    }

    @Test
    void former_keys_are_overwritten_by_the_next_step_and_by_the_end() {
        sender.updateIfDue(-1, now);
        seal(sender, 0);
        sender.updateIfDue(0, now + 1000);
        follow(1);
        PacketKeys former = requireNonNull(receiver.previousKeys());
        assertThat(former.key()).isNotEqualTo(new byte[32]);
        sender.forgetPrevious();
        sender.updateIfDue(1, now + 9000);
        assertThat(open(receiver, 2, 0, seal(sender, 2))).isEqualTo(10);
        assertThat(former.key()).as("of two phases ago").containsOnly(0);

        PacketKeys last = requireNonNull(receiver.previousKeys());
        assertThat(last.key()).isNotEqualTo(new byte[32]);
        receiver.wipe();
        assertThat(last.key()).containsOnly(0);
    }

    /** Section 6.2: before it can know that its last update was followed. */
    @Test
    void peer_that_updates_again_before_an_acknowledgement_of_the_new_phase_is_hasty() {
        assertThat(steps(2))
                .as("the first packet of the phase was acknowledged")
                .isFalse();
        assertThat(new KeyScheduleTest().steps(1)).as("one before it was").isTrue();
        assertThat(new KeyScheduleTest().steps(-1)).isTrue();
    }

    /** Two updates of the sender, the first with packet 2, and an acknowledgement of {@code reported} between them. */
    private boolean steps(long reported) {
        KeySchedule impatient = schedule(true, new KeyLimits(1, 1, 1, 0, 100, 10), 1);
        for (int number = 0; number < 2; number++) {
            assertThat(open(receiver, number, 0, seal(impatient, number))).isEqualTo(10);
        }
        receiver.acknowledged(1);
        impatient.updateIfDue(1, now);
        assertThat(open(receiver, 2, 1, seal(impatient, 2))).isEqualTo(10);
        assertThat(receiver.hasty()).as("once").isFalse();
        receiver.acknowledged(reported);
        assertThat(open(impatient, 0, 1, seal(receiver, 0))).isEqualTo(10);
        impatient.forgetPrevious();
        impatient.updateIfDue(2, now);
        assertThat(open(receiver, 3, 0, seal(impatient, 3))).isEqualTo(10);
        return receiver.hasty();
    }
}
