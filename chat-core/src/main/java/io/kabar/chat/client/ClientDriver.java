package io.kabar.chat.client;

import io.kabar.chat.InviteLink;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.internal.net.UdpSocket;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.internal.participant.ParticipantDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver of a client: its link is a socket, and the keys of servers are remembered. */
final class ClientDriver extends ParticipantDriver<ChatClient> {

    private static final Logger LOG = LoggerFactory.getLogger(ChatClient.class);

    /**
     * The way to a server.
     *
     * @param link as the user has it
     * @param sockets opens those that hear the server
     */
    record Way(InviteLink link, ServerAddresses addresses, SocketSource sockets, KnownServers known) {}

    /** Opens a socket. */
    interface SocketSource {
        UdpSocket open() throws IOException;
    }

    private final Way way;
    private final ChatClientListener listener;
    private final ClientFigures figures;
    /** This machine's address when the server was last found; of the loop. */
    private final OwnAddress liveFrom = new OwnAddress();
    /** The present socket. */
    private volatile @Nullable UdpSocket socket;

    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private volatile boolean firstContact;

    ClientDriver(
            ClientEndpoint endpoint,
            UserName name,
            Way way,
            ChatClientListener listener,
            Callbacks callbacks,
            WorkPool pool) {
        super(endpoint, name, listener, callbacks, pool);
        this.way = way;
        this.listener = listener;
        figures = new ClientFigures(endpoint);
    }

    ConnectionState state() {
        return state;
    }

    ConnectionInfo info() {
        return figures.info(way.addresses().inOrder().get(0), key(), firstContact); // from which it was heard
    }

    @Override
    protected InviteLink link() {
        InviteLink given = way.link();
        return new InviteLink(given.host(), given.port(), Optional.empty(), Optional.ofNullable(key()));
    }

    @Override
    public UdpSocket open() throws IOException {
        UdpSocket opened = way.sockets().open();
        socket = opened;
        return opened;
    }

    @Override
    protected void afterTurn() {
        figures.take();
    }

    @Override
    protected boolean takes(ClientEvent event) {
        if (event instanceof ClientEvent.Rebind) {
            // The server may have another address by now; the next socket will know.
            offLoop(way.addresses()::refresh);
            reopen();
        } else if (event instanceof ClientEvent.MessageLimit e) {
            figures.messageLimit(e.bytes());
        } else if (event instanceof ClientEvent.Searching) {
            changed(ConnectionState.SEARCHING);
        } else if (event instanceof ClientEvent.Found e) {
            changed(ConnectionState.LIVE);
            boolean elsewhere = isElsewhere();
            if (e.moved() && elsewhere) {
                tell(() -> listener.onRoamed(self()));
            }
        } else {
            return false;
        }
        return true;
    }

    private boolean isElsewhere() {
        UdpSocket current = socket;
        return liveFrom.isAnother(
                current == null ? null : current.localAddress().getAddress());
    }

    @Override
    protected void signedIn(ClientEvent.SignedIn event) {
        boolean unused = isElsewhere();
        firstContact = event.firstContact();
        changed(ConnectionState.LIVE);
    }

    @Override
    protected void signedOut() {
        changed(ConnectionState.SIGNED_OUT);
    }

    private void changed(ConnectionState now) {
        state = now;
        tell(() -> listener.onStateChanged(self(), now));
    }

    /** Where keys are kept is the program's: if that fails, its user is told, and is signed in all the same. */
    @Override
    protected void remember(ServerKey proven) {
        InviteLink link = way.link();
        try {
            // The key of an invitation, too: the next visit may be without it.
            if (way.known().find(link.address()).isEmpty()) {
                if (firstContact) {
                    way.known().remark(link.address(), proven).ifPresent(this::notice);
                }
                way.known().remember(link.address(), proven);
            }
        } catch (Throwable e) {
            LOG.debug("The key of {} is not remembered.", link.address(), e);
            notice(
                    e instanceof UncheckedIOException && e.getMessage() != null
                            ? e.getMessage()
                            : "The key of this server could not be remembered: " + e + ".");
        }
    }

    private void notice(String sentence) {
        tell(() -> listener.onNotice(self(), sentence));
    }
}
