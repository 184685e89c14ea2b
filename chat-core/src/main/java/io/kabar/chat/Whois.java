package io.kabar.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who somebody is.
 *
 * @param who account and name
 * @param role the name of their server role
 * @param presence how they are here; empty if they are not
 * @param since when the oldest of their present connections has signed in; empty if they are not here
 * @param rooms that they are in and the asker may know of
 * @param addresses where they come from; empty to those who may not
 *     {@linkplain io.kabar.chat.rules.Capability#SEE_ADDRESSES see} it
 */
public record Whois(
        Author who,
        String role,
        Optional<Presence> presence,
        Optional<Instant> since,
        List<RoomName> rooms,
        List<String> addresses) {

    /** Keeps the lists unmodifiable. */
    public Whois {
        rooms = List.copyOf(rooms);
        addresses = List.copyOf(addresses);
    }
}
