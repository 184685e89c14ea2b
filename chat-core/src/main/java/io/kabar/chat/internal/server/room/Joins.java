package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.ChatException;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Lookups;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.server.lane.LaneWords;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.order.Denial;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Authorizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins, from what a client says to the room that it enters. Where it means a conversation with somebody who is not
 * here, the account store is asked first whether there is such a person.
 */
final class Joins {

    private final LiveRooms liveRooms;
    private final Targets targets;
    private final Lookups lookups;

    Joins(LiveRooms liveRooms, Targets targets, Lookups lookups) {
        this.lookups = lookups;
        this.liveRooms = liveRooms;
        this.targets = targets;
    }

    /** A client wants to enter a room on this lane, or asks how the one is that it is in. */
    void join(SessionRooms rooms, int lane, ClientMessage.Join message) {
        Author self = rooms.session().user().author();
        LaneWords before = rooms.words(lane);
        Occupant present = rooms.present(lane);
        if (before != null && (present == null || before.isAsking())) {
            if (!before.keepEarly(message)) {
                rooms.refuse(lane, message.target().name(), new Objection(Refusal.BUSY), ServerControlQueue.FULL_WAIT);
            }
            return; // its turn comes when it is known what becomes of what was said before it
        }
        String asked;
        RoomName name;
        try {
            asked = asked(message.target());
            name = targets.find(asked, self);
        } catch (ChatException e) {
            rooms.refuse(lane, message.target().name(), new Objection(e), 0);
            return;
        }
        if (present != null && present.room().name().equals(name)) {
            tellAgain(present);
            return;
        }
        Refusal refusal = rooms.objection(lane, name);
        JoinHistory history = history(message);
        if (refusal != null || history == null) {
            rooms.refuse(lane, name.text(), new Objection(refusal == null ? Refusal.BAD_REQUEST : refusal), 0);
            return;
        }
        long wait = rooms.takeRequest();
        if (wait > 0) {
            rooms.refuse(lane, name.text(), new Objection(Refusal.RATE_LIMITED), wait);
            return;
        }
        rooms.session().connection().nameLane(lane);
        Arrival arrival = new Arrival(rooms, message, history, RoomName.of(asked), new LaneWords(rooms.early(), lane));
        if (!name.isDirect()) {
            arrive(new Way(arrival, name, null));
            return;
        }
        Author partner = targets.partnerHere(name, self);
        if (partner == null) {
            lookUp(arrival, name);
        } else {
            arrive(new Way(arrival, name, partner.name()));
        }
    }

    /**
     * Where a Join leads.
     *
     * @param name what the server calls the room
     * @param partner how the other one of a conversation is called; null in other rooms, and if there is nobody
     */
    private record Way(
            Arrival arrival, RoomName name, @Nullable UserName partner) {

        SessionRooms rooms() {
            return arrival.rooms();
        }
    }

    private void arrive(Way way) {
        if (liveRooms.questions().authorizes()) {
            ask(way);
        } else {
            enter(way);
        }
    }

    // What the host program decides
    // -------------------------------------------------------------------------------------------------------

    private void ask(Way way) {
        way.rooms().arrives(way.arrival());
        Authorizer.Person person = way.rooms().session().person();
        liveRooms
                .questions()
                .ask(
                        id -> new ServerEvent.MayEnter(id, person, way.name()),
                        verdict -> way.rooms().session().serve(() -> judged(way, verdict)));
    }

    /** The host program has answered. What the name means may be another room by now. */
    private void judged(Way way, Verdict verdict) {
        Arrival arrival = way.arrival();
        if (!arrival.isWaiting()) {
            return; // it has left again, or is over
        }
        if (verdict instanceof Verdict.Refused refused) {
            refuse(arrival, way.name().text(), new Objection(Refusal.NOT_ALLOWED, refused.sentence()), 0);
        } else if (!(verdict instanceof Verdict.Allowed) || !isMeant(way)) {
            refuse(arrival, way.name().text(), new Objection(Refusal.BUSY), ServerControlQueue.FULL_WAIT);
        } else if (way.rooms().occupant(way.name()) != null) {
            refuse(arrival, way.name(), Refusal.BAD_REQUEST); // it was entered meanwhile, on another lane
        } else {
            way.rooms().arrived(arrival);
            enter(way);
        }
    }

    private boolean isMeant(Way way) {
        if (way.name().isDirect()) {
            return true;
        }
        try {
            Author self = way.rooms().session().user().author();
            return targets.find(way.arrival().asked().text(), self).equals(way.name());
        } catch (ChatException e) {
            return false;
        }
    }

    /** What is to be entered, as typed for a room. */
    private static String asked(ClientMessage.Target target) throws ChatException {
        if (target.kind() == ClientMessage.TargetKind.ROOM) {
            return target.name();
        }
        try {
            return RoomName.with(UserName.of(target.name())).text();
        } catch (IllegalArgumentException e) {
            throw ChatException.of(Refusal.BAD_NAME, String.valueOf(e.getMessage()), null);
        }
    }

