package io.kabar.chat.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the sockets Kabar uses. */
public final class Sockets {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    /** Bytes asked for: the default holds some 250 small datagrams, which one busy moment of a room exceeds. */
    private static final int SERVER_BUFFER = 4 * 1024 * 1024;

    private static final int CLIENT_BUFFER = 512 * 1024;

    private Sockets() {}

    /** A bound socket that hears everybody. */
    public static DatagramChannel server(InetSocketAddress bind) throws IOException {
        DatagramChannel channel = open(SERVER_BUFFER, bind);
        int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        if (granted < SERVER_BUFFER / 4) {
            LOG.warn(
                    "The system grants {} KiB to receive into, of {} KiB asked for; a burst may be lost there. On Linux,"
                            + " net.core.rmem_max raises it.",
                    granted / 1024,
                    SERVER_BUFFER / 1024);
        }
        return channel;
    }

    /** A socket that hears {@code server} only. */
    public static DatagramChannel client(InetSocketAddress server, int localPort) throws IOException {
        DatagramChannel channel = open(CLIENT_BUFFER, localPort == 0 ? null : new InetSocketAddress(localPort));
        try {
            return channel.connect(server);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static DatagramChannel open(int buffer, @Nullable InetSocketAddress bind) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, buffer);
            channel.bind(bind);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
