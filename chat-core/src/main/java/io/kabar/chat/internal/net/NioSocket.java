package io.kabar.chat.internal.net;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link UdpSocket} of the system's. */
final class NioSocket implements UdpSocket {

    private static final Logger LOG = LoggerFactory.getLogger(NioSocket.class);

    private final DatagramChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final InetSocketAddress localAddress;
    private final boolean connected;
    private final int receiveBuffer;
    private final DatagramLimits limits;
    private final @Nullable SocketOption<Boolean> dontFragment;
    /** Whether the system is told at present that no datagram may be sent in pieces. */
    private boolean inOnePiece;

    private NioSocket(DatagramChannel channel, Selector selector, @Nullable SocketOption<Boolean> dontFragment)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.dontFragment = dontFragment;
        inOnePiece = dontFragment != null;
        limits = NetworkLimits.of(dontFragment != null);
        key = channel.register(selector, SelectionKey.OP_READ);
        localAddress = (InetSocketAddress) channel.getLocalAddress();
        connected = channel.isConnected();
        receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    /**
     * A socket bound to {@code bind}, or to any port if that is null, and connected to {@code peer} if there is one.
     *
     * @param buffer bytes to ask for, each way
     */
    static NioSocket open(int buffer, @Nullable InetSocketAddress bind, @Nullable InetSocketAddress peer)
            throws IOException {
        Selector selector = Selector.open();
        try {
            return open(selector, buffer, bind, peer);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /** The same, waited for together with others of this selector; {@link #closeChannel} leaves it open. */
    static NioSocket open(
            Selector selector, int buffer, @Nullable InetSocketAddress bind, @Nullable InetSocketAddress peer)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            ask(channel, StandardSocketOptions.SO_RCVBUF, buffer);
            ask(channel, StandardSocketOptions.SO_SNDBUF, buffer);
            SocketOption<Boolean> dontFragment = NetworkLimits.dontFragment(channel);
            if (dontFragment != null) {
                channel.setOption(dontFragment, true);
            }
            channel.bind(bind);
            if (peer != null) {
                channel.connect(peer);
            }
            return new NioSocket(channel, selector, dontFragment);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Some systems grant less than is asked for, others refuse: those are asked for less. */
    private static void ask(DatagramChannel channel, SocketOption<Integer> option, int bytes) throws IOException {
        for (int wanted = bytes; wanted >= 64 * 1024; wanted /= 2) {
            try {
                channel.setOption(option, wanted);
                return;
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                // Asked for less in the next round; the system's own size will do if it comes to that.
            }
        }
    }

    @Override
    public void await(long millis) throws IOException {
        try {
            selector.selectedKeys().clear();
            if (millis == 0) {
                selector.selectNow();
            } else {
                selector.select(millis);
            }
            if (!key.isValid()) {
                throw new ClosedChannelException();
            }
        } catch (ClosedSelectorException e) {
            throw new IOException("the selector is closed", e);
        }
    }

    @Override
    public boolean readable() {
        return key.isValid() && key.isReadable();
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer into) throws IOException {
        int start = into.position();
        InetSocketAddress from = (InetSocketAddress) channel.receive(into);
        if (from != null && LOG.isTraceEnabled()) {
            LOG.trace("received {} bytes from {}, first {}", into.position() - start, from, first(into, start));
        }
        return from;
    }

    /**
     * Some paths carry less than every path should, and some routers only claim so: what Kabar cannot do without then
     * goes in pieces, as it would have without a word about fragments. Only longer datagrams must not: so the word is
     * said anew for the next one of them, and not said and taken back for each that is short.
     */
    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
        boolean isLong = datagram.limit() > WireLimits.DATAGRAM;
        if (isLong && dontFragment != null && !inOnePiece) {
            channel.setOption(dontFragment, true);
            inOnePiece = true;
        }
        try {
            return write(datagram, to);
        } catch (PortUnreachableException | ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            if (isLong || dontFragment == null || !inOnePiece) {
                throw e;
            }
            channel.setOption(dontFragment, false);
            inOnePiece = false;
            datagram.rewind();
            return write(datagram, to);
        }
    }

    private boolean write(ByteBuffer datagram, InetSocketAddress to) throws IOException {
        if (LOG.isTraceEnabled()) {
            LOG.trace(
                    "sending {} bytes to {}, first {}", datagram.remaining(), to, first(datagram, datagram.position()));
        }
        return (connected ? channel.write(datagram) : channel.send(datagram, to)) > 0;
    }

    /** The byte that tells the packet; the rest is secret, or random. */
    private static String first(ByteBuffer datagram, int at) {
        return at < datagram.limit() ? HexFormat.of().toHexDigits(datagram.get(at)) : "none";
    }

    @Override
    public void wantRoom(boolean wanted) throws IOException {
        try {
            key.interestOps(wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } catch (CancelledKeyException e) {
            throw new IOException("the socket is closed", e);
        }
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public DatagramLimits limits() {
        return limits;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public int receiveBuffer() {
        return receiveBuffer;
    }

    void closeChannel() throws IOException {
        channel.close();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            selector.close();
        }
    }
}
