package io.kabar.chat.internal.client.login;

import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.DeafSink;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.crypto.NoiseNk;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.crypto.X25519;
import io.kabar.chat.internal.endpoint.HandshakeParameters;
import io.kabar.chat.internal.endpoint.PeerParameters;
import io.kabar.chat.internal.server.EndpointRig;
import io.kabar.chat.internal.server.RawClient;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Somebody who has a key, speaks the protocol, and says to a client whatever may make it believe. */
final class Impostor extends DeafSink {
    private static final byte[] TOKEN = new byte[24];

    final ClientEndpoint client;
    final List<ClientEvent> told = new ArrayList<>();
    final List<ClientMessage> heard = new ArrayList<>();
    long now;

    private final RandomGenerator random;
    private final ServerIdentity identity;
    private final byte[] out = new byte[WireLimits.DATAGRAM];
    private @Nullable Connection connection;

    Impostor(ClientEndpoint client, ServerIdentity identity, RandomGenerator random, long now) {
        this.client = client;
        this.identity = identity;
        this.random = random;
        this.now = now;
        exchange();
        while (connection == null && client.nextTimeout() < Long.MAX_VALUE) { // it waits, or repeats itself in its time
            this.now = Math.max(this.now, client.nextTimeout());
            client.handleTimeout(this.now);
            exchange();
        }
    }

    boolean isConnected() {
        return connection != null;
    }

    /** Says something on the control lane, and hears what comes of it. */
    void say(ServerMessage message) {
        connected().lane(0).offer(ServerMessageCodec.encode(message));
        exchange();
    }

    /** The client takes a frame that is no message. */
    void frame(Runnable frame) {
        frame.run();
        exchange();
    }

    private Connection connected() {
        if (connection == null) {
            throw new AssertionError("the client does not shake hands");
        }
        return connection;
    }

    <E extends ClientEvent> List<E> of(Class<E> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void exchange() {
        for (boolean busy = true; busy; ) {
            busy = false;
            for (ClientEvent event = client.pollEvent(); event != null; event = client.pollEvent()) {
                told.add(event);
                busy = true;
                if (event instanceof ClientEvent.Work work) {
                    work.work().run();
                    client.handleWork(work.work(), now);
                }
            }
            for (int length = client.pollTransmit(out, now); length > 0; length = client.pollTransmit(out, now)) {
                busy = true;
                take(Arrays.copyOf(out, length));
            }
            Connection current = connection;
            if (current != null) {
                for (int length = current.pollTransmit(out, now); length > 0; length = current.pollTransmit(out, now)) {
                    busy = true;
                    client.handleDatagram(EndpointRig.SERVER, Arrays.copyOf(out, length), length, now);
                }
            }
        }
    }

    private void take(byte[] datagram) {
        if (PacketCodec.isProtected(datagram[0])) {
            if (connection != null) {
                connection.handleDatagram(RawClient.CLIENT_ADDRESS, datagram, 0, datagram.length, now);
            }
            return;
        }
        try {
            Packet packet = PacketCodec.decode(datagram, 0, datagram.length);
            if (packet instanceof Packet.Hello hello) {
                answer(new Packet.Retry(hello.version(), hello.clientCid(), identity.publicKey(), TOKEN));
            } else if (packet instanceof Packet.Init init) {
                agree(init);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void agree(Packet.Init init) throws Exception {
        byte[] prologue = HandshakeParameters.prologue(init.version(), init.clientCid(), init.token());
        NoiseNk noise = NoiseNk.responder(prologue, identity.keyPair(), X25519.generate(random));
        noise.readMessage1(init.noise());
        byte[] reply =
                noise.writeMessage2(new HandshakeParameters(77, new byte[16], PeerParameters.OWN).encode(0x2000));
        NoiseNk.Split keys = noise.split();
        connection = new Connection(
                Side.SERVER,
                ConnectionOptions.SERVER,
                new Agreement(keys.responderToInitiator(), keys.initiatorToResponder(), 77, init.clientCid(), null),
                RawClient.CLIENT_ADDRESS,
                this,
                random,
                now);
        answer(new Packet.Reply(init.version(), init.clientCid(), reply));
    }

    private void answer(Packet packet) {
        int length = PacketCodec.encode(packet, out);
        client.handleDatagram(EndpointRig.SERVER, Arrays.copyOf(out, length), length, now);
    }

    @Override
    public void onMessage(int lane, byte[] message) {
        try {
            heard.add(ClientMessageCodec.decode(lane, message));
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }
}
