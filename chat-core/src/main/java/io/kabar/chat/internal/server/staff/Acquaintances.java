package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.Whois;
import io.kabar.chat.internal.server.order.AddressBans;
import io.kabar.chat.internal.server.order.Blocks;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.rules.Capability;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is that, and who does not want to be talked to by whom. */
final class Acquaintances {

    /** Rooms and addresses told of somebody. */
    private static final int TOLD = 64;

    private final Blocks blocks;
    private final Persons persons;
    private final StaffRooms rooms;

    Acquaintances(Blocks blocks, Persons persons, StaffRooms rooms) {
        this.blocks = blocks;
        this.persons = persons;
        this.rooms = rooms;
    }

    // Who is that
    // -------------------------------------------------------------------------------------------------------

    void whois(Asking asking, String name) {
        persons.find(asking, name, person -> {
            User user = persons.here(person.author());
            asking.tell(
                    user != null
                            ? here(asking, user)
                            : new Whois(
                                    person.author(),
                                    person.role().name(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of(),
                                    List.of()));
        });
    }

    private Whois here(Asking asking, User user) {
        Instant since = Instant.MAX;
        Set<RoomName> theirs = new LinkedHashSet<>();
        Set<String> addresses = new LinkedHashSet<>();
        for (ServerSession session : user.sessions()) {
            since = session.since().isBefore(since) ? session.since() : since;
            theirs.addAll(rooms.shownTo(asking.session(), session));
            if (asking.role().allows(Capability.SEE_ADDRESSES)) {
                addresses.add(AddressBans.network(session.countedAddress()).toString());
            }
        }
        return new Whois(
                user.author(),
                user.serverRole(),
                Optional.of(user.presence()),
                Optional.of(since),
                theirs.stream().limit(TOLD).toList(),
                addresses.stream().limit(TOLD).toList());
    }

    // Blocks
    // -------------------------------------------------------------------------------------------------------

    void block(Asking asking, String name) {
        persons.find(asking, name, person -> {
            if (asking.is(person.author())) {
                asking.refuse(Refusal.BAD_REQUEST, "That is you.");
            } else if (blocks.isFull(asking.author().account())) {
                asking.refuse(Refusal.NOT_ALLOWED, "You have blocked " + Blocks.MOST + " people; unblock one first.");
            } else if (!blocks.hasPlace()) {
                asking.refuse(Refusal.BUSY, "The server keeps as many blocks as it may.");
            } else {
                blocks.block(asking.author(), person.author(), asking);
            }
        });
    }

    /** By the name that somebody had when they were blocked, or has now. */
    void unblock(Asking asking, String typed) {
        UserName name = persons.name(asking, typed);
        if (name == null) {
            return;
        }
        for (Author blocked : blocks.of(asking.author().account())) {
            if (blocked.name().key().equals(name.key())) {
                unblock(asking, blocked);
                return;
            }
        }
        persons.find(asking, typed, person -> unblock(asking, person.author()));
    }

    private void unblock(Asking asking, Author blocked) {
        if (!blocks.unblock(asking.author().account(), blocked.account(), asking)) {
            asking.refuse(Refusal.NO_SUCH_USER, "You have not blocked " + blocked + ".");
        }
    }

    void tellBlocked(Asking asking) {
        asking.tellPeople(blocks.of(asking.author().account()));
    }
}
