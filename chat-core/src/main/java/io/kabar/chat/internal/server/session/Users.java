package io.kabar.chat.internal.server.session;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.People;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.limits.AddressRates;
import io.kabar.chat.internal.server.limits.Rates;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.spi.Account;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is signed in, with which sessions; how sessions become a user's and cease to be. */
public final class Users {

    /** Unknown roles of which an operator is told. */
    private static final int STRANGE_ROLES = 16;

    private final ServerLoop loop;
    private final ServerSettings settings;
    private final Sessions sessions;
    private final People people;
    private final Order order;
    private final AddressRates addressRates;
    private final Markers markers;
    private final Map<UserName, User> byName = new HashMap<>();
    private final Map<String, User> byPerson = new HashMap<>();
    private final Map<Long, User> byAccount = new HashMap<>();
    /** Roles that accounts have and the server does not know, of which was told. */
    private final Set<String> strangeRoles = new HashSet<>(0);

    private int active;

    /** Nobody is signed in yet. */
    public Users(
            ServerLoop loop, ServerSettings settings, Sessions sessions, People people, Order order, Records records) {
        this.loop = loop;
        this.settings = settings;
        this.sessions = sessions;
        this.people = people;
        this.order = order;
        addressRates = new AddressRates(settings);
        markers = new Markers(loop, records);
    }

    /** The user of this name; null if nobody has signed in by it lately. */
    public @Nullable User find(UserName name) {
        return byName.get(name);
    }

    /** The devices of somebody; none if they are not signed in. */
    public List<ServerSession> sessionsOf(UserName name) {
        User user = byName.get(name);
        return user == null ? List.of() : user.sessions();
    }

    /** The user whom a name means, in whatever spelling; null if nobody has signed in by it lately. */
    public @Nullable User meant(UserName name) {
        return byPerson.get(people.key(name));
    }

    /** The user of this account; null if nobody has signed in by it lately. */
    public @Nullable User of(long account) {
        return byAccount.get(account);
    }

    /** Users remembered, those included who would have used up nothing if they were forgotten. */
    public int size() {
        return byName.size();
    }

    /** Sessions that are signed in. */
    public int active() {
        return active;
    }

    /** Takes what the records say of what people have read. */
    public void restore() {
        int strange = markers.restore();
        if (strange > 0) {
            loop.tell(new ServerEvent.Warning(
                    strange + " of the server's records of what was read cannot be understood."));
        }
    }

    /** Up to where people have read rooms. */
    public Markers markers() {
        return markers;
    }

    /** Who may come in and speak. */
    public Order order() {
        return order;
    }

    /** What addresses have used up. */
    public AddressRates addressRates() {
        return addressRates;
    }

    /**
     * Takes a place among those who are signed in, that of an older session of the same run of the client if there is
     * one; tells why there is none, or null.
     */
    public @Nullable Refusal takePlace(ServerSession session, UserName name, long instance) {
        User user = byName.get(name);
        return sessions.places().signIn(session, user == null ? null : user.device(instance));
    }

    /** A session that has a place is this user's from now on, and {@code service} takes what its client says. */
    public User signIn(ServerSession session, Account account, long instance, SessionService service) {
        User user = byName.computeIfAbsent(account.name(), name -> new User(this, loop, account, rates(account)));
        byPerson.put(people.key(user.name()), user);
        if (!user.serverRole().equals(account.role())) {
            user.hasRole(account.role(), rates(account));
        }
        if (byAccount.get(account.id()) != user) {
            user.begins(byAccount.get(account.id()), rates(account));
        }
        byAccount.remove(user.author().account(), user);
        user.is(account);
        byAccount.put(account.id(), user);
        if (!order.knowsRole(account.role())
                && strangeRoles.size() < STRANGE_ROLES
                && strangeRoles.add(account.role())) {
            loop.tell(new ServerEvent.Warning("The account of " + account.name() + " has the role " + account.role()
                    + ", which this server does not know; it allows nothing."));
        }
        user.rates().longStanding(!account.created().isAfter(loop.time().minus(Rates.LONG_STANDING)));
        session.signedIn(user, instance, service);
        active++;
        loop.counters().countLogin();
        for (ServerSession other : List.copyOf(user.sessions())) {
            if (other.instance() == instance) {
                other.serve(() -> replace(other));
            }
        }
        user.signedIn(session);
        order.signedIn(user.author(), session.countedAddress());
        loop.tell(new ServerEvent.SignedIn(user.name(), session.remote()));
        return user;
    }

    private Rates rates(Account account) {
        return new Rates(settings, addressRates, order.role(account.role()).allows(Capability.NO_LIMITS), loop.now());
    }

    /** A client that signed in once more takes the place of its older self at once; nobody sees it leave and join. */
    private void replace(ServerSession old) {
        old.user().gone(old.instance()); // the newer one says so if it still is away
        old.replacedByNewer();
        old.close(CloseReason.REPLACED, "");
        sessions.settle(old);
    }

    /** One of a user's sessions is over. */
    void signedOut(User user, ServerSession session, CloseReason reason) {
        active--;
        if (!user.isHere()) {
            markers.signedOut(user);
            forget(user);
        }
        if (!session.isReplaced() && !sessions.isStopping()) {
            session.service().onEnded();
        }
        loop.tell(new ServerEvent.SignedOut(user.name(), reason));
    }

    /** Forgets a user who is gone, but not before forgetting would give back what they have used up. */
    private void forget(User user) {
        if (user.isHere() || byName.get(user.name()) != user) {
            return;
        }
        if (user.mattersUntil() > loop.now()) {
            loop.at(user.mattersUntil(), () -> forget(user));
        } else {
            byName.remove(user.name());
            byPerson.remove(people.key(user.name()), user);
            byAccount.remove(user.author().account(), user);
        }
    }
}
