package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A conversation that somebody has recorded: clients sign in, talk and move. It can be played back as it was or
 * mutilated, to whom it was meant for and to others.
 */
final class Recording {
    static final int CLIENTS = 3;
    static final int SAID = 30;

    /** What an attacker does with a datagram before sending it. */
    enum Mutilation {
        NONE {
            @Override
            byte[] of(byte[] datagram, Random random) {
                return datagram.clone();
            }
        },
        FLIPPED {
            @Override
            byte[] of(byte[] datagram, Random random) {
                byte[] copy = datagram.clone();
                copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
                return copy;
            }
        },
        TRUNCATED {
            @Override
            byte[] of(byte[] datagram, Random random) {
                return Arrays.copyOf(datagram, random.nextInt(datagram.length));
            }
        },
        EXTENDED {
            @Override
            byte[] of(byte[] datagram, Random random) {
                byte[] longer = Arrays.copyOf(datagram, datagram.length + 1 + random.nextInt(300));
                for (int i = datagram.length; i < longer.length; i++) {
                    longer[i] = (byte) random.nextInt();
                }
                return longer;
            }
        };

        abstract byte[] of(byte[] datagram, Random random);

        static Mutilation any(Random random) {
            return values()[random.nextInt(values().length)];
        }
    }

    final List<SimClient> clients;
    final List<SimNetwork.Datagram> toServer = new ArrayList<>();
    final List<SimNetwork.Datagram> toClients = new ArrayList<>();
    private final World world;

    private Recording(World world) {
        this.world = world;
        List<SimNetwork.Datagram> record = new ArrayList<>();
        world.network.record = record;
        clients = world.lobby(CLIENTS);
        converse();
        world.network.record = null;
        record.forEach(datagram -> (SimNetwork.isServer(datagram.to()) ? toServer : toClients).add(datagram));
        assertThat(toServer).hasSizeGreaterThan(80);
        assertThat(toClients).hasSizeGreaterThan(80);
    }

    /** Everything that such a conversation sends, in a world where nothing has happened yet. */
    static Recording ofConversation(World world) {
        return new Recording(world);
    }

    private void converse() {
        for (int i = 0; i < SAID; i++) {
            clients.get(i % CLIENTS).say(RoomName.LOBBY, i % 7 == 0 ? 3000 : 20);
            if (i % 10 == 5) {
                clients.get(i % CLIENTS).rebindNat(true);
            }
            world.run(Duration.ofMillis(40));
        }
        world.run(Duration.ofSeconds(3));
    }

    /** Plays what clients have sent to the server, as from where it came or from somewhere else. */
    void playToServer(Mutilation mutilation, boolean spoofed) {
        for (SimNetwork.Datagram datagram : toServer) {
            InetSocketAddress from = spoofed ? datagram.from() : SimNetwork.address(77, 7, 7);
            world.inject(from, mutilation.of(datagram.bytes(), world.random));
        }
    }

    /** Plays what the server has sent to the clients it was for. */
    void playToClients(Mutilation mutilation) {
        for (SimNetwork.Datagram datagram : toClients) {
            SimClient client = Objects.requireNonNull(world.everAt(datagram.to()), "nobody was there");
            client.receive(datagram.from(), mutilation.of(datagram.bytes(), world.random));
        }
    }

    /** All that must not change. */
    List<Object> state() {
        List<Object> state = new ArrayList<>();
        state.add(world.server.endpoint().activeSessions());
        state.add(world.server.endpoint().handshaking());
        state.add(world.server.endpoint().rooms());
        state.add(world.server.endpoint().delivered());
        state.add(world.server.endpoint().counters().committed());
        state.add(world.server.endpoint().counters().logins());
        state.add(world.server.endpoint().counters().roamed());
        state.add(world.server.endpoint().nextTimeout());
        state.add(world.server.journal.log(RoomName.LOBBY).last());
        state.add(List.copyOf(world.server.signedOut));
        for (SimClient client : clients) {
            state.add(client.room("lobby").next);
            state.add(client.connections);
            state.add(client.searches);
        }
        return state;
    }
}
