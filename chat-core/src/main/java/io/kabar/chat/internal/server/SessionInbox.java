package io.kabar.chat.internal.server;

import io.kabar.chat.CloseReason;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.Query;
import io.kabar.chat.internal.wire.ServerMessage;
import java.net.InetSocketAddress;

/** What sessions hear, passed on to whom it concerns. */
final class SessionInbox implements ServerSession.Host {

    private final ServerCore core;
    private final Admission admission;
    private final Sessions sessions;
    private final Users users;
    private final LoginFlow logins;
    private final RoomEntry entry;
    private final RoomExit exit;
    private final RoomLists lists;
    private final PresenceFlow presences;
    private final SayFlow says;
    private final HistoryReader reads;
    private final SearchFlow searches;

    SessionInbox(
            ServerCore core,
            Admission admission,
            Sessions sessions,
            Users users,
            LoginFlow logins,
            RoomEntry entry,
            RoomExit exit,
            RoomLists lists,
            PresenceFlow presences,
            SayFlow says,
            HistoryReader reads,
            SearchFlow searches) {
        this.core = core;
        this.admission = admission;
        this.sessions = sessions;
        this.users = users;
        this.logins = logins;
        this.entry = entry;
        this.exit = exit;
        this.lists = lists;
        this.presences = presences;
        this.says = says;
        this.reads = reads;
        this.searches = searches;
    }

    @Override
    public void onMessage(ServerSession session, int lane, ClientMessage message) {
        admission.heard(session);
        if (session.state == ServerSession.State.SIGNING_IN) {
            logins.hear(session, message);
        } else if (session.isActive()) {
            signedIn(session, lane, message);
        }
    }

    private void signedIn(ServerSession session, int lane, ClientMessage message) {
        if (message instanceof ClientMessage.Say say) {
            says.say(session, lane, say);
        } else if (message instanceof ClientMessage.Credit credit) {
            entry.credit(session, credit);
        } else if (message instanceof ClientMessage.Join join) {
            entry.join(session, lane, join);
        } else if (message instanceof ClientMessage.Leave leave) {
            exit.leave(session, lane, leave);
        } else if (message instanceof ClientMessage.Request request) {
            asked(session, request.id(), request.query());
        } else if (message instanceof ClientMessage.Away away) {
            presences.away(session, away.away());
        } else if (message instanceof ClientMessage.Unfit unfit
                && unfit.answer().subject() instanceof ServerMessage.Subject.Message said) {
            says.unfit(session, unfit.answer(), said);
        } else if (message instanceof ClientMessage.Unfit unfit
                && !(unfit.answer().subject() instanceof ServerMessage.Subject.Login)) {
            session.say(unfit.answer(), core.now);
        } else if (!(message instanceof ClientMessage.Ignored)) {
            session.connection().close(CloseReason.PROTOCOL_VIOLATION.code(), "signed in already", core.now);
        }
    }

    private void asked(ServerSession session, long request, Query query) {
        if (query instanceof Query.Rooms list) {
            lists.listRooms(session, request, list);
        } else if (query instanceof Query.Members list) {
            lists.listMembers(session, request, list);
        } else if (query instanceof Query.WhoSaw question) {
            lists.whoSaw(session, request, question);
        } else if (query instanceof Query.History read) {
            reads.read(session, request, read);
        } else if (query instanceof Query.Search search) {
            searches.search(session, request, search);
        }
    }

    @Override
    public void onSignal(ServerSession session, long room, byte[] body) {
        presences.signal(session, room, body);
    }

    @Override
    public void onReady(ServerSession session) {
        sessions.ready(session);
    }

    @Override
    public void onMoved(ServerSession session, InetSocketAddress from, InetSocketAddress to) {
        core.counters.roamed++;
        if (session.isActive()) {
            core.tell(new ServerEvent.Roamed(session.name(), from, to));
        }
    }

    @Override
    public void onEnded(ServerSession session, String words) {
        if (session.state == ServerSession.State.ENDED) {
            return;
        }
        boolean wasActive = session.isActive();
        session.state = ServerSession.State.ENDED;
        admission.forget(session);
        core.counters.addDropsOf(session.connection(), core.counters.drops());
        if (wasActive) {
            users.signedOut(session, words);
            if (!session.replaced) {
                presences.gone(session);
            }
        }
    }
}
