package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.Sanction;
import io.kabar.chat.Whois;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.OrderAnswer;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.ServerRole;
import io.kabar.chat.rules.Switches;
import java.util.List;
import java.util.function.Function;

/** A request of a session. */
record Asking(ServerLoop loop, ServerSession session, long request) implements Acting {

    /** Entries of a list in one message: each may have a long reason. */
    private static final int PER_MESSAGE = 8;

    @Override
    public Author author() {
        return session.user().author();
    }

    @Override
    public ServerRole role() {
        return session.user().onServer();
    }

    @Override
    public boolean isWaiting() {
        return session.isActive();
    }

    @Override
    public void serve(Runnable step) {
        session.serve(step);
    }

    private void answer(OrderAnswer answer) {
        session.serve(() -> session.say(new ServerMessage.Reply(request, false, answer)));
    }

    @Override
    public void done() {
        answer(new OrderAnswer.Done());
    }

    @Override
    public void tell(Whois whois) {
        answer(new OrderAnswer.Whois(whois));
    }

    @Override
    public void tell(Switches switches) {
        answer(new OrderAnswer.Switched(switches));
    }

    @Override
    public void tellSanctions(List<Sanction> sanctions) {
        list(sanctions, OrderAnswer.Sanctions::new);
    }

    @Override
    public void tellPeople(List<Author> people) {
        list(people, OrderAnswer.People::new);
    }

    private <E> void list(List<E> all, Function<List<E>, OrderAnswer> some) {
        if (session.controlQueue().takesList()) {
            session.controlQueue().list(new Pieces<>(this, all, some), loop.now());
        } else {
            refuse(Refusal.BUSY, Refusal.BUSY.sentence());
        }
    }

    /** A list that is cut into messages. */
    private static final class Pieces<E> implements ServerControlQueue.Listing {
        private final Asking asking;
        private final List<E> all;
        private final Function<List<E>, OrderAnswer> some;
        private int told;

        Pieces(Asking asking, List<E> all, Function<List<E>, OrderAnswer> some) {
            this.asking = asking;
            this.all = all;
            this.some = some;
        }

        @Override
        public int taken() {
            return all.size();
        }

        @Override
        public boolean sayNext(ServerSession session) {
            int to = Math.min(all.size(), told + PER_MESSAGE);
            boolean more = to < all.size();
            session.say(new ServerMessage.Reply(asking.request(), more, some.apply(all.subList(told, to))));
            told = to;
            return more;
        }
    }

    @Override
    public void refuse(Refusal refusal, String sentence) {
        session.serve(() ->
                session.say(new ServerMessage.Refused(new ServerMessage.Subject.Request(request), refusal, sentence)));
    }

    /** Refuses by a rule of a room. */
    void refuse(Obstacle obstacle) {
        session.serve(
                () -> session.say(new ServerMessage.Refused(new ServerMessage.Subject.Request(request), obstacle)));
    }

    /** Refuses for a time. */
    void later(long waitNanos) {
        session.say(new ServerMessage.Refused(
                new ServerMessage.Subject.Request(request), Refusal.RATE_LIMITED, ServerLoop.ceilMillis(waitNanos)));
    }
}
