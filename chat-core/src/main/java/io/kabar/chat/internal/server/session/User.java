package io.kabar.chat.internal.server.session;

import io.kabar.chat.Author;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Presence;
import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.GuestNames;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.limits.Rates;
import io.kabar.chat.internal.server.order.Conduct;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.ServerRole;
import io.kabar.chat.spi.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user who is signed in, from one device or several: they share the name, the presence and the rates.
 *
 * <pre>
 *   presence   RECONNECTING   all devices are silent
 *              AWAY           a device has said so, is here still, and none has said anything else since
 *              HERE           else
 * </pre>
 *
 * What others see is {@link #show() shown} when it changes; away and back only so often, and then as it is.
 */
public final class User {

    /** For the screens of a user who signs in again and again from somewhere else, as scripts do. */
    private static final long TELL_AGAIN = Duration.ofMinutes(10).toNanos();

    /** Age of an account below which its owner is a newcomer. */
    private static final Duration NEWCOMER = Duration.ofDays(1);

    private static final String ELSEWHERE = "You have signed in on another device with the same name, too; both go on.";

    private final Users users;
    private final ServerLoop loop;
    private Account account;
    private Author author;
    private final List<ServerSession> sessions = new ArrayList<>();
    private Conduct conduct;
    private String serverRole;
    private Rates rates;
    private boolean newcomer;
    /** The runs of clients that have said they are away, until any of them says that the user is back. */
    private final Set<Long> away = new HashSet<>();
    /** What was shown last in all their rooms. */
    private Presence shown = Presence.HERE;
    /** Whether a change of being away waits for its time. */
    private boolean awayWaits;
    /** Until then nobody is told that the user has signed in on another device. */
    private long toldOfOthersUntil = Long.MIN_VALUE; // a clock may be below zero

    User(Users users, ServerLoop loop, Account account, Rates rates) {
        this.users = users;
        this.loop = loop;
        this.rates = rates;
        this.account = account;
        author = account.author();
        serverRole = account.role();
        conduct = new Conduct(users.order());
    }

    /**
     * Signs in by another account than before, or for the first time.
     *
     * @param former who has used the account under another name lately: what they have said and used up goes on; null
     *     if nobody has
     */
    void begins(@Nullable User former, Rates fresh) {
        conduct = former == null ? new Conduct(users.order()) : former.conduct;
        rates = former == null || !former.serverRole.equals(serverRole) ? fresh : former.rates;
    }

    /** As its owner writes it. */
    public UserName name() {
        return author.name();
    }

    /** As the author of events, by the account of the newest login. */
    public Author author() {
        return author;
    }

    /** Signs in by this account, or it has changed: it may be another one than before, when the former was removed. */
    public void is(Account present) {
        account = present;
        author = present.author();
        newcomer = present.created().isAfter(loop.time().minus(NEWCOMER));
    }

    /** The account, as it was at the newest login or change. */
    public Account account() {
        return account;
    }

    /** Whether nobody will be this user again: a guest has no account that they could sign in to. */
    public boolean isGuest() {
        return GuestNames.isGuest(account);
    }

    /** The name of the role that the account store gave at the newest login. */
    public String serverRole() {
        return serverRole;
    }

    /** Whether the account is so young that a flood might be made of such. */
    public boolean isNewcomer() {
        return newcomer;
    }

    /** What that role allows. */
    public ServerRole onServer() {
        return users.order().role(serverRole);
    }

    /** Whether the user may do this on the server. */
    public boolean may(Capability capability) {
        return onServer().allows(capability);
    }

    /** What the user is in every room, whatever its log says. */
    public RoomRole everywhere() {
        return users.order().everywhere(serverRole);
    }

    /** What the user is told of the role on the server. */
    public Role role() {
        return may(Capability.MANAGE_ROLES) ? Role.OWNER : may(Capability.MODERATE_ROOMS) ? Role.STAFF : Role.MEMBER;
    }

    /** What the user has said lately, and whether they may go on. */
    public Conduct conduct() {
        return conduct;
    }

    /** Until when it may not be forgotten what the user has used up. */
    long mattersUntil() {
        return Math.max(rates.fullAt(), conduct.mattersUntil());
    }

    /** What the user may ask of everybody. */
    public Rates rates() {
        return rates;
    }

    /** The user's devices. */
    public List<ServerSession> sessions() {
        return Collections.unmodifiableList(sessions);
    }

    /** Whether any device is signed in. */
    public boolean isHere() {
        return !sessions.isEmpty();
    }

    /** The device that is this run of the client; null if there is none. */
    @Nullable
    ServerSession device(long instance) {
        for (ServerSession session : sessions) {
            if (session.instance() == instance) {
                return session;
            }
        }
        return null;
    }

    /** The account has another role now, and other rates with it. */
    void hasRole(String newRole, Rates newRates) {
        serverRole = newRole;
        rates = newRates;
    }

    void signedIn(ServerSession session) {
        sessions.add(session);
    }

    /** A session that was ACTIVE is over. */
    void signedOut(ServerSession session, CloseReason reason) {
        sessions.remove(session);
        users.signedOut(this, session, reason);
        if (!session.isReplaced()) {
            gone(session.instance());
            if (isHere() && presence() != shown) {
                showSoon();
            }
        }
    }

    /**
     * Whoever has taken a name's device secret cannot use it unnoticed, and two screens of one person know of each
     * other.
     */
    public void tellOtherDevices(ServerSession newcomer) {
        if (loop.now() < toldOfOthersUntil) {
            return;
        }
        for (ServerSession other : sessions) {
            // A silent one is most likely what is left of the newcomer's own past.
            if (other != newcomer && !other.watch().isSilent()) {
                other.serve(() -> other.say(new ServerMessage.Notice(ELSEWHERE)));
                toldOfOthersUntil = loop.now() + TELL_AGAIN;
            }
        }
    }

    // Presence
    // -------------------------------------------------------------------------------------------------------

    /** A device says that the user is away or back: the newest word holds, as long as that device is there. */
    public void away(long instance, boolean isAway) {
        if (isAway) {
            away.add(instance);
        } else {
            away.clear();
        }
        showSoon();
    }

    /** A device is gone, and what it has said with it. */
    void gone(long instance) {
        away.remove(instance);
    }

    /** What others are to see. */
    public Presence presence() {
        for (ServerSession session : sessions) {
            if (!session.watch().isSilent()) {
                return away.isEmpty() ? Presence.HERE : Presence.AWAY;
            }
        }
        return Presence.RECONNECTING;
    }

    private void showSoon() {
        if (awayWaits) {
            return;
        }
        long wait = rates.away(loop.now());
        if (wait == 0) {
            show();
        } else {
            awayWaits = true;
            loop.at(loop.now() + wait, () -> {
                awayWaits = false;
                show();
            });
        }
    }

    /** Shows the presence in all rooms the devices are in, if it has changed. */
    void show() {
        Presence presence = presence();
        if (presence == shown) {
            return;
        }
        shown = presence;
        for (ServerSession session : sessions) {
            session.service().onPresence(presence);
        }
    }
}
