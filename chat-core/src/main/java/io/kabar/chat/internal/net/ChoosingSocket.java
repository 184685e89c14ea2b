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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket to a server that may be at one of several addresses; it hears all of them until one has given an answer that
 * nobody but the server can have made, and no other from then on. To whoever uses it there is one address, the server's
 * {@code label}.
 *
 * <p>As in RFC 8305 the next address is tried while the ones before it are still waited for: with each datagram that is
 * sent before the server is found, and at once when the network says that nobody listens at one. But what follows the
 * first word from an address goes there only, for it most likely is the answer. A single forged word must not do more
 * than that: it may come from anybody, and an address that was the server's may be somebody else's by now.
 *
 * <pre>
 *   SEARCHING ──a proven answer──► CHOSEN, until the socket is replaced
 * </pre>
 */
final class ChoosingSocket implements UdpSocket {

    private static final Logger LOG = LoggerFactory.getLogger(ChoosingSocket.class);

    private final InetSocketAddress label;
    private final Consumer<InetSocketAddress> onChosen;
    private final Selector selector;
    private final List<Candidate> candidates = new ArrayList<>();
    private @Nullable Candidate chosen;
    /** From where the last datagram came. */
    private @Nullable Candidate heard;

    private int tried;
    private byte[] lastSent = {};

    private static final class Candidate {
        final NioSocket socket;
        final InetSocketAddress address;
        boolean dead;
        boolean spoke;
        /** It has just spoken for the first time, and has no answer yet. */
        boolean waits;

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
        // What is sent later is no answer to what was heard until now, but tries on: else one who talks nonsense would
        // draw what is meant for the next address.
        candidates.forEach(each -> each.waits = false);
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
        // By turns: one that never ceases to speak must not keep another from being heard.
        int first = candidates.indexOf(heard) + 1;
        for (int i = 0; i < candidates.size(); i++) {
            Candidate each = candidates.get((first + i) % candidates.size());
            try {
                if (each.socket.receive(into) != null) {
                    heard = each;
                    each.waits |= !each.spoke;
                    each.spoke = true;
                    return label;
                }
            } catch (PortUnreachableException e) {
                died(each, e);
            }
        }
        return null;
    }

    @Override
    public void proven() {
        Candidate answered = heard;
        if (chosen == null && answered != null) {
            choose(answered);
        }
    }

    private void choose(Candidate answered) {
        chosen = answered;
        for (Candidate each : candidates) {
            if (each != answered) {
                close(each);
            }
        }
        onChosen.accept(answered.address);
    }

    private static void close(Candidate candidate) {
        try {
            candidate.socket.closeChannel();
        } catch (IOException e) {
            LOG.debug("closing the socket to {}: {}", candidate.address, e.toString());
        }
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
        if (answers()) {
            return true;
        }
        tried = Math.min(tried + 1, candidates.size());
        int going = tried; // those that are tried because one of these died are sent to there
        for (int i = 0; i < going; i++) {
            sendTo(candidates.get(i), ByteBuffer.wrap(lastSent));
        }
        return true;
    }

    /** What was last said goes to those who have just spoken for the first time; false if there is none. */
    private boolean answers() throws IOException {
        boolean any = false;
        for (Candidate each : candidates) {
            if (each.waits) {
                each.waits = false;
                any = true;
                sendTo(each, ByteBuffer.wrap(lastSent));
            }
        }
        return any;
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
