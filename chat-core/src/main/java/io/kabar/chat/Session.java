package io.kabar.chat;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A signed-in user on one connection, as the server's host program sees it at the moment of asking. A user who is
 * connected from two devices has two.
 *
 * @param author account and name
 * @param role the name of what the user is on the server, as {@link io.kabar.chat.spi.Account#role}
 * @param presence whether the user can be expected to answer
 * @param address where packets come from at present
 * @param rooms that this session is in, conversations of two included
 */
public record Session(Author author, String role, Presence presence, InetSocketAddress address, List<RoomName> rooms) {

    /** Keeps the list unmodifiable. */
    public Session {
        rooms = List.copyOf(rooms);
    }

    /** The user's name. */
    public UserName name() {
        return author.name();
    }
}