    /** Where the client wants to begin; null if there is no such place. */
    private static @Nullable JoinHistory history(ClientMessage.Join message) {
        try {
            return new JoinHistory(
                    message.kind(), message.amount(), new LogPosition(message.epoch(), message.number()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void enter(Way way) {
        Arrival arrival = way.arrival();
        RoomName name = way.name();
        if (liveRooms.find(name) == null) {
            liveRooms.order().forgetRoom(name); // what closed its door was another room's, which is gone
        }
        Denial denial = denial(way.rooms().session(), name);
        if (denial != null) {
            refuseEarly(arrival, name, new Objection(denial), denial.waitNanos());
            return;
        }
        LiveRoom liveRoom = liveRooms.findOrMake(name);
        if (liveRoom == null) {
            refuseEarly(arrival, name, new Objection(Refusal.BUSY), 0);
            return;
        }
        way.rooms().enter(new Occupant(arrival, liveRoom, way.partner()));
    }

    private static void refuseEarly(Arrival arrival, RoomName name, Objection objection, long waitNanos) {
        arrival.rooms().refuse(arrival.lane(), name.text(), objection, waitNanos);
        arrival.words().refuseEarly();
    }

    /** What the order of the whole server has against somebody's entering a room; null if nothing. */
    private @Nullable Denial denial(ServerSession session, RoomName name) {
        Order order = liveRooms.order();
        User user = session.user();
        if (name.isDirect()) {
            long account = user.author().account();
            return order.toTalking(account, name.partnerOf(account));
        } else if (name.equals(RoomName.STAFF)) {
            return user.may(Capability.READ_STAFF_LOG) ? null : order.toStaffRoom();
        }
        Room room = liveRooms.find(name);
        boolean isNew = room == null || (room.log().last() == 0 && room.isDeserted());
        Denial denial = isNew && !name.equals(RoomName.LOBBY) ? order.toFounding(user.onServer()) : null;
        if (denial != null || isAtHome(room, user)) {
            return denial;
        }
        return order.toEntering(name, user.author().account(), session.countedAddress(), user.isNewcomer());
    }

    /** Whether somebody belongs to a room, or is there already with another device. */
    private static boolean isAtHome(@Nullable Room room, User user) {
        return user.may(Capability.MODERATE_ROOMS)
                || (room != null
                        && (room.fold().rules().role(user.author().account()) != RoomRole.GUEST
                                || room.roster().member(user.name()) != null));
    }

    /** A session that is in a room asks how it is now: some of its log was gone before the session had read it. */
    private static void tellAgain(Occupant present) {
        SessionRooms rooms = present.rooms();
        boolean takesList = rooms.session().controlQueue().takesList();
        long wait = takesList ? rooms.takeRequest() : ServerControlQueue.FULL_WAIT;
        if (wait == 0) {
            present.liveRoom().admit(present, present.live());
        } else {
            Refusal refusal = takesList ? Refusal.RATE_LIMITED : Refusal.BUSY;
            rooms.refuse(present.lane(), present.room().name().text(), new Objection(refusal), wait);
        }
    }

    // Conversations with somebody who may not be
    // -------------------------------------------------------------------------------------------------------

    private void lookUp(Arrival arrival, RoomName name) {
        arrival.rooms().arrives(arrival);
        Consumer<@Nullable Account> known = account -> ifWaiting(arrival, () -> known(arrival, name, account));
        Runnable unknown = () -> ifWaiting(arrival, () -> refuse(arrival, arrival.asked(), Refusal.STORAGE));
        UserName person = name.person().orElse(null);
        if (person == null) {
            long self = arrival.rooms().session().user().author().account();
            lookups.find(name.partnerOf(self), known, unknown);
        } else {
            lookups.find(person, known, unknown);
        }
    }

    private static void ifWaiting(Arrival arrival, Runnable action) {
        if (arrival.isWaiting()) {
            arrival.rooms().session().serve(action);
        }
    }

    /** With somebody who is not any more one can read what was said, and say nothing. */
    private void known(Arrival arrival, RoomName asked, @Nullable Account account) {
        SessionRooms rooms = arrival.rooms();
        RoomName name = asked;
        try {
            if (account != null) {
                name = Targets.conversation(
                        account.author(), rooms.session().user().author());
            }
        } catch (ChatException e) {
            refuse(arrival, arrival.message().target().name(), new Objection(e), 0);
            return;
        }
        Room room = liveRooms.find(name);
        if (account == null && (room == null || room.log().last() == 0)) {
            refuse(arrival, name, Refusal.NO_SUCH_USER);
        } else if (rooms.occupant(name) != null) {
            refuse(arrival, name, Refusal.BAD_REQUEST); // it is in there, perhaps by another name
        } else {
            rooms.arrived(arrival);
            arrive(new Way(arrival, name, account == null ? null : account.name()));
        }
    }

    private static void refuse(Arrival arrival, RoomName name, Refusal refusal) {
        refuse(arrival, name.text(), new Objection(refusal), 0);
    }

    /** Refuses a Join, and then what has come behind it: answers come in the order of what they answer. */
    private static void refuse(Arrival arrival, String target, Objection objection, long waitNanos) {
        arrival.rooms().refuse(arrival.lane(), target, objection, waitNanos);
        arrival.rooms().giveUp(arrival);
    }

    /** An account is another one, or gone: then nothing more is said in conversations with it. */
    void accountChanged(UserName name) {
        for (Occupant occupant : liveRooms.talkingWith(name)) {
            lookups.find(
                    occupant.room().name().partnerOf(occupant.account()),
                    account -> {
                        if (account == null) {
                            occupant.partnerIsGone();
                        }
                    },
                    () -> {});
        }
    }
}
