package io.kabar.chat.rules;

import java.time.Instant;

/**
 * A ban from one room, or a mute in it, that holds.
 *
 * @param mute whether they may be there and not speak; otherwise they may not enter
 * @param account the number of the account that may not
 * @param until when it ends by itself; the latest time there is if it does not
 * @param event the number of the room's event that says so, and by whom and why
 */
public record RoomSanction(boolean mute, long account, Instant until, long event) {}
