package io.kabar.chat.internal.server;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.Sentences;
import io.kabar.chat.internal.server.log.SaidAs;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.internal.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said in a room, from the lane it comes on to the journal and back to the one who said it. */
final class SayFlow {

    /** When to try again if the journal has more waiting than it may. */
    private static final long BUSY_NANOS = 100_000_000L;

    /** Kinds of events that members say; whatever else happens in a room, the server writes. */
    private static final Set<Integer> SAYABLE = Set.of(Content.SAID, Content.TOPIC);

    private final ServerCore core;
    private final JournalRequests journal;

    SayFlow(ServerCore core, JournalRequests journal) {
        this.core = core;
        this.journal = journal;
    }

    void say(ServerSession session, int lane, ClientMessage.Say message) {
        LaneWords words = session.words(lane);
        if (words == null) {
            refuse(session, lane, message, 0, Refusal.NOT_IN_ROOM, 0);
            return;
        }
        if (words.isVoid(message)) {
            return; // the client knows already, and will send it again
        }
        words.attempt = Math.max(words.attempt, message.attempt());
        Occupant occupant = session.byLane.get(lane);
        if (occupant != null && occupant.cursor != null) {
            speak(occupant, message);
        } else if (!words.keep(message, WireLimits.EARLY_LANES_HELD)) {
            words.attempt++;
            refuse(session, lane, message, words.attempt, Refusal.BUSY, BUSY_NANOS);
        }
    }

    private void speak(Occupant occupant, ClientMessage.Say message) {
        ServerSession session = occupant.session;
        int lane = occupant.lane;
        LaneWords words = occupant.words;
        Refusal known = words.refusalOf(message.id());
        if (known != null) {
            refuse(session, lane, message, message.attempt(), known, 0);
            return;
        }
        if (answerKnown(occupant, message)) {
            return;
        }
        Objection objection = objection(occupant, message);
        if (objection != null) {
            words.refused(message.id(), objection.refusal());
            refuse(session, lane, message, message.attempt(), objection, 0);
            return;
        }
        if (occupant.liveRoom.isOutOfOrder(session.name(), message.id())) {
            words.refused(message.id(), Refusal.OUT_OF_ORDER);
            refuse(session, lane, message, message.attempt(), Refusal.OUT_OF_ORDER, 0);
            return;
        }
        if (journal.isFull()) {
            tryLater(occupant, message, Refusal.BUSY, BUSY_NANOS);
            return;
        }
        long wait = rate(occupant, message);
        if (wait > 0) {
            tryLater(occupant, message, Refusal.RATE_LIMITED, wait);
        } else {
            journal.propose(occupant.liveRoom, draft(occupant, message), message.id(), occupant);
        }
    }

    /** Something has a field out of range: it is refused, and so is every other copy of it. */
    void unfit(ServerSession session, ServerMessage.Refused answer, ServerMessage.Subject.Message said) {
        LaneWords words = session.words(said.lane());
        if (words != null) {
            words.refused(said.id(), answer.refusal());
        }
        session.say(answer, core.now);
    }

    /** Nanoseconds until this may be said; 0 for now, and then it is counted. */
    private long rate(Occupant occupant, ClientMessage.Say message) {
        ServerSession session = occupant.session;
        Rates rates = session.user().rates;
        Room room = occupant.liveRoom.room;
        Set<Rates.Scarce> scarce = EnumSet.noneOf(Rates.Scarce.class);
        if (message.content().kind() == Content.TOPIC) {
            scarce.add(Rates.Scarce.TOPIC);
        }
        if (!room.isWorthKeeping() && occupant.liveRoom.proposed() == 0) {
            scarce.add(room.name().isDirect() ? Rates.Scarce.NEW_TALK : Rates.Scarce.NEW_ROOM);
        }
        int bytes = message.content().text().getBytes(StandardCharsets.UTF_8).length;
        return rates.message(session.countedAddress, bytes, scarce, core.now);
    }

    /** A message sent a second time is one message: it is answered with what became of the first. */
    private boolean answerKnown(Occupant occupant, ClientMessage.Say message) {
        UserName from = occupant.session.name();
        Proposal proposal = occupant.liveRoom.proposed(from, message.id());
        if (proposal != null) {
            proposal.senders.add(occupant);
            return true;
        }
        SaidAs said = occupant.liveRoom.room.log().find(from, message.id());
        if (said == null) {
            return false;
        }
        accepted(occupant, message.id(), said);
        return true;
    }

