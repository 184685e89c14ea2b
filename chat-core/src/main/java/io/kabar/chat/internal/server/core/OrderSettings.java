package io.kabar.chat.internal.server.core;

import io.kabar.chat.rules.RoomFounders;
import io.kabar.chat.rules.ServerRoles;

/**
 * How order is kept.
 *
 * @param roles the roles there are
 * @param founders who may begin a room
 * @param contact whom to ask who was put out or silenced: words to follow "ask"
 * @param newNamesPerMinute new names from public addresses, of the whole server, above which its door is closed to
 *     newcomers; 0 for no such bound
 * @param newcomersPerRoomMinute newcomers from public addresses in one room above which its door is closed to them; 0
 *     for no such bound
 * @param repeats how often somebody says the same within a minute; 0 for no such bound
 */
public record OrderSettings(
        ServerRoles roles,
        RoomFounders founders,
        String contact,
        int newNamesPerMinute,
        int newcomersPerRoomMinute,
        int repeats) {

    /** What holds if nobody says anything. */
    public static final OrderSettings STANDARD =
            new OrderSettings(ServerRoles.STANDARD, RoomFounders.ANYBODY, "whoever runs this server", 120, 60, 5);
}
