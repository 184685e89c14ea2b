package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Lookups;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.server.session.Users;
import io.kabar.chat.rules.ServerRole;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whom somebody means by a name: who is here, or else an account that is looked up. */
public final class Persons {

    /** Somebody by their account, here or not. */
    record Person(Author author, ServerRole role) {}

    private final Users users;
    private final Order order;
    private final Lookups lookups;

    /** Whom the users and the account store know. */
    public Persons(Users users, Order order, Lookups lookups) {
        this.users = users;
        this.order = order;
        this.lookups = lookups;
    }

    /** The name that was typed; null, and refused, if it can be none. */
    @Nullable
    UserName name(Acting acting, String typed) {
        try {
            return UserName.of(typed);
        } catch (IllegalArgumentException e) {
            acting.refuse(Refusal.BAD_NAME, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Who is here by this name; null if nobody is. */
    @Nullable
    User here(UserName name) {
        User exact = users.find(name);
        User user = exact == null ? users.meant(name) : exact;
        return user == null || !user.isHere() ? null : user;
    }

    /** Somebody who is here; null if they are not, whoever has their name by now. */
    @Nullable
    User here(Author who) {
        User user = here(who.name());
        return user == null || user.author().account() != who.account() ? null : user;
    }

    /** The devices of somebody. */
    List<ServerSession> sessionsOf(Author who) {
        User user = here(who);
        return user == null ? List.of() : List.copyOf(user.sessions());
    }

    /** Goes on with whoever is meant, now or later, or refuses. */
    void find(Acting acting, String typed, Consumer<Person> then) {
        UserName name = name(acting, typed);
        if (name == null) {
            return;
        }
        User user = here(name);
        if (user != null) {
            then.accept(new Person(user.author(), user.onServer()));
            return;
        }
        lookups.find(
                name,
                account -> ifWaiting(acting, () -> {
                    if (account == null) {
                        acting.refuse(Refusal.NO_SUCH_USER, "There is nobody called " + name + ".");
                    } else {
                        then.accept(new Person(account.author(), order.role(account.role())));
                    }
                }),
                () -> unreadable(acting));
    }

    /** Goes on with what somebody is on the server by now, or refuses; the server itself is its owner. */
    void role(Acting acting, Author who, Consumer<ServerRole> then) {
        User user = users.of(who.account());
        if (who.account() == 0) {
            then.accept(ServerRole.OWNER);
        } else if (user != null && user.isHere()) {
            then.accept(user.onServer());
        } else {
            lookups.find(
                    who.account(),
                    account -> ifWaiting(
                            acting,
                            () -> then.accept(account == null ? ServerRole.MEMBER : order.role(account.role()))),
                    () -> unreadable(acting));
        }
    }

    private static void unreadable(Acting acting) {
        ifWaiting(acting, () -> acting.refuse(Refusal.STORAGE, "The accounts cannot be read at the moment."));
    }

    private static void ifWaiting(Acting acting, Runnable step) {
        if (acting.isWaiting()) {
            acting.serve(step);
        }
    }
}
