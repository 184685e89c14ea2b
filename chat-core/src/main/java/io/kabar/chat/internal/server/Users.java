package io.kabar.chat.internal.server;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.AccountRecord;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.login.Login;
import io.kabar.chat.internal.server.room.RoomRegistry;
import io.kabar.chat.internal.wire.ServerMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is signed in, with which sessions; how sessions become a user's and cease to be. */
final class Users {

    /** How long a replaced session's rooms wait for the newer one. */
    private static final long GRACE = Duration.ofSeconds(30).toNanos();

    /** For the screens of a user who signs in again and again from somewhere else, as scripts do. */
    private static final long TELL_AGAIN = Duration.ofMinutes(10).toNanos();

    private static final String ELSEWHERE = "You have signed in on another device with the same name, too; both go on.";

    private final ServerCore core;
    private final Sessions sessions;
    private final RoomExit exit;
    private final RoomRegistry rooms;
    private final Map<UserName, User> byName = new HashMap<>();
    private final Map<String, User> byPerson = new HashMap<>();
    private int active;

    Users(ServerCore core, Sessions sessions, RoomExit exit, RoomRegistry rooms) {
        this.rooms = rooms;
        this.core = core;
        this.sessions = sessions;
        this.exit = exit;
    }

    @Nullable
    User find(UserName name) {
        return byName.get(name);
    }

    /** Who is signed in and {@linkplain RoomRegistry#person known} by this. */
    @Nullable
    User known(String person) {
        return byPerson.get(person);
    }

    int size() {
        return byName.size();
    }

    /** Sessions that are signed in. */
    int active() {
        return active;
    }

    /** The session whose place this login takes: the one of the same run of the client; null if there is none. */
    @Nullable
    ServerSession replacedBy(Login login, AccountRecord account) {
        User user = byName.get(account.name());
        if (user == null) {
            return null;
        }
        return user.sessions.stream()
                .filter(other -> other.login != null && other.login.instance() == login.instance())
                .findFirst()
                .orElse(null);
    }

    void signedIn(ServerSession session, Login login, AccountRecord account) {
        User user = byName.computeIfAbsent(account.name(), name -> new User(name, account.role(), rates(account)));
        byPerson.put(rooms.person(user.name), user);
        if (user.role != account.role()) {
            user.role = account.role();
            user.rates = rates(account);
        }
        user.rates.longStanding(core.time().toEpochMilli() - Rates.LONG_STANDING.toMillis() >= account.createdMillis());
        session.user = user;
        session.state = ServerSession.State.ACTIVE;
        session.connection().acceptNamedLanes();
        active++;
        core.counters.logins++;
        for (ServerSession other : List.copyOf(user.sessions)) {
            if (other.login != null && other.login.instance() == login.instance()) {
                core.defects.apart(other, () -> replace(other));
            }
        }
        user.sessions.add(session);
        core.tell(new ServerEvent.SignedIn(user.name, session.connection().remote()));
        session.say(
                new ServerMessage.Welcome(
                        login.signature(),
                        0,
                        user.name.text(),
                        user.role,
                        core.settings.maxMessageBytes(),
                        user.role == Role.MEMBER ? core.settings.rateBurst() : 0,
                        core.settings.ratePerSecond(),
                        core.settings.roomsPerSession()),
                core.now);
        tellOtherDevices(user, session);
    }

    /**
     * Whoever has taken a name's device secret cannot use it unnoticed, and two screens of one person know of each
     * other.
     */
    private void tellOtherDevices(User user, ServerSession newcomer) {
        if (core.now < user.toldOfOthersUntil) {
            return;
        }
        for (ServerSession other : user.sessions) {
            // A silent one is most likely what is left of the newcomer's own past.
            if (other != newcomer && !other.silent) {
                core.defects.apart(other, () -> other.say(new ServerMessage.Notice(ELSEWHERE), core.now));
                user.toldOfOthersUntil = core.now + TELL_AGAIN;
            }
        }
    }

    private Rates rates(AccountRecord account) {
        return new Rates(core.settings, core.addressRates, account.role(), core.now);
    }

    /** A client that signed in anew takes the place of its older self at once; nobody sees it leave and join. */
    private void replace(ServerSession old) {
        old.replaced = true;
        old.user().gone(old.instance()); // the newer one says so if it still is away
        UserName name = old.name();
        List<LiveRoom> expected = exit.detachAll(old);
        core.delayedTasks.at(core.now + GRACE, () -> expected.forEach(liveRoom -> exit.giveUp(liveRoom, name, "")));
        old.connection().close(CloseReason.REPLACED.code(), "", core.now);
        sessions.settle(old);
    }

    /** Ends what was signed in, or is about to be, by an account that is another one now. */
    void accountChanged(UserName name) {
        for (ServerSession session : List.copyOf(sessions.all())) {
            boolean theirs = session.login != null && session.login.name().key().equals(name.key());
            if (theirs && (session.isActive() || session.state == ServerSession.State.SIGNING_IN)) {
                session.connection().close(CloseReason.ACCOUNT_CHANGED.code(), "", core.now);
                sessions.settle(session);
            }
        }
    }

    /** A session that was signed in is over. */
    void signedOut(ServerSession session, String words) {
        active--;
        User user = session.user();
        user.sessions.remove(session);
        if (user.sessions.isEmpty()) {
            forget(user);
        }
        if (!session.replaced && !core.stopping) {
            exit.leaveAll(session, "");
        }
        core.tell(new ServerEvent.SignedOut(user.name, words));
    }

    /** Forgets a user who is gone, but not before forgetting would give back what they have used up. */
    private void forget(User user) {
        if (!user.sessions.isEmpty() || byName.get(user.name) != user) {
            return;
        }
        if (user.rates.fullAt() > core.now) {
            core.delayedTasks.at(user.rates.fullAt(), () -> forget(user));
        } else {
            byName.remove(user.name);
            byPerson.remove(rooms.person(user.name), user);
        }
    }
}
