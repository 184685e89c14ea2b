package io.kabar.chat.internal.wire.message;

import io.kabar.chat.RoomName;
import io.kabar.chat.rules.Switches;

/**
 * What a client asks, or wants done, that concerns people on the whole server. Names are as typed; times are in
 * seconds, and 0 seconds are for ever.
 */
public sealed interface OrderQuery extends Query {

    /** Tells the staff of an event of a room that the session is in. */
    record Report(RoomName room, long sequence, String reason) implements OrderQuery {}

    /** Who is that? */
    record WhoIs(String name) implements OrderQuery {}

    /** Wants not to be talked to by somebody. */
    record BlockPerson(String name) implements OrderQuery {}

    /** Wants to be talked to again. */
    record UnblockPerson(String name) implements OrderQuery {}

    /** Whom have I blocked? */
    record Blocked() implements OrderQuery {}

    /** Lets nobody into a room from where somebody came last who is banned there. */
    record ShutOut(RoomName room, String name) implements OrderQuery {}

    /**
     * Bans somebody from the server.
     *
     * @param withAddress whether nobody may come either from where they are, or were last
     */
    record Ban(String name, boolean withAddress, long seconds, String reason) implements OrderQuery {}

    /** Bans an address or a network. */
    record BanNetwork(String network, long seconds, String reason) implements OrderQuery {}

    /** Lifts a ban of somebody. */
    record Unban(String name) implements OrderQuery {}

    /** Lifts the rule of this number. */
    record UnbanRule(long rule) implements OrderQuery {}

    /** Which bans are there? */
    record Bans() implements OrderQuery {}

    /** Lets somebody say nothing any more. */
    record Mute(String name, long seconds, String reason) implements OrderQuery {}

    /** Lets somebody speak again. */
    record Unmute(String name) implements OrderQuery {}

    /** Which mutes are there? */
    record Mutes() implements OrderQuery {}

    /** Throws the emergency switches. */
    record SetSwitches(Switches switches) implements OrderQuery {}

    /** How are the switches? */
    record AskSwitches() implements OrderQuery {}
}
