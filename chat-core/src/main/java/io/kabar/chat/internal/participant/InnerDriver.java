package io.kabar.chat.internal.participant;

import io.kabar.chat.InviteLink;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.InnerNetwork;
import io.kabar.chat.internal.net.UdpSocket;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.ParticipantListener;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The driver of a participant without a socket: its link is in the process, and nobody has to be told how it is. */
public final class InnerDriver extends ParticipantDriver<Participant> {

    /**
     * The link to the server.
     *
     * @param own address of the participant
     * @param server what the server is called in what is received
     */
    public record Link(InnerNetwork network, InetSocketAddress own, InetSocketAddress server) {}

    private final Link link;
    private final Runnable atEnd;

    /** A driver that runs {@code atEnd} when the participant is signed out. */
    public InnerDriver(
            ClientEndpoint endpoint,
            UserName name,
            Link link,
            ParticipantListener<Participant> listener,
            Callbacks callbacks,
            WorkPool pool,
            Runnable atEnd) {
        super(endpoint, name, listener, callbacks, pool);
        this.link = link;
        this.atEnd = atEnd;
    }

    @Override
    public UdpSocket open() {
        return link.network().participantSide(link.own(), link.server());
    }

    @Override
    protected InviteLink link() {
        return new InviteLink("localhost", link.server().getPort(), Optional.empty(), Optional.ofNullable(key()));
    }

    @Override
    protected boolean takes(ClientEvent event) {
        return event instanceof ClientEvent.Rebind
                || event instanceof ClientEvent.MessageLimit
                || event instanceof ClientEvent.Searching
                || event instanceof ClientEvent.Found;
    }

    @Override
    protected void signedIn(ClientEvent.SignedIn event) {
        // Whoever waits for it is told next.
    }

    @Override
    protected void remember(ServerKey proven) {
        // It is the key of this process.
    }

    @Override
    protected void signedOut() {
        atEnd.run();
    }

    @Override
    protected void afterTurn() {
        // There are no figures of a link that has no distance.
    }
}
