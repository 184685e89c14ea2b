package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.Content;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.rules.RoomRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sessions on their way into a room: each is let in once the room is loaded, and its user's join is in the log. */
final class Entering {

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;
    /** Sessions that wait for their user's join to be committed, by the user's name. */
    private final Map<String, List<Occupant>> joining = new HashMap<>();

    Entering(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        room = liveRoom.room();
    }

    /** How many users wait for their join to be committed. */
    int joining() {
        return joining.size();
    }

    /** A session wants to enter. */
    void enter(Occupant occupant) {
        ServerSession session = occupant.session();
        liveRoom.loadFor(
                occupant,
                () -> session.serve(() -> loaded(occupant)),
                () -> session.serve(() -> refuse(occupant, Refusal.STORAGE)));
    }

    private void refuse(Occupant occupant, Refusal refusal) {
        if (!occupant.isGone()) {
            liveRoom.leaving().refuse(occupant, new Objection(refusal));
            rooms.releaseIfEmpty(liveRoom);
        }
    }

    private void loaded(Occupant occupant) {
        if (occupant.isGone()) {
            return;
        }
        Author author = occupant.session().user().author();
        Objection objection = liveRoom.order().toEntering(occupant);
        if (objection != null) {
            liveRoom.leaving().refuse(occupant, objection);
            return;
        }
        UserName name = occupant.session().name();
        RoomRole role = room.role(author, occupant.session().user().everywhere());
        liveRoom.quiet().enters(name);
        if (!liveRoom.announces()) {
            room.roster().enterSilently(name, role);
            liveRoom.news().counted();
            letInNow(occupant);
            return;
        }
        Member before = room.roster().member(name);
        boolean isNew = room.roster().enter(name, role);
        occupant.joins();
        if (before != null && before.role() != role) {
            liveRoom.news().tellAll(name);
        }
        if (!isNew && room.roster().isPresent(name)) {
            letInNow(occupant);
            return;
        }
        joining.computeIfAbsent(name.text(), key -> new ArrayList<>()).add(occupant);
        if (isNew) {
            occupant.session()
                    .user()
                    .rates()
                    .moved(occupant.session().countedAddress(), rooms.loop().now());
            liveRoom.propose(author, new Content.Joined(founds(author)));
        }
    }

    private void letInNow(Occupant occupant) {
        liveRoom.letIn(occupant, room.log().last() + 1);
    }

    /**
     * Whether it is a new room that somebody enters, which is theirs then; not if the server is about to speak there.
     */
    private boolean founds(Author author) {
        return author.account() != 0
                && room.fold().isNew()
                && room.roster().places() == 1
                && liveRoom.proposed() == 0
                && !room.name().equals(RoomName.LOBBY)
                && !room.name().equals(RoomName.STAFF);
    }

    /** A join is committed: those who waited for it are let in. */
    void joined(UserName name, long sequence) {
        for (Occupant occupant : take(name)) {
            if (!occupant.isGone()) {
                occupant.session().serve(() -> liveRoom.letIn(occupant, sequence));
            }
        }
    }

    /** A join could not be stored: those who waited for it are not let in, unless another one is on its way. */
    void notStored(UserName name, Refusal refusal) {
        boolean refused = room.roster().joinRefused(name);
        for (Occupant occupant : refused ? take(name) : List.<Occupant>of()) {
            if (!occupant.isGone()) {
                occupant.session().serve(() -> liveRoom.leaving().refuse(occupant, new Objection(refusal)));
            }
        }
    }

    private List<Occupant> take(UserName name) {
        List<Occupant> waiting = joining.remove(name.text());
        return waiting == null ? List.of() : waiting;
    }

    /** A session does not wait any more. */
    void giveUp(Occupant occupant) {
        if (room.awaited() > 0) {
            room.stopWaiting(occupant);
            if (room.awaited() == 0) { // whoever waited for the room to be loaded takes the wish along
                rooms.journal().dropLoad(room);
            }
        }
        String name = occupant.session().name().text();
        joining.computeIfPresent(name, (key, all) -> all.remove(occupant) && all.isEmpty() ? null : all);
    }
}
