package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What those can do who have no session: nothing that lasts, and nothing to those who have one. */
class StrangersTest {
    private final Random random = new Random(3);

    @Test
    void flood_of_first_words_does_not_silence_a_session() throws Exception {
        RawClient client = new RawClient();
        for (int i = 0; i < 5000; i++) {
            hello(client, RawClient.address(i % 200 + 3, i));
        }
        client.destinations.clear();
        client.say(0, new ClientMessage.Login(RawClient.METHODS, "ada", new byte[18], 1));

        assertThat(client.destinations.indexOf(RawClient.CLIENT_ADDRESS)).isBetween(0, 1);
        assertThat(client.server.handshaking()).as("only the session").isEqualTo(1);
        assertThat(client.destinations).as("no more answers than may wait").hasSizeLessThan(1024 + 10);
    }

    @Test
    void init_sent_again_by_somebody_else_makes_no_session() throws Exception {
        RawClient client = new RawClient();
        client.ping(); // the reply was heard
        for (int i = 0; i < 100; i++) {
            client.server.handleDatagram(RawClient.CLIENT_ADDRESS, client.init.clone(), client.init.length, client.now);
            client.server.handleDatagram(RawClient.address(9, 9), client.init.clone(), client.init.length, client.now);
        }
        assertThat(client.server.handshaking()).isEqualTo(1);
        assertThat(client.server.pollEvent()).isNull();
        assertThat(client.server.drops()).containsEntry("token_spent", 100L).containsEntry("bad_token", 100L);
    }

    @Test
    void init_sent_again_when_the_session_is_over_makes_no_session_either() throws Exception {
        RawClient client = new RawClient();
        client.pass(RawClient.HANDSHAKE_DEADLINE); // nobody has heard the reply
        assertThat(client.server.handshaking()).isZero();
        for (int seconds = 0; seconds < 10; seconds++) {
            client.pass(Duration.ofSeconds(1));
            client.server.handleDatagram(RawClient.CLIENT_ADDRESS, client.init.clone(), client.init.length, client.now);
            assertThat(client.server.pollEvent()).isNull();
        }
        assertThat(client.server.drops().keySet()).containsExactlyInAnyOrder("token_spent", "bad_token");
    }

    /** RFC 9000 section 10.3: shorter than what asks for it, and none for what is too short or not ours. */
    @Test
    void reset_is_shorter_than_what_asks_for_it_so_that_two_cannot_answer_each_other_for_ever() throws Exception {
        RawClient client = new RawClient();
        long forgotten = forgottenId(client);
        for (int length = PacketCodec.SHORT_HEADER; length <= WireLimits.DATAGRAM; length++) {
            int answer = answerTo(client, forgotten, length);
            assertThat(answer).as("to %d bytes", length).isLessThan(length);
            assertThat(answer).isLessThanOrEqualTo(64);
            assertThat(answer == 0).isEqualTo(length <= PacketCodec.SMALLEST_RESET);
            assertThat(answerTo(client, forgotten + 1, length))
                    .as("for an id that is not ours")
                    .isZero();
        }
    }

    @Test
    void resets_are_so_many_a_second() throws Exception {
        RawClient client = new RawClient();
        long forgotten = forgottenId(client);
        for (int second = 0; second < 3; second++) {
            int answers = 0;
            for (int i = 0; i < 5000; i++) {
                answers += answerTo(client, forgotten, 100) > 0 ? 1 : 0;
            }
            assertThat(answers).isEqualTo(2000);
            client.now += Duration.ofSeconds(1).toNanos();
        }
        assertThat(client.server.drops()).containsEntry("forgotten_connection", 15_000L);
    }

    private static long forgottenId(RawClient client) {
        long id = client.serverCid();
        client.pass(RawClient.HANDSHAKE_DEADLINE);
        assertThat(client.server.handshaking()).isZero();
        return id;
    }

    private int answerTo(RawClient client, long cid, int length) {
        byte[] datagram = new byte[length];
        random.nextBytes(datagram);
        PacketCodec.writeShortHeader(datagram, 0, PacketCodec.FIXED_BIT, cid);
        client.server.handleDatagram(RawClient.address(8, 8), datagram, length, client.now);
        return client.server.pollTransmit(new byte[WireLimits.DATAGRAM], client.now);
    }

    @Test
    void a_thousand_first_words_from_addresses_that_never_answer_leave_nothing_and_draw_less_than_was_sent()
            throws Exception {
        RawClient client = new RawClient();
        client.ping();
        Map<String, Integer> before = client.server.held();
        long in = client.server.counters().bytesIn();
        long out = client.server.counters().bytesOut();
        byte[] answer = new byte[WireLimits.DATAGRAM];
        for (int i = 0; i < 1000; i++) {
            hello(client, RawClient.address(i % 200 + 3, i + 1));
            int length = client.server.pollTransmit(answer, client.now);
            assertThat(length).isBetween(1, WireLimits.DATAGRAM / 10);
            assertThat(client.server.pollTransmit(answer, client.now)).isZero();
        }
        assertThat(client.server.counters().bytesIn() - in).isEqualTo(1000L * WireLimits.DATAGRAM);
        assertThat(client.server.counters().bytesOut() - out).isBetween(1L, 100L * WireLimits.DATAGRAM);
        assertThat(client.server.held()).isEqualTo(before);
        assertThat(client.server.pollEvent()).as("no work either").isNull();
    }

    private void hello(RawClient client, InetSocketAddress from) {
        byte[] ephemeral = new byte[Packet.KEY_LENGTH];
        random.nextBytes(ephemeral);
        byte[] datagram = new byte[WireLimits.DATAGRAM];
        PacketCodec.encode(new Packet.Hello(Packet.VERSION_2, random.nextLong(), ephemeral), datagram);
        client.server.handleDatagram(from, datagram, datagram.length, client.now);
    }
}
