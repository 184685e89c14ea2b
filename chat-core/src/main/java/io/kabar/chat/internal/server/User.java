package io.kabar.chat.internal.server;

import io.kabar.chat.Presence;
import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A user who is signed in, from one device or several: they share the name, the presence and the rates. */
final class User {
    final UserName name;
    final List<ServerSession> sessions = new ArrayList<>();
    Role role;
    Rates rates;
    /** The runs of clients that have said they are away, until any of them says that the user is back. */
    private final Set<Long> away = new HashSet<>();
    /** What was told last in all their rooms. */
    Presence shown = Presence.HERE;
    /** Whether a change of being away waits for its time. */
    boolean awayWaits;
    /** Until then nobody is told that the user has signed in on another device. */
    long toldOfOthersUntil = Long.MIN_VALUE; // a clock may be below zero

    User(UserName name, Role role, Rates rates) {
        this.name = name;
        this.role = role;
        this.rates = rates;
    }

    /** The newest word of any device holds, as long as that device is there. */
    void away(long instance, boolean isAway) {
        if (isAway) {
            away.add(instance);
        } else {
            away.clear();
        }
    }

    /** A device is gone, and what it has said with it. */
    void gone(long instance) {
        away.remove(instance);
    }

    /** What others are to see. */
    Presence presence() {
        if (sessions.stream().allMatch(session -> session.silent)) {
            return Presence.RECONNECTING;
        }
        return away.isEmpty() ? Presence.HERE : Presence.AWAY;
    }
}
