package io.kabar.chat.internal.server.session;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Obstacle;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that a session asks and waits for: it is answered, in one piece or in several, or it is refused. Both may
 * happen later, in the turn of somebody else: a defect that is met then is the session's own.
 *
 * @param session who asks
 * @param number which of its requests this is
 */
public record Request(ServerSession session, long number) {

    /**
     * Counts it among those of its user, and refuses it for a time if they are too many.
     *
     * @return whether it is to be answered
     */
    public boolean admit() {
        long wait = session.takeRequest();
        if (wait > 0) {
            later(Refusal.RATE_LIMITED, wait);
        }
        return wait == 0;
    }

    /** The same of a request that a list answers, of which not too many may wait. */
    public boolean admitList() {
        if (session.controlQueue().takesList()) {
            return admit();
        }
        later(Refusal.BUSY, ServerControlQueue.FULL_WAIT);
        return false;
    }

    /** The whole answer. */
    public void reply(Answer answer) {
        reply(answer, false);
    }

    /** A piece of the answer, and whether there is more of it. */
    public void reply(Answer answer, boolean more) {
        session.serve(() -> session.say(new ServerMessage.Reply(number, more, answer)));
    }

    /**
     * Answers with a list, in messages of so many entries. It is taken when its turn has come, so that one that waits
     * costs next to nothing.
     *
     * @param taken gives the list, once
     * @param words what is said of some of its entries; the list is taken by then
     */
    public <E> void reply(int perMessage, Supplier<List<E>> taken, Function<List<E>, ? extends Answer> words) {
        session.controlQueue().list(new Pieces<>(this, perMessage, taken, words));
    }

    /** Refuses it for good. */
    public void refuse(Refusal refusal) {
        refuse(refusal, refusal.sentence());
    }

    /** The same with a sentence that knows more than the refusal's own. */
    public void refuse(Refusal refusal, String sentence) {
        refuse(refusal, 0, sentence, null);
    }

    /** Refuses it by a rule of a room. */
    public void refuse(Obstacle obstacle) {
        refuse(Refusal.NOT_ALLOWED, obstacle.sentence(), obstacle);
    }

    /** Refuses it for good, by a rule of a room if there is one. */
    public void refuse(Refusal refusal, String sentence, @Nullable Obstacle obstacle) {
        refuse(refusal, 0, sentence, obstacle);
    }

    /** Refuses it until then. */
    public void later(Refusal refusal, long waitNanos) {
        refuse(refusal, waitNanos, refusal.sentence(), null);
    }

    private void refuse(Refusal refusal, long waitNanos, String sentence, @Nullable Obstacle obstacle) {
        ServerMessage.Subject subject = new ServerMessage.Subject.Request(number);
        session.serve(() -> session.say(new ServerMessage.Refused(
                subject, 0, refusal.code(), ServerLoop.ceilMillis(waitNanos), sentence, obstacle)));
    }
}
