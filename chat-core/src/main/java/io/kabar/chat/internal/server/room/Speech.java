package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.limits.Rates;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.SaidAs;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.spi.Journal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said in a room: here a message is refused, or goes on its way to the journal. */
final class Speech {

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;
    private final ProposedMessages proposed = new ProposedMessages();

    Speech(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        room = liveRoom.room();
    }

    /** How many messages are on their way to the journal. */
    int proposed() {
        return proposed.size();
    }

    /** The journal has answered a proposal. */
    void answered(ProposedEvent proposal) {
        proposed.remove(proposal);
    }

    /** An occupant says something: it is refused, or proposed to the journal. */
    void say(Occupant occupant, ClientMessage.Say message) {
        LaneWords words = occupant.words();
        Refusal known = words.refusalOf(message.id());
        if (known != null) {
            words.repeat(message, new Objection(known), room.log().firstInMemory());
            return;
        }
        if (answerKnown(occupant, message)) {
            return;
        }
        Objection objection = objection(occupant, message);
        if (objection != null) {
            words.refuseForGood(message, objection, room.log().firstInMemory());
            return;
        }
        if (rooms.journal().isFull()) {
            words.tryLater(message, Refusal.BUSY, LaneWords.BUSY_NANOS);
            return;
        }
        long wait = rate(occupant, message);
        if (wait > 0) {
            words.tryLater(message, Refusal.RATE_LIMITED, wait);
        } else {
            ProposedEvent proposal = new ProposedEvent(liveRoom, draft(occupant, message), occupant);
            proposed.add(proposal);
            rooms.journal().propose(proposal);
        }
    }

    /** A message sent a second time is one message: it is answered with what became of the first. */
    private boolean answerKnown(Occupant occupant, ClientMessage.Say message) {
        UserName from = occupant.session().name();
        ProposedEvent proposal = proposed.find(from, message.id());
        if (proposal != null) {
            proposal.sentBy(occupant);
            return true;
        }
        SaidAs said = room.log().find(from, message.id());
        if (said != null) {
            occupant.words().accepted(message.id(), said);
        }
        return said != null;
    }

    private @Nullable Objection objection(Occupant occupant, ClientMessage.Say message) {
        if (room.isFull()) {
            return Objection.FULL;
        }
        if (occupant.partnerGone()) {
            return new Objection(Refusal.NO_SUCH_USER);
        }
        if (message.ref() > room.log().last()) {
            return new Objection(Refusal.BAD_REQUEST, "There is no event #" + message.ref() + ".");
        }
        Objection objection = Objection.to(message, rooms.settings().maxMessageBytes());
        if (objection != null) {
            return objection;
        }
        UserName from = occupant.session().name();
        return room.log().isPast(from, message.id()) || proposed.isBehind(from, message.id())
                ? new Objection(Refusal.OUT_OF_ORDER)
                : null;
    }

    /** Nanoseconds until this may be said; 0 for now, and then it is counted. */
    private long rate(Occupant occupant, ClientMessage.Say message) {
        ServerSession session = occupant.session();
        Set<Rates.Scarce> scarce = EnumSet.noneOf(Rates.Scarce.class);
        if (message.content().kind() == Content.TOPIC) {
            scarce.add(Rates.Scarce.TOPIC);
        }
        if (!room.isWorthKeeping() && proposed.isEmpty()) {
            scarce.add(room.name().isDirect() ? Rates.Scarce.NEW_TALK : Rates.Scarce.NEW_ROOM);
        }
        int bytes = message.content().text().getBytes(StandardCharsets.UTF_8).length;
        return session.user()
                .rates()
                .message(session.countedAddress(), bytes, scarce, rooms.loop().now());
    }

    private Journal.Proposal draft(Occupant occupant, ClientMessage.Say message) {
        Author author = occupant.session().user().author();
        return rooms.journal().draft(room.name(), author, message.ref(), message.content(), message.id());
    }
}
