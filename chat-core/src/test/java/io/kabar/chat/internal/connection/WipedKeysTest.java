package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kabar.chat.internal.connection.Connection.State;
import io.kabar.chat.internal.crypto.PacketKeys;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys are zeros in memory as soon as no packet needs them, however the connection ends. */
class WipedKeysTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final KeyLimits OFTEN = new KeyLimits(5, 5, 5, Long.MAX_VALUE, 1 << 23, 1L << 52);
    private static final KeyLimits NEVER =
            new KeyLimits(1 << 22, 1 << 22, Long.MAX_VALUE, Long.MAX_VALUE, 1 << 23, 1L << 52);

    private final ConnectionPair pair = new ConnectionPair(1);

    private void talk() {
        pair.client.lane(1).offer(new byte[10]);
        pair.server.lane(1).offer(new byte[10]);
        pair.runFor(Duration.ofSeconds(1));
    }

    @Test
    void closed_connection_keeps_its_keys_until_nobody_asks_again_and_the_peer_has_none_from_the_close_on() {
        talk();
        KeyArrays closing = KeyArrays.of(pair.client);
        KeyArrays draining = KeyArrays.of(pair.server);

        pair.client.close(1, "bye", pair.now);
        pair.runUntil(() -> pair.server.state() != State.OPEN, LONG);

        assertThat(pair.client.state()).isEqualTo(State.CLOSING);
        closing.assertThere(); // another CLOSE may be asked for
        assertThat(pair.server.state()).isEqualTo(State.DRAINING);
        draining.assertWiped();
        pair.runUntil(() -> pair.client.state() == State.CLOSED, LONG);
        closing.assertWiped();
        pair.client.close(1, "again", pair.now);
        pair.client.abandon();
        pair.runFor(Duration.ofSeconds(10));
        closing.assertWiped();
    }

    @Test
    void closing_connection_has_no_keys_after_the_peers_own_close() {
        talk();
        KeyArrays both = KeyArrays.of(pair.client);
        pair.client.close(1, "bye", pair.now);
        pair.server.close(1, "bye", pair.now);
        pair.runUntil(() -> pair.client.state() == State.DRAINING, LONG);
        both.assertWiped();
    }

    @Test
    void connection_that_falls_silent_has_no_keys_after_its_time() {
        talk();
        KeyArrays client = KeyArrays.of(pair.client);
        KeyArrays server = KeyArrays.of(pair.server);
        pair.blackHole = true;
        pair.runUntil(() -> pair.client.state() == State.CLOSED && pair.server.state() == State.CLOSED, LONG);
        client.assertWiped();
        server.assertWiped();
    }

    @Test
    void dropped_connection_has_no_keys() {
        talk();
        KeyArrays keys = KeyArrays.of(pair.server);
        pair.server.abandon();
        keys.assertWiped();
    }

    @Test
    void connection_that_the_peer_has_lost_has_no_keys() {
        talk();
        KeyArrays keys = KeyArrays.of(pair.client);
        byte[] out = new byte[WireLimits.DATAGRAM];
        int length = PacketCodec.statelessReset(out, 100, ConnectionPair.RESET_TOKEN, new Random(2));
        pair.client.handleDatagram(ConnectionPair.SERVER, out, 0, length, pair.now);
        assertThat(pair.client.state()).isEqualTo(State.CLOSED);
        keys.assertWiped();
    }

    @Test
    void connection_ended_by_what_the_peer_has_done_has_no_keys_in_the_end() {
        KeyArrays keys = KeyArrays.of(pair.server);
        pair.clearNetwork();
        pair.liar().say(pair.clientAddress, frames -> frames.ack(0, new long[] {0, 1000}, 1)); // never sent
        assertThat(pair.server.state()).isEqualTo(State.CLOSING);
        keys.assertThere();
        pair.runUntil(() -> pair.server.state() == State.CLOSED, LONG);
        keys.assertWiped();
    }

    @Test
    void updated_keys_leave_the_former_ones_zeros_when_they_open_nothing_more() {
        KeySchedule sender = schedule(true, OFTEN);
        KeySchedule receiver = schedule(false, NEVER);
        KeyArrays firstSend = KeyArrays.of(sender);
        PacketKeys sending = sender.sendKeys();
        byte[] late = seal(sender, 0);
        for (int number = 1; number < 5; number++) {
            open(receiver, number, 0, seal(sender, number));
        }
        PacketKeys opening = receiver.receiveKeys();
        PacketKeys answering = receiver.sendKeys();
        sender.updateIfDue(4, 0);
        assertThat(sender.sendPhase()).isEqualTo(1);
        assertSpent(sending);

        open(receiver, 5, 1, seal(sender, 5));
        assertSpent(answering);
        assertThat(opening.secret()).containsOnly(0);
        assertThat(opening.key()).as("still opens what comes late").isNotEqualTo(new byte[32]);
        open(receiver, 0, 0, late);
        receiver.forgetPrevious();
        assertSpent(opening);
        assertThat(receiver.previousKeys()).isNull();

        KeyArrays last = KeyArrays.of(receiver);
        receiver.wipe();
        last.assertWiped();
        sender.wipe();
        sender.wipe();
        firstSend.assertWiped();
    }

    @Test
    void next_keys_that_a_forger_has_asked_for_are_wiped_too() {
        KeySchedule receiver = schedule(false, NEVER);
        byte[] forged = new byte[36];
        assertThat(receiver.open(0, 1, forged, 0, 10, 26, 0)).isNegative();
        PacketKeys next = Objects.requireNonNull(receiver.nextKeys());
        receiver.wipe();
        assertSpent(next);
    }

    @Test
    void nothing_is_sealed_with_the_zeros() {
        KeySchedule keys = schedule(true, NEVER);
        keys.wipe();
        assertThatIllegalStateException().isThrownBy(() -> seal(keys, 0));
    }

    @Test
    void keys_of_both_ends_are_wiped_after_many_updates() {
        ConnectionPair often = new ConnectionPair(
                3, ConnectionOptions.CLIENT.withKeyLimits(OFTEN), ConnectionOptions.SERVER.withKeyLimits(OFTEN));
        KeyArrays first = KeyArrays.of(often.client);
        for (int i = 0; i < 100; i++) {
            often.client.lane(1).offer(new byte[10]);
            often.runFor(Duration.ofMillis(200));
        }
        assertThat(often.client.stats().keyUpdates()).isGreaterThan(3);
        KeyArrays last = KeyArrays.of(often.client);
        often.client.abandon();
        last.assertWiped();
        first.assertWiped();
    }

    private static void assertSpent(PacketKeys keys) {
        assertThat(keys.secret()).containsOnly(0);
        assertThat(keys.key()).containsOnly(0);
        assertThat(keys.iv()).containsOnly(0);
    }

    private static byte[] seal(KeySchedule keys, long number) {
        byte[] packet = new byte[36];
        assertThat(keys.seal(number, packet, 10, 10)).isEqualTo(26);
        return packet;
    }

    private static void open(KeySchedule keys, long number, int phase, byte[] packet) {
        assertThat(keys.open(number, phase, packet, 0, 10, 26, 0)).isEqualTo(10);
    }

    private static KeySchedule schedule(boolean client, KeyLimits limits) {
        byte[] up = new byte[32];
        byte[] down = new byte[32];
        up[0] = 2;
        down[0] = 1;
        return new KeySchedule(client ? up : down, client ? down : up, limits, new Random(1), 0);
    }
}
