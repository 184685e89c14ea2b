package io.kabar.chat.internal.endpoint;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.room.SaidAs;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said in a room, from the lane it comes on to the journal and back to the one who said it. */
final class SayFlow {

    /** When to try again if the journal has more waiting than it may. */
    private static final long BUSY_NANOS = 100_000_000L;

    private final ServerCore core;
    private final JournalDesk journal;

    SayFlow(ServerCore core, JournalDesk journal) {
        this.core = core;
        this.journal = journal;
    }

    void say(ServerSession session, int lane, ClientMessage.Say message) {
        Attendance attendance = session.byLane.get(lane);
        if (attendance == null || attendance.cursor == null) {
            refuse(session, lane, message, 0, Refusal.NOT_IN_ROOM, 0);
            return;
        }
        if (message.attempt() < attendance.attempt) {
            return; // the client knows already, and will send it again
        }
        attendance.attempt = message.attempt();
        Refusal known = attendance.refusalOf(message.id());
        if (known != null) {
            refuse(session, lane, message, message.attempt(), known, 0);
            return;
        }
        if (answerKnown(attendance, message)) {
            return;
        }
        Objection objection =
                attendance.desk.isFull() ? new Objection(Refusal.NOT_ALLOWED, RoomDesk.FULL) : objection(message);
        if (objection != null) {
            attendance.refused(message.id(), objection.refusal());
            refuse(session, lane, message, message.attempt(), objection, 0);
            return;
        }
        if (attendance.desk.isOutOfOrder(session.name(), message.id())) {
            attendance.refused(message.id(), Refusal.OUT_OF_ORDER);
            refuse(session, lane, message, message.attempt(), Refusal.OUT_OF_ORDER, 0);
            return;
        }
        if (journal.isFull()) {
            tryLater(attendance, message, Refusal.BUSY, BUSY_NANOS);
            return;
        }
        long wait = rate(attendance, message);
        if (wait > 0) {
            tryLater(attendance, message, Refusal.RATE_LIMITED, wait);
        } else {
            journal.propose(attendance.desk, draft(attendance, message), message.id(), attendance);
        }
    }

    /** Something has a field out of range: it is refused, and so is every other copy of it. */
    void unfit(ServerSession session, ServerMessage.Refused answer) {
        Attendance attendance = session.byLane.get(answer.lane());
        if (attendance != null) {
            attendance.refused(answer.id(), ServerMessage.refusal(answer.code()));
        }
        session.say(answer, core.now);
    }

    /** Nanoseconds until this may be said; 0 for now, and then it is counted. */
    private long rate(Attendance attendance, ClientMessage.Say message) {
        ServerSession session = attendance.session;
        Rates rates = session.user().rates;
        Room room = attendance.desk.room;
        Set<Rates.Scarce> scarce = EnumSet.noneOf(Rates.Scarce.class);
        if (message.kind() == ClientMessage.Kind.TOPIC) {
            scarce.add(Rates.Scarce.TOPIC);
        }
        if (!room.isWorthKeeping() && attendance.desk.proposed() == 0) {
            scarce.add(room.name().isDirect() ? Rates.Scarce.NEW_TALK : Rates.Scarce.NEW_ROOM);
        }
        int bytes = message.text().getBytes(StandardCharsets.UTF_8).length;
        return rates.message(session.countedAddress, bytes, scarce, core.now);
    }

    /** A message sent a second time is one message: it is answered with what became of the first. */
    private boolean answerKnown(Attendance attendance, ClientMessage.Say message) {
        UserName from = attendance.session.name();
        Proposal proposal = attendance.desk.proposed(from, message.id());
        if (proposal != null) {
            proposal.senders.add(attendance);
            return true;
        }
        SaidAs said = attendance.desk.room.log().find(from, message.id());
        if (said == null) {
            return false;
        }
        accepted(attendance, message.id(), said);
        return true;
    }

    private @Nullable Objection objection(ClientMessage.Say message) {
        String text = message.text();
        if (message.id().equals(MessageId.NONE)) {
            return new Objection(Refusal.BAD_REQUEST);
        }
        if (message.kind() == ClientMessage.Kind.TOPIC) {
            int length = text.codePointCount(0, text.length());
            return length > Limits.LINE_CHARACTERS
                    ? tooLarge("topic", length, Limits.LINE_CHARACTERS, "characters")
                    : null;
        }
        if (text.isBlank()) {
            return new Objection(Refusal.BAD_REQUEST);
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

    private ChatEvent draft(Attendance attendance, ClientMessage.Say message) {
        RoomName room = attendance.desk.room.name();
        UserName from = attendance.session.name();
        Instant time = core.time();
        return message.kind() == ClientMessage.Kind.TOPIC
                ? new ChatEvent.Topic(room, 0, time, from, message.text())
                : new ChatEvent.Said(room, 0, time, from, message.text(), message.kind() == ClientMessage.Kind.ACTION);
    }

    /** Refuses for a time: from this message on, everything on the lane has to be sent again as the next attempt. */
    private void tryLater(Attendance attendance, ClientMessage.Say message, Refusal refusal, long waitNanos) {
        attendance.attempt = message.attempt() + 1;
        refuse(attendance.session, attendance.lane, message, attendance.attempt, refusal, waitNanos);
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
                        lane,
                        message.id(),
                        attempt,
                        objection.refusal().code(),
                        LoginFlow.ceilMillis(waitNanos),
                        objection.sentence()),
                core.now);
    }

    /** What speaks against a message, with a sentence that knows more than the refusal's own. */
    private record Objection(Refusal refusal, String sentence) {
        Objection(Refusal refusal) {
            this(refusal, refusal.sentence());
        }
    }

    /** Tells the sender which number a message has. */
    void accepted(Attendance sender, MessageId id, SaidAs said) {
        if (!sender.gone) {
            sender.session.say(new ServerMessage.Accepted(sender.lane, id, said.seq(), said.timeMillis()), core.now);
        }
    }

    /** Tells the sender that a message could not be stored. */
    void refused(Attendance sender, MessageId id, Refusal refusal) {
        if (!sender.gone) {
            sender.refused(id, refusal);
            sender.session.say(
                    new ServerMessage.Refused(sender.lane, id, 0, refusal.code(), 0, refusal.sentence()), core.now);
        }
    }
}
