package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.client.login.ClientHandshake;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.session.ServerHandshake;
import io.kabar.chat.internal.server.session.SessionLimits;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nobody, be it with a whole network, keeps others from signing in. */
class AdmissionTest {
    private static final int MAX_SESSIONS = 100;

    private final Random random = new Random(9);
    private final byte[] out = new byte[WireLimits.DATAGRAM];

    private RawClient server(int maxSessions, int perAddress, int perPrivateAddress) throws Exception {
        ServerSettings defaults =
                RawClient.settings(ServerIdentity.generate(random), new LoginPolicy(true, null, new byte[32]));
        ServerSettings settings = new ServerSettings(
                defaults.identity(),
                defaults.policy(),
                defaults.retention(),
                defaults.maxMessageBytes(),
                defaults.rateBurst(),
                defaults.ratePerSecond(),
                perAddress,
                perPrivateAddress,
                maxSessions,
                defaults.roomsPerSession(),
                defaults.historyInMemory(),
                defaults.maxProposals(),
                defaults.handshakeDeadlineNanos(),
                defaults.reconnectingAfterNanos(),
                defaults.goneAfterNanos(),
                defaults.loginFailuresPerMinute(),
                defaults.loginFailuresPerAddress(),
                defaults.addressBlockNanos(),
                defaults.quotas());
        ServerEndpoint server = new ServerEndpoint(settings, random, () -> Instant.EPOCH);
        return new RawClient(server, random, new HashMap<>());
    }

    /** Says HELLO; writes the INIT with the token that comes to {@code out}, and returns its length. */
    private int hello(RawClient at, InetSocketAddress from) throws Exception {
        ClientHandshake handshake = new ClientHandshake(random, at.now);
        int length = handshake.pollTransmit(out);
        at.server.handleDatagram(from, Arrays.copyOf(out, length), length, at.now);
        length = at.server.pollTransmit(out, at.now);
        Packet.Retry retry = (Packet.Retry) PacketCodec.decode(out, 0, length);
        handshake.retried(io.kabar.chat.ServerKey.of(retry.serverKey()), retry.token(), at.now);
        return handshake.pollTransmit(out);
    }

    /** Says HELLO and, with the token that comes, an INIT that is good or damaged; true if keys are agreed about it. */
    private boolean init(RawClient at, InetSocketAddress from, boolean damaged) throws Exception {
        int length = hello(at, from);
        if (damaged) {
            Packet.Init init = (Packet.Init) PacketCodec.decode(out, 0, length);
            init.noise()[Packet.KEY_LENGTH + 3] ^= 1; // behind the key that the token is bound to
            length = PacketCodec.encode(init, out);
        }
        at.server.handleDatagram(from, Arrays.copyOf(out, length), length, at.now);
        boolean worked = false;
        for (ServerEvent event = at.server.pollEvent(); event != null; event = at.server.pollEvent()) {
            if (event instanceof ServerEvent.Work work) {
                work.work().run();
                at.server.handleWork(work.work(), at.now);
                worked = true;
            }
        }
        while (at.server.pollTransmit(out, at.now) > 0) {
            // nobody hears it
        }
        return worked;
    }

