package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Presence;
import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import java.util.ArrayList;
import java.util.List;

/** A user who is signed in, from one device or several: they share the name, the presence and the rates. */
final class User {
    final UserName name;
    final List<ServerSession> sessions = new ArrayList<>();
    Role role;
    Rates rates;
    /** What the newest word of any device says; whether all have heard of it is another matter. */
    boolean away;
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

    /** What others are to see. */
    Presence presence() {
        if (sessions.stream().allMatch(session -> session.silent)) {
            return Presence.RECONNECTING;
        }
        return away ? Presence.AWAY : Presence.HERE;
    }
}