    private @Nullable Objection objection(Occupant occupant, ClientMessage.Say message) {
        String text = message.content().text();
        if (occupant.liveRoom.isFull()) {
            return new Objection(Refusal.NOT_ALLOWED, LiveRoom.FULL);
        }
        if (occupant.partnerGone) {
            return new Objection(Refusal.NO_SUCH_USER);
        }
        if (message.id().equals(MessageId.NONE)) {
            return new Objection(Refusal.BAD_REQUEST);
        }
        if (!SAYABLE.contains(message.content().kind())) {
            return new Objection(
                    Refusal.UNSUPPORTED,
                    "Events of kind " + message.content().kind() + " are not for members of a room to say.");
        }
        if (message.ref() > occupant.liveRoom.room.log().last()) {
            return new Objection(Refusal.BAD_REQUEST, "There is no event #" + message.ref() + ".");
        }
        if (message.content().kind() == Content.TOPIC) {
            int length = text.codePointCount(0, text.length());
            return length > Limits.LINE_CHARACTERS
                    ? tooLarge("topic", length, Limits.LINE_CHARACTERS, "characters")
                    : null;
        }
        if (Limits.isInvisible(text)) {
            return new Objection(Refusal.BAD_REQUEST, Sentences.nothingToSee(text));
        }
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        int most = core.settings.maxMessageBytes();
        return length > most ? tooLarge("message", length, most, "bytes") : null;
    }

    private static Objection tooLarge(String what, int length, int most, String unit) {
        return new Objection(
                Refusal.TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "The %s is %,d %s long; this server accepts at most %,d.",
                        what,
                        length,
                        unit,
                        most));
    }

    private ChatEvent draft(Occupant occupant, ClientMessage.Say message) {
        Author author = Author.of(occupant.session.name());
        return core.draft(occupant.liveRoom.room.name(), author, message.ref(), message.content());
    }

    /** Refuses for a time: from this message on, everything on the lane has to be sent again as the next attempt. */
    private void tryLater(Occupant occupant, ClientMessage.Say message, Refusal refusal, long waitNanos) {
        LaneWords words = occupant.words;
        words.attempt = Math.max(words.attempt, message.attempt()) + 1;
        refuse(occupant.session, occupant.lane, message, words.attempt, refusal, waitNanos);
    }

    private void refuse(
            ServerSession session, int lane, ClientMessage.Say message, long attempt, Refusal refusal, long waitNanos) {
        refuse(session, lane, message, attempt, new Objection(refusal), waitNanos);
    }

    private void refuse(
            ServerSession session,
            int lane,
            ClientMessage.Say message,
            long attempt,
            Objection objection,
            long waitNanos) {
        session.say(
                new ServerMessage.Refused(
                        new ServerMessage.Subject.Message(
                                lane,
                                message.id(),
                                objection.refusal() == Refusal.OUT_OF_ORDER ? firstKnown(session, lane) : 0),
                        attempt,
                        objection.refusal().code(),
                        LoginFlow.ceilMillis(waitNanos),
                        objection.sentence()),
                core.now);
    }

    /**
     * Who has said something before and hears that it is out of order can tell by this whether it may be there all the
     * same.
     */
    private static long firstKnown(ServerSession session, int lane) {
        Occupant occupant = session.byLane.get(lane);
        return occupant == null ? 0 : occupant.liveRoom.room.log().firstInMemory();
    }

    /** What speaks against a message, with a sentence that knows more than the refusal's own. */
    private record Objection(Refusal refusal, String sentence) {
        Objection(Refusal refusal) {
            this(refusal, refusal.sentence());
        }
    }

    /** Tells the sender which number a message has, also one who has left the room meanwhile. */
    void accepted(Occupant sender, MessageId id, SaidAs said) {
        sender.session.say(new ServerMessage.Accepted(sender.lane, id, said.seq(), said.timeMillis()), core.now);
    }

    /** Tells the sender that a message could not be stored. */
    void refused(Occupant sender, MessageId id, Refusal refusal) {
        sender.words.refused(id, refusal);
        sender.session.say(
                new ServerMessage.Refused(new ServerMessage.Subject.Message(sender.lane, id), refusal, 0), core.now);
    }
}
