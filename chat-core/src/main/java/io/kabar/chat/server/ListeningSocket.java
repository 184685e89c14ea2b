package io.kabar.chat.server;

import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.Sockets;
import io.kabar.chat.internal.net.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a server listens: opened for the first time at the address it was given, and then always at the same one. */
final class ListeningSocket {

    private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);

    private final Machine machine;
    private InetSocketAddress address;
    private boolean opened;

    ListeningSocket(Machine machine, InetSocketAddress bind) {
        this.machine = machine;
        address = bind;
    }

    /** Where it listens, or is to listen. */
    InetSocketAddress address() {
        return address;
    }

    UdpSocket open() throws IOException {
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
