package io.kabar.chat.internal.net;

import io.kabar.chat.internal.connection.DatagramLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket to a server that may be at one of several addresses; it hears the first that answers, and no other from then on. To
 * whoever uses it there is one address, the server's {@code label}.
 *
 * <p>As in RFC 8305 the next address is tried while the ones before it are still waited for: with each datagram that is
 * sent before anybody has answered, and at once when the network says that nobody listens at one.
 */
final class ChoosingSocket implements UdpSocket {

    private final InetSocketAddress label;
    private final Consumer<InetSocketAddress> onChosen;
    private final Selector selector;
    private final List<Candidate> candidates = new ArrayList<>();
    private @Nullable Candidate chosen;
    private int tried;
    private byte[] lastSent = {};

    private static final class Candidate {
        final NioSocket socket;
        final InetSocketAddress address;
        boolean dead;

        Candidate(NioSocket socket, InetSocketAddress address) {
            this.socket = socket;
            this.address = address;
        }
    }

    private ChoosingSocket(InetSocketAddress label, Consumer<InetSocketAddress> onChosen, Selector selector) {
        this.label = label;
        this.onChosen = onChosen;
        this.selector = selector;
    }

    /**
     * A socket to these addresses. Those of a family that this machine lacks are left out.
     *
     * @param onChosen is told from which the server was heard
     * @throws IOException if there can be a socket to none
     */
    static ChoosingSocket open(
            int buffer,
            int localPort,
            List<InetSocketAddress> addresses,
            InetSocketAddress label,
            Consumer<InetSocketAddress> onChosen)
            throws IOException {
        Selector selector = Selector.open();
        ChoosingSocket socket = new ChoosingSocket(label, onChosen, selector);
        IOException failure = null;
        for (InetSocketAddress address : addresses) {
            try {
                InetSocketAddress bind = localPort == 0 ? null : new InetSocketAddress(localPort);
                socket.candidates.add(new Candidate(NioSocket.open(selector, buffer, bind, address), address));
            } catch (IOException | RuntimeException e) {
                failure = e instanceof IOException io ? io : new IOException(e);
            }
        }
        if (socket.candidates.isEmpty()) {
            selector.close();
            throw failure == null ? new IOException("the server has no address") : failure;
        }
        return socket;
    }

    private NioSocket any() {
        return chosen == null ? candidates.get(0).socket : chosen.socket;
    }

    @Override
    public void await(long millis) throws IOException {
        any().await(millis); // they share the selector
    }

    @Override
    public boolean readable() {
        return chosen == null ? candidates.stream().anyMatch(each -> each.socket.readable()) : chosen.socket.readable();
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer into) throws IOException {
        Candidate known = chosen;
        if (known != null) {
            return known.socket.receive(into) == null ? null : label;
        }
        for (Candidate each : candidates) {
            try {
                if (each.socket.receive(into) != null) {
                    choose(each);
                    return label;
                }
            } catch (PortUnreachableException e) {
                died(each, e);
            }
        }
        return null;
    }

    private void choose(Candidate answered) throws IOException {
        chosen = answered;
        for (Candidate each : candidates) {
            if (each != answered) {
                each.socket.closeChannel();
            }
        }
        onChosen.accept(answered.address);
    }

    /** Nobody listens there: what was last said goes to the next one at once. If there is none, that is known now. */
    private void died(Candidate candidate, IOException why) throws IOException {
        candidate.dead = true;
        if (candidates.stream().allMatch(each -> each.dead)) {
            candidates.forEach(each -> each.dead = false);
            throw why;
        }
        if (tried < candidates.size() && lastSent.length > 0) {
            sendTo(candidates.get(tried++), ByteBuffer.wrap(lastSent));
        }
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
        Candidate known = chosen;
        if (known != null) {
            return known.socket.send(datagram, known.address);
        }
        lastSent = new byte[datagram.remaining()];
        datagram.duplicate().get(lastSent);
        datagram.position(datagram.limit());
        tried = Math.min(tried + 1, candidates.size());
        int going = tried; // those that are tried because one of these died are sent to there
        for (int i = 0; i < going; i++) {
            sendTo(candidates.get(i), ByteBuffer.wrap(lastSent));
        }
        return true;
    }

    /** What cannot be sent to one address counts as lost on the way: there are others. */
    private void sendTo(Candidate candidate, ByteBuffer datagram) throws IOException {
        try {
            boolean unused = candidate.socket.send(datagram, candidate.address);
        } catch (IOException e) {
            died(candidate, e); // nobody listens there, or there is no way to it
        }
    }

    @Override
    public void wantRoom(boolean wanted) throws IOException {
        any().wantRoom(wanted);
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public InetSocketAddress localAddress() {
        return any().localAddress();
    }

    @Override
    public DatagramLimits limits() {
        return any().limits();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public int receiveBuffer() {
        return any().receiveBuffer();
    }

    @Override
    public void close() throws IOException {
        try {
            for (Candidate each : candidates) {
                each.socket.closeChannel();
            }
        } finally {
            selector.close();
        }
    }
}
