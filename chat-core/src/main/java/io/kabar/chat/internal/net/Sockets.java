package io.kabar.chat.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens the sockets Kabar uses. */
public final class Sockets {

    /**
     * Bytes a server asks for to receive into: the default holds some 250 small datagrams, which one busy moment of a
     * room exceeds.
     */
    public static final int SERVER_BUFFER = 4 * 1024 * 1024;

    private static final int CLIENT_BUFFER = 512 * 1024;

    private Sockets() {}

    /** A bound socket that hears everybody. */
    public static UdpSocket server(InetSocketAddress bind) throws IOException {
        return NioSocket.open(SERVER_BUFFER, bind, null);
    }

    /** A socket that hears {@code server} only; {@code localPort} 0 for any. */
    public static UdpSocket client(InetSocketAddress server, int localPort) throws IOException {
        return NioSocket.open(CLIENT_BUFFER, localPort == 0 ? null : new InetSocketAddress(localPort), server);
    }
}
