package io.kabar.chat.internal.server;

import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.session.LaneRefusals;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said on the lane of a room, from its Join on. What comes before the room is entered waits for that, so that
 * nothing said right behind a Join is lost.
 */
final class LaneWords {

    /** What a message that waits costs beside its text, in bytes. */
    private static final int OVERHEAD = 64;

    private static final long NOT_TAKING = -1;
    /** When to ask for a room again whose Join came behind one that came to nothing. */
    private static final long ASK_AGAIN_MILLIS = 100;

    private final ServerSession session;
    final int lane;
    private final ArrayDeque<ClientMessage> early = new ArrayDeque<>(0);
    /** What was refused for good on this lane; null if nothing was. */
    private @Nullable LaneRefusals refused;
    /** How often the messages of this lane were refused for a time; older attempts are void. */
    long attempt;

    /** The attempt at which it was begun to take what has waited. */
    private long taking = NOT_TAKING;

    LaneWords(ServerSession session, int lane) {
        this.session = session;
        this.lane = lane;
    }

    /** The room is entered: what has waited is taken now, in order. */
    void takeAll() {
        List<ClientMessage> taken = new ArrayList<>(early.size());
        for (ClientMessage message = takeEarly(); message != null; message = takeEarly()) {
            taken.add(message);
        }
        taking = attempt;
        taken.forEach(message -> session.hear(lane, message)); // one of them may leave, and another come in again
        taking = NOT_TAKING;
    }

    /**
     * Whether a message was said before its sender knew that the lane is to be said again, under a higher attempt. What
     * had waited before that was refused, which did not find room, is not.
     */
    boolean isVoid(ClientMessage.Say message) {
        return message.attempt() < attempt && taking != attempt;
    }

    /** Whether something waits. */
    boolean hasEarly() {
        return !early.isEmpty();
    }

    /** Keeps a message until the room is entered; tells whether there was room for it. */
    boolean keep(ClientMessage message, int mostBytes) {
        int bytes = bytes(message);
        if (session.earlyBytes + bytes > mostBytes) {
            return false;
        }
        session.earlyBytes += bytes;
        early.add(message);
        return true;
    }

    /** The next message that has waited; null if there is none. */
    @Nullable
    ClientMessage takeEarly() {
        ClientMessage message = early.poll();
        session.earlyBytes -= message == null ? 0 : bytes(message);
        return message;
    }

    private static int bytes(ClientMessage message) {
        String text = message instanceof ClientMessage.Say say
                ? say.content().text()
                : message instanceof ClientMessage.Leave leave ? leave.reason() : "";
        return OVERHEAD + text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * The room is not entered, or left before it was: what waits is never said, and a Join behind it is to be asked for
     * once more.
     */
    void refuseEarly(long now) {
        for (ClientMessage message = takeEarly(); message != null; message = takeEarly()) {
            if (message instanceof ClientMessage.Say say) {
                session.say(
                        new ServerMessage.Refused(
                                new ServerMessage.Subject.Message(lane, say.id()), Refusal.NOT_IN_ROOM, 0),
                        now);
            } else if (message instanceof ClientMessage.Leave leave) {
                session.say(new ServerMessage.RoomLeft(lane, true, leave.reason()), now);
            } else if (message instanceof ClientMessage.Join join) {
                session.say(
                        new ServerMessage.Refused(
                                new ServerMessage.Subject.Room(
                                        lane, join.target().name()),
                                Refusal.BUSY,
                                ASK_AGAIN_MILLIS),
                        now);
            }
        }
    }

    /** The sender is told that a message will never be said. */
    void refused(MessageId id, Refusal refusal) {
        if (refused == null) {
            refused = new LaneRefusals();
        }
        refused.add(id, refusal);
    }

    /** Why a message will never be said, if its sender was told so on this lane; null otherwise. */
    @Nullable
    Refusal refusalOf(MessageId id) {
        return refused == null ? null : refused.find(id);
    }
}
