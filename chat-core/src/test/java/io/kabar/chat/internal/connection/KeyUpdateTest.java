package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.crypto.PacketKeys;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 9001 section 6. */
class KeyUpdateTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final KeyLimits OFTEN = new KeyLimits(10, 20, 20, NEVER, 1 << 23, 1L << 52);
    private static final KeyLimits NO_UPDATE = new KeyLimits(1 << 22, 1 << 22, NEVER, NEVER, 1 << 23, 1L << 52);

    @Test
    void first_update_comes_early_and_is_followed() {
        ConnectionPair pair = new ConnectionPair(1);
        chat(pair, 1100);

        assertThat(pair.client.stats().keyUpdates()).isPositive();
        assertThat(pair.server.stats().keyUpdates())
                .isEqualTo(pair.client.stats().keyUpdates());
        assertThat(pair.client.stats().drops(DropReason.FORGED)).isZero();
    }

    @Test
    void updates_from_both_ends_over_a_bad_network_lose_nothing() {
        for (long seed = 0; seed < 8; seed++) {
            ConnectionPair pair = pair(seed, OFTEN, OFTEN);
            pair.loss = 0.1;
            pair.duplication = 0.1;
            pair.jitter = Duration.ofMillis(40).toNanos();
            chat(pair, 300);

            String what = "seed " + seed;
            assertThat(pair.client.stats().keyUpdates()).as(what).isGreaterThan(3);
            assertThat(pair.serverSink.messages(1)).as(what).hasSize(300);
            assertThat(pair.clientSink.messages(1)).as(what).hasSize(300);
            assertThat(pair.client.stats().drops(DropReason.FORGED)).as(what).isZero();
            assertThat(pair.server.stats().drops(DropReason.FORGED)).as(what).isZero();
        }
    }

    @Test
    void packets_of_the_former_phase_open_for_three_probe_timeouts() {
        Secrets secrets = new Secrets();
        KeySchedule sender = secrets.schedule(true, new KeyLimits(2, 2, 1000, NEVER, 1 << 23, 1L << 52));
        KeySchedule receiver = secrets.schedule(false, NO_UPDATE);
        byte[] first = seal(sender, 0);
        byte[] late = seal(sender, 1);
        byte[] veryLate = seal(sender, 2);
        assertThat(receiver.open(0, 0, first, 0, 10, 26, 0)).isEqualTo(10);
        assertThat(updates(sender, 0)).isTrue();
        byte[] updated = seal(sender, 3);

        assertThat(receiver.open(3, 1, updated, 0, 10, 26, 0)).isEqualTo(10);
        assertThat(receiver.receivePhase()).isEqualTo(1);
        assertThat(receiver.sendPhase()).as("follows").isEqualTo(1);
        assertThat(receiver.open(1, 0, late, 0, 10, 26, 0)).isEqualTo(10);
        receiver.forgetPrevious();
        assertThat(receiver.open(2, 0, veryLate, 0, 10, 26, 0)).isNegative();
    }

    @Test
    void next_update_waits_until_the_peer_has_followed_and_the_former_keys_are_gone() {
        Secrets secrets = new Secrets();
        KeySchedule sender = secrets.schedule(true, new KeyLimits(1, 1, 1, NEVER, 1 << 23, 1L << 52));
        KeySchedule peer = secrets.schedule(false, NO_UPDATE);
        seal(sender, 0);
        assertThat(updates(sender, -1)).as("nothing acknowledged yet").isFalse();
        assertThat(updates(sender, 0)).isTrue();
        byte[] updated = seal(sender, 1);
        assertThat(updates(sender, 1))
                .as("the peer is still in the former phase")
                .isFalse();
        assertThat(peer.open(1, 1, updated, 0, 10, 26, 0)).isEqualTo(10);
        byte[] answer = seal(peer, 0);
        assertThat(sender.open(0, 1, answer, 0, 10, 26, 0)).isEqualTo(10);
        assertThat(updates(sender, 1)).as("the former keys are still there").isFalse();
        sender.forgetPrevious();
        assertThat(updates(sender, 1)).isTrue();
    }

    /** RFC 9001 section 6.2. */
    @Test
    void peer_may_not_update_again_before_it_knows_that_we_have_followed() {
        Secrets secrets = new Secrets();
        PacketKeys first = PacketKeys.of(secrets.up.clone(), PacketKeys.AES_256);
        PacketKeys second = first.next();
        for (boolean acknowledged : new boolean[] {true, false}) {
            KeySchedule receiver = secrets.schedule(false, NO_UPDATE);
            assertThat(receiver.open(0, 1, seal(second, 0), 0, 10, 26, 0)).isEqualTo(10);
            assertThat(receiver.hasty()).isFalse();
            if (acknowledged) {
                receiver.acknowledged(0);
            }
            assertThat(receiver.open(1, 0, seal(second.next(), 1), 0, 10, 26, 0))
                    .isEqualTo(10);
            assertThat(receiver.hasty()).isEqualTo(!acknowledged);
        }
    }

    @Test
    void time_alone_makes_an_update_due() {
        ConnectionPair pair = pair(
                1,
                NO_UPDATE,
                new KeyLimits(1 << 22, 1 << 22, NEVER, Duration.ofHours(1).toNanos(), 1 << 23, 1L << 52));
        pair.runFor(Duration.ofMinutes(59));
        assertThat(pair.server.stats().keyUpdates()).isZero();
        pair.runFor(Duration.ofMinutes(5));
        assertThat(pair.server.stats().keyUpdates()).isEqualTo(1);
        assertThat(pair.client.stats().keyUpdates()).isEqualTo(1);
    }

    @Test
    void worn_out_key_closes_the_connection() {
        ConnectionPair pair = pair(1, new KeyLimits(1 << 22, 1 << 22, NEVER, NEVER, 200, 1L << 52), NO_UPDATE);
        pair.runUntil(
                () -> {
                    pair.client.lane(1).offer(new byte[100]);
                    return pair.serverSink.closed != null;
                },
                Duration.ofMinutes(10));

        assertThat(Objects.requireNonNull(pair.clientSink.closed).code()).isEqualTo(CloseCode.KEY_LIMIT);
        assertThat(Objects.requireNonNull(pair.serverSink.closed).code()).isEqualTo(CloseCode.KEY_LIMIT);
        assertThat(pair.client.stats().datagramsOut()).isLessThanOrEqualTo(200);
    }

    @Test
    void too_many_forged_packets_close_the_connection() {
        ConnectionPair pair = pair(1, NO_UPDATE, new KeyLimits(1 << 22, 1 << 22, NEVER, NEVER, 1 << 23, 50));
        pair.client.ping(pair.now);
        byte[] packet = new byte[WireLimits.DATAGRAM];
        int length = pair.client.pollTransmit(packet, pair.now);
        packet[length - 1] ^= 1;
        for (int i = 0; i < 50; i++) {
            assertThat(pair.serverSink.closed).isNull();
            pair.server.handleDatagram(pair.clientAddress, packet.clone(), 0, length, pair.now);
        }
        assertThat(Objects.requireNonNull(pair.serverSink.closed).code()).isEqualTo(CloseCode.KEY_LIMIT);
    }

    private static void chat(ConnectionPair pair, int messages) {
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            byte[] message = {(byte) i, (byte) (i >> 8)};
            sent.add(message);
            pair.client.lane(1).offer(message);
            pair.server.lane(1).offer(message);
            pair.runFor(Duration.ofMillis(30));
        }
        assertThat(pair.runUntil(() -> pair.client.lanesIdle() && pair.server.lanesIdle(), Duration.ofMinutes(5)))
                .isTrue();
        assertThat(pair.serverSink.messages(1)).containsExactlyElementsOf(sent);
    }

    private static ConnectionPair pair(long seed, KeyLimits client, KeyLimits server) {
        return new ConnectionPair(
                seed, ConnectionOptions.CLIENT.withKeyLimits(client), ConnectionOptions.SERVER.withKeyLimits(server));
    }

    private static boolean updates(KeySchedule keys, long largestAcked) {
        long before = keys.updates();
        keys.updateIfDue(largestAcked, 0);
        return keys.updates() > before;
    }

    /** A header of 10 bytes, a payload of 10 and a tag of 16. */
    private static byte[] seal(KeySchedule keys, long number) {
        byte[] packet = new byte[36];
        assertThat(keys.seal(number, packet, 10, 10)).isEqualTo(26);
        return packet;
    }

    private static byte[] seal(PacketKeys keys, long number) {
        byte[] packet = new byte[36];
        assertThat(keys.cipher().seal(number, packet, 0, 10, 10)).isEqualTo(26);
        return packet;
    }

    private static final class Secrets {
        private final byte[] up = new byte[32];
        private final byte[] down = new byte[32];

        Secrets() {
            down[0] = 1;
        }

        KeySchedule schedule(boolean client, KeyLimits limits) {
            byte[] send = client ? up : down;
            byte[] receive = client ? down : up;
            return new KeySchedule(send.clone(), receive.clone(), limits, new Random(1), 0);
        }
    }
}
