package io.kabar.chat.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

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

    /**
     * A socket that hears a server only, from the first of its addresses that gives a proven answer.
     *
     * @param server what the server is called in what is received and sent
     * @param localPort 0 for any; a port can be bound once, so with another only the likeliest address is tried
     */
    public static UdpSocket client(ServerAddresses addresses, InetSocketAddress server, int localPort)
            throws IOException {
        List<InetSocketAddress> all = addresses.inOrder();
        return ChoosingSocket.open(
                CLIENT_BUFFER, localPort, localPort == 0 ? all : all.subList(0, 1), server, addresses::prefer);
    }
}
