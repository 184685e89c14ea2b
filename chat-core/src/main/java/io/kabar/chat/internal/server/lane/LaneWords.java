package io.kabar.chat.internal.server.lane;

import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.SaidAs;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said on the lane of a room, from its Join on, and how each message is answered. What comes before the room is
 * entered waits for that, so that nothing said right behind a Join is lost.
 */
public final class LaneWords {

    /** What a message that waits costs beside what its client has written in it, in bytes. */
    private static final int OVERHEAD = 64;

    private static final long NOT_HEARING = -1;

    /** When to try again if the journal has more waiting than it may. */
    public static final long BUSY_NANOS = 100_000_000L;

    /** When to try again if the host program has not decided: time for it to come round. */
    public static final long UNDECIDED_NANOS = 1_000_000_000L;

    /** When to ask for a room again whose Join came behind one that came to nothing. */
    private static final long ASK_AGAIN_MILLIS = 100;

    private final EarlyWords held;
    private final int lane;
    private final ArrayDeque<ClientMessage> early = new ArrayDeque<>(0);
    /** The message that the host program is asked about; null if none is. */
    private ClientMessage.@Nullable Say asked;
    /** What was refused for good on this lane; null if nothing was. */
    private @Nullable LaneRefusals refused;
    /** The stay has ended, or never begins. */
    private boolean isOver;
    /** How often the messages of this lane were refused for a time; older attempts are void. */
    private long attempt;
    /**
     * The attempt at which what has waited began to be heard: that is not void because something behind it found no
     * room, only when one of it has to wait.
     */
    private long hearing = NOT_HEARING;
    /** Attempts before this one are void whatever has waited: something in front of it has to be said first. */
    private long voidBefore;

    public LaneWords(EarlyWords held, int lane) {
        this.held = held;
        this.lane = lane;
    }

    public int lane() {
        return lane;
    }

    /**
     * A message has come: tells whether it is to be looked at. If not, its client knows already that it has to send it
     * again.
     */
    public boolean takes(ClientMessage.Say message) {
        boolean isVoid = message.attempt() < voidBefore || (message.attempt() < attempt && hearing != attempt);
        attempt = Math.max(attempt, message.attempt());
        return !isVoid;
    }

    // While something is to be known first
    // -------------------------------------------------------------------------------------------------------

    /** The host program is asked about a message: what comes behind it waits. */
    public void asks(ClientMessage.Say message) {
        asked = message;
    }

    /** It has answered, or will not. */
    public void hasAnswer() {
        asked = null;
    }

    /** Whether it is asked, and has not answered. */
    public boolean isAsking() {
        return asked != null;
    }

    /** Whether something waits. */
    public boolean hasEarly() {
        return !early.isEmpty();
    }

    /** Keeps a message until its turn comes, or refuses it if too much waits already. */
    public void keep(ClientMessage.Say message) {
        if (!keepEarly(message)) {
            attempt++;
            refuse(message, attempt, new Objection(Refusal.BUSY), BUSY_NANOS, 0);
        }
    }

    /** Keeps a message until its turn comes; tells whether there was room for it. */
    public boolean keepEarly(ClientMessage message) {
        boolean fits = held.holdEarly(bytes(message), WireLimits.EARLY_LANES_HELD);
        if (fits) {
            early.add(message);
        }
        return fits;
    }

    private @Nullable ClientMessage takeEarly() {
        ClientMessage message = early.poll();
        if (message != null) {
            held.releaseEarly(bytes(message));
        }
        return message;
    }

