package io.kabar.chat.rules;

/** Who may begin a room on a server. */
public enum RoomFounders {
    /** Everybody. */
    ANYBODY,
    /** Who has {@link Capability#CREATE_ROOMS}. */
    STAFF
}
