package io.kabar.chat.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a server listens: opened for the first time at the address it was given, and then always at the same one. */
public final class ListeningSocket {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningSocket.class);

    private final Machine machine;
    private InetSocketAddress address;
    private boolean opened;

    /** A socket that is not open yet. */
    public ListeningSocket(Machine machine, InetSocketAddress bind) {
        this.machine = machine;
        address = bind;
    }

    /** Where it listens, or is to listen. */
    public InetSocketAddress address() {
        return address;
    }

    /** Opens it, for the first time or anew. */
    public UdpSocket open() throws IOException {
        UdpSocket socket = machine.serverSocket(address);
        address = socket.localAddress(); // if it has to be opened anew, clients look for it there
        if (!opened && socket.receiveBuffer() < Sockets.SERVER_BUFFER) {
            LOG.warn(
                    "The system grants {} KiB to receive into, of {} KiB asked for; a burst may be lost there. On "
                            + "Linux, net.core.rmem_max raises it.",
                    socket.receiveBuffer() / 1024,
                    Sockets.SERVER_BUFFER / 1024);
        }
        opened = true;
        return socket;
    }
}