    private static InetSocketAddress from(String address, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    private static void signIn(RawClient client, String name, long instance) {
        client.say(0, new ClientMessage.Login(RawClient.METHODS, name, new byte[18], instance));
        client.say(
                0, new ClientMessage.LoginProof(new byte[0], Arrays.copyOf(new byte[] {(byte) name.hashCode()}, 32)));
    }

    private static Refusal refusal(RawClient client) {
        ServerMessage last = client.heard.get(client.heard.size() - 1);
        return ((ServerMessage.Refused) last).refusal();
    }

    @Test
    void damaged_handshakes_are_charged_to_the_address_they_come_from_and_to_its_network() throws Exception {
        RawClient client = server(MAX_SESSIONS, 2, 256);
        int agreements = 0;
        for (int i = 0; i < 40; i++) {
            agreements += init(client, from("203.0.113.9", 1000 + i), true) ? 1 : 0;
        }
        assertThat(agreements).isEqualTo(4 * 2);
        for (int i = 0; i < 300; i++) {
            agreements += init(client, from("2001:db8:0:" + Integer.toHexString(i) + "::1", 1000), true) ? 1 : 0;
        }
        assertThat(agreements).as("and of a /48").isLessThanOrEqualTo(4 * 2 + 16 * 4 * 2);
        assertThat(client.server.held()).containsEntry("handshakes", 0).containsEntry("addresses", 2);

        RawClient honest = client.next(Duration.ZERO);
        signIn(honest, "ada", 1);
        assertThat(honest.server.activeSessions()).isEqualTo(1);
    }

    @Test
    void those_who_never_sign_in_take_no_place_of_those_who_do() throws Exception {
        RawClient client = server(MAX_SESSIONS, 16, 256);
        int halfOpen = 0;
        for (int net = 0; net < 20; net++) {
            for (int i = 0; i < 8; i++) {
                halfOpen += init(client, from("198.51." + net + "." + i, 1000 + i), false) ? 1 : 0;
            }
        }
        assertThat(halfOpen).isGreaterThan(MAX_SESSIONS);
        signIn(client, "ada", 1);
        RawClient other = client.next(Duration.ZERO);
        signIn(other, "bob", 2);
        assertThat(other.server.activeSessions()).isEqualTo(2);
        other.pass(RawClient.HANDSHAKE_DEADLINE);
        assertThat(other.server.held()).containsEntry("half open", 0).containsEntry("addresses", 2);
    }

    @Test
    void one_address_or_network_has_a_part_of_the_half_open_places_only() throws Exception {
        RawClient client = server(MAX_SESSIONS, 4, 256);
        Map<String, Integer> before = client.server.held();
        int ofAddress = 0;
        for (int i = 0; i < 100; i++) {
            ofAddress += init(client, from("203.0.113.9", 1000 + i), false) ? 1 : 0;
        }
        assertThat(ofAddress).isEqualTo(4);
        int ofNetwork = 0;
        for (int i = 0; i < 256; i++) {
            ofNetwork += init(client, from("198.51.100." + i, 1000), false) ? 1 : 0;
        }
        assertThat(ofNetwork).isEqualTo(4 * 16);
        client.ping();
        client.pass(RawClient.HANDSHAKE_DEADLINE);
        client.pass(Duration.ofMinutes(5));
        assertThat(client.server.held().get("addresses")).isZero();
        assertThat(before.get("addresses")).isEqualTo(2);
    }

    /** Two providers may have half of the places each. */
    @Test
    void who_comes_from_elsewhere_finds_a_place_though_two_providers_have_taken_all() throws Exception {
        RawClient client = server(MAX_SESSIONS, 16, 256);
        int taken = 0;
        for (int i = 0; i < SessionLimits.LEAST_STRANGERS + 60; i++) {
            String network = "2001:db" + i % 2 + ":" + Integer.toHexString(i / 2 % 8) + ":";
            taken += init(client, from(network + Integer.toHexString(i / 16) + "::1", 1000 + i), false) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(SessionLimits.LEAST_STRANGERS - 1); // the first client has one
        for (int i = 0; i < 20; i++) {
            assertThat(init(client, from("203.0." + i + ".9", 1000), false)).isTrue();
            init(client, from("2001:db" + i % 2 + ":9::1", 2000 + i), false); // one of their own gives way
        }
        assertThat(client.server.handshaking()).isEqualTo(SessionLimits.LEAST_STRANGERS);
        RawClient honest = client.next(Duration.ofSeconds(1));
        signIn(honest, "ada", 1);
        assertThat(honest.server.activeSessions()).isEqualTo(1);
    }

    @Test
    void key_agreements_are_made_for_networks_in_turn_and_the_crowd_gives_way() throws Exception {
        RawClient client = server(MAX_SESSIONS, 16, 256);
        ArrayDeque<SlowWork> works = new ArrayDeque<>();
        int asked = 0;
        for (int net = 0; net < 9; net++) {
            for (int i = 0; i < 100; i++) {
                askForKeys(client, from("198.51." + net + "." + i, 1000 + i), works);
                asked++;
            }
        }
        assertThat(works).hasSize(SessionLimits.UNDER_WAY);
        assertThat(client.server.held().get("handshakes")).isBetween(SessionLimits.UNDER_WAY, asked);
        InetSocketAddress honest = from("203.0.113.9", 1000);
        askForKeys(client, honest, works);
        assertThat(works).hasSize(SessionLimits.UNDER_WAY);
        client.server.handleWork(works.remove(), client.now); // as if damaged
        takeWork(client, works);
        assertThat(((ServerHandshake) works.getLast()).from()).isEqualTo(honest);
        while (!works.isEmpty()) {
            client.server.handleWork(works.remove(), client.now);
            takeWork(client, works);
        }
        assertThat(client.server.held()).containsEntry("handshakes", 0);
    }

    @Test
    void one_of_the_most_crowded_network_gives_way_where_too_many_wait_for_keys_and_may_ask_again() throws Exception {
        RawClient client = server(20_000, 16, 256);
        ArrayDeque<SlowWork> works = new ArrayDeque<>();
        List<byte[]> inits = new ArrayList<>();
        List<InetSocketAddress> from = new ArrayList<>();
        for (int i = 0; i < SessionLimits.MAX_HANDSHAKES + 10; i++) {
            String network = "2001:db" + i % 3 + ":" + Integer.toHexString(i / 3 % 16) + ":";
            from.add(from(network + Integer.toHexString(i / 48) + "::1", 1000 + i));
            inits.add(askForKeys(client, from.get(i), works));
        }
        assertThat(client.server.held()).containsEntry("handshakes", SessionLimits.MAX_HANDSHAKES);
        InetSocketAddress honest = from("203.0.113.9", 1000);
        askForKeys(client, honest, works);
        assertThat(client.server.held()).containsEntry("handshakes", SessionLimits.MAX_HANDSHAKES);
        assertThat(client.server.drops()).containsEntry("gave_way", 1L);
        for (int i = 0; i < 4; i++) {
            client.server.handleWork(works.remove(), client.now);
            takeWork(client, works);
        }
        assertThat(works).anyMatch(work -> ((ServerHandshake) work).from().equals(honest));
        long spent = client.server.drops().getOrDefault("token_spent", 0L);
        for (int i = 0; i < inits.size(); i++) {
            client.server.handleDatagram(from.get(i), inits.get(i).clone(), inits.get(i).length, client.now);
        }
        assertThat(client.server.drops().getOrDefault("token_spent", 0L) - spent)
                .as("only of those that were agreed")
                .isEqualTo(4);
    }

    private void takeWork(RawClient at, ArrayDeque<SlowWork> works) {
        for (ServerEvent event = at.server.pollEvent(); event != null; event = at.server.pollEvent()) {
            if (event instanceof ServerEvent.Work work) {
                works.add(work.work());
            }
        }
    }

    /** Says HELLO and INIT; what is to be computed is only noted. Returns the INIT. */
    private byte[] askForKeys(RawClient at, InetSocketAddress from, ArrayDeque<SlowWork> works) throws Exception {
        int length = hello(at, from);
        byte[] init = Arrays.copyOf(out, length);
        at.server.handleDatagram(from, init.clone(), length, at.now);
        takeWork(at, works);
        return init;
    }

    @Test
    void full_server_and_full_address_say_so_and_who_comes_back_takes_the_own_place() throws Exception {
        RawClient first = server(3, 16, 2);
        signIn(first, "ada", 1);
        RawClient second = first.next(Duration.ZERO);
        signIn(second, "bob", 2);
        RawClient third = second.next(Duration.ZERO);
        signIn(third, "carol", 3);
        assertThat(refusal(third)).isEqualTo(Refusal.TOO_MANY_SESSIONS);
        RawClient again = third.next(Duration.ofSeconds(1));
        signIn(again, "ada", 1);
        assertThat(again.heard).anyMatch(message -> message instanceof ServerMessage.Welcome);

        RawClient full = server(1, 16, 16);
        signIn(full, "ada", 1);
        RawClient late = full.next(Duration.ZERO);
        signIn(late, "bob", 2);
        assertThat(refusal(late)).isEqualTo(Refusal.SERVER_FULL);
        RawClient back = late.next(Duration.ofSeconds(1));
        signIn(back, "ada", 1);
        assertThat(back.heard).anyMatch(message -> message instanceof ServerMessage.Welcome);
    }
}
