package io.kabar.chat;

import java.util.Locale;

/** Whether somebody in the roster can be expected to answer. */
public enum Presence {
    /** Connected and heard from. */
    HERE,
    /** Connected, and said to be away. */
    AWAY,
    /** Silent for 30 seconds; still a member, and back without anybody noticing when the network is. */
    RECONNECTING;

    /** In lower case, as people read it and programs are told it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