    private static int bytes(ClientMessage message) {
        if (message instanceof ClientMessage.Say say) { // one of a kind that is not known has no text, but bytes
            return OVERHEAD + Math.max(say.content().size(), bytes(say.content().text()));
        } else if (message instanceof ClientMessage.Join join) {
            return OVERHEAD + bytes(join.target().name());
        }
        return OVERHEAD + (message instanceof ClientMessage.Leave leave ? bytes(leave.reason()) : 0);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The session is let in, or the host program has answered: what was said before is heard now, in order. */
    public void hearEarly() {
        List<ClientMessage> taken = new ArrayList<>(early.size());
        for (ClientMessage message = takeEarly(); message != null; message = takeEarly()) {
            taken.add(message);
        }
        hearing = attempt;
        taken.forEach(message -> held.session().hear(lane, message)); // one may leave, and another come in again
        hearing = NOT_HEARING;
    }

    /**
     * The room is not entered, or left before it was: what waits is never said, and a Join behind it is to be asked for
     * once more. Nothing is heard on this lane after it, and none of its refusals are asked for.
     */
    public void refuseEarly() {
        isOver = true;
        if (refused != null) {
            held.holdRefused(-refused.bytes());
            refused = null;
        }
        ServerSession session = held.session();
        ClientMessage.Say undecided = asked;
        if (undecided != null) {
            asked = null;
            session.say(new ServerMessage.Refused(
                    new ServerMessage.Subject.Message(lane, undecided.id()), Refusal.NOT_IN_ROOM, 0));
        }
        for (ClientMessage message = takeEarly(); message != null; message = takeEarly()) {
            if (message instanceof ClientMessage.Say say) {
                session.say(new ServerMessage.Refused(
                        new ServerMessage.Subject.Message(lane, say.id()), Refusal.NOT_IN_ROOM, 0));
            } else if (message instanceof ClientMessage.Leave leave) {
                session.say(new ServerMessage.RoomLeft(lane, true, leave.reason()));
            } else if (message instanceof ClientMessage.Join join) {
                session.say(new ServerMessage.Refused(
                        new ServerMessage.Subject.Room(lane, join.target().name()), Refusal.BUSY, ASK_AGAIN_MILLIS));
            }
        }
    }

    // Answers
    // -------------------------------------------------------------------------------------------------------

    /** Why a message will never be said, if its sender was told so on this lane; null otherwise. */
    @Nullable
    public Refusal refusalOf(MessageId id) {
        return refused == null ? null : refused.find(id);
    }

    /** A message will never be said, and neither will any other copy of it. */
    public void neverSaid(MessageId id, Refusal refusal) {
        if (isOver) {
            return; // nothing comes here any more
        }
        if (refused == null) {
            refused = new LaneRefusals();
        }
        int before = refused.bytes();
        refused.add(id, refusal);
        held.holdRefused(refused.bytes() - before);
    }

    /**
     * Refuses a message for good.
     *
     * @param firstKnown from which event on the server knows the messages in it: whoever has said something before and
     *     hears that it is out of order can tell by this whether it may be there all the same
     */
    public void refuseForGood(ClientMessage.Say message, Objection objection, long firstKnown) {
        neverSaid(message.id(), objection.refusal());
        repeat(message, objection, firstKnown);
    }

    /** Refuses another copy of a message that was refused for good. */
    public void repeat(ClientMessage.Say message, Objection objection, long firstKnown) {
        refuse(message, message.attempt(), objection, 0, objection.refusal() == Refusal.OUT_OF_ORDER ? firstKnown : 0);
    }

    /** Refuses for a time: from this message on, everything on the lane has to be sent again as the next attempt. */
    public void tryLater(ClientMessage.Say message, Objection objection, long waitNanos) {
        attempt = Math.max(attempt, message.attempt()) + 1;
        voidBefore = attempt;
        refuse(message, attempt, objection, waitNanos, 0);
    }

    /** Refuses a message. */
    public void refuse(
            ClientMessage.Say message, long newAttempt, Objection objection, long waitNanos, long firstKnown) {
        held.session()
                .say(new ServerMessage.Refused(
                        new ServerMessage.Subject.Message(lane, message.id(), firstKnown),
                        newAttempt,
                        objection.refusal().code(),
                        ServerLoop.ceilMillis(waitNanos),
                        objection.sentence(),
                        objection.obstacle()));
    }

    /** Tells the sender which number a message has, also one who has left the room meanwhile. */
    public void accepted(MessageId id, SaidAs said) {
        held.session().say(new ServerMessage.Accepted(lane, id, said.seq(), said.timeMillis()));
    }

    /** Tells the sender that a message could not be stored. */
    public void notStored(MessageId id, Refusal refusal) {
        neverSaid(id, refusal);
        held.session().say(new ServerMessage.Refused(new ServerMessage.Subject.Message(lane, id), refusal, 0));
    }
}
