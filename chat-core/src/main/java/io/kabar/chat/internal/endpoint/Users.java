package io.kabar.chat.internal.endpoint;

import io.kabar.chat.CloseReason;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.session.AccountRecord;
import io.kabar.chat.internal.session.Login;
import io.kabar.chat.internal.session.TokenBucket;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is signed in, with which sessions; how sessions become a user's and cease to be. */
final class Users {

    /** How long a replaced session's rooms wait for the newer one. */
    private static final long GRACE = Duration.ofSeconds(30).toNanos();

    private final ServerCore core;
    private final Sessions sessions;
    private final RoomExit exit;
    private final Map<UserName, User> byName = new HashMap<>();
    private int active;

    Users(ServerCore core, Sessions sessions, RoomExit exit) {
        this.core = core;
        this.sessions = sessions;
        this.exit = exit;
    }

    @Nullable
    User find(UserName name) {
        return byName.get(name);
    }

    int size() {
        return byName.size();
    }

    /** Sessions that are signed in. */
    int active() {
        return active;
    }

    void signedIn(ServerSession session, Login login, AccountRecord account) {
        User user = byName.computeIfAbsent(
                account.name(),
                name -> new User(
                        name,
                        account.role(),
                        new TokenBucket(core.settings.rateBurst(), core.settings.ratePerSecond(), core.now),
                        new TokenBucket(SearchFlow.BURST, SearchFlow.PER_SECOND, core.now)));
        session.user = user;
        session.state = ServerSession.State.ACTIVE;
        session.connection().acceptLanes(WireLimits.LANES);
        active++;
        core.counters.logins++;
        for (ServerSession other : List.copyOf(user.sessions)) {
            if (other.login != null && other.login.instance() == login.instance()) {
                replace(other);
            }
        }
        user.sessions.add(session);
        core.tell(new ServerEvent.SignedIn(user.name, session.connection().remote()));
        session.say(
                new ServerMessage.Welcome(
                        login.signature(),
                        user.name.text(),
                        user.role,
                        core.settings.maxMessageBytes(),
                        core.settings.rateBurst(),
                        core.settings.ratePerSecond(),
                        core.settings.roomsPerSession()),
                core.now);
    }

    /** A client that signed in anew takes the place of its older self at once; nobody sees it leave and join. */
    private void replace(ServerSession old) {
        old.replaced = true;
        UserName name = old.name();
        List<RoomDesk> expected = exit.detachAll(old);
        core.errands.at(core.now + GRACE, () -> expected.forEach(desk -> exit.giveUp(desk, name, "")));
        old.connection().close(CloseReason.REPLACED.code(), "", core.now);
        sessions.settle(old);
    }

    /** A session that was signed in is over. */
    void signedOut(ServerSession session, String words) {
        active--;
        User user = session.user();
        user.sessions.remove(session);
        if (user.sessions.isEmpty()) {
            byName.remove(user.name);
        }
        if (!session.replaced && !core.stopping) {
            exit.leaveAll(session, "");
        }
        core.tell(new ServerEvent.SignedOut(user.name, words));
    }
}
