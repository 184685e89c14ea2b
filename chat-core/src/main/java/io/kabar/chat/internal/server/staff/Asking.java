package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.Sanction;
import io.kabar.chat.Whois;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.OrderAnswer;
import io.kabar.chat.rules.ServerRole;
import io.kabar.chat.rules.Switches;
import java.util.List;
import java.util.function.Function;

/** A request of a session. */
record Asking(Request request) implements Acting {

    /** Entries of a list in one message: each may have a long reason. */
    private static final int PER_MESSAGE = 8;

    @Override
    public Author author() {
        return session().user().author();
    }

    @Override
    public ServerRole role() {
        return session().user().onServer();
    }

    @Override
    public boolean isWaiting() {
        return session().isActive();
    }

    @Override
    public void serve(Runnable step) {
        session().serve(step);
    }

    ServerSession session() {
        return request.session();
    }

    @Override
    public void done() {
        request.reply(new OrderAnswer.Done());
    }

    @Override
    public void tell(Whois whois) {
        request.reply(new OrderAnswer.Whois(whois));
    }

    @Override
    public void tell(Switches switches) {
        request.reply(new OrderAnswer.Switched(switches));
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
        if (session().controlQueue().takesList()) {
            request.reply(PER_MESSAGE, () -> all, some);
        } else {
            request.refuse(Refusal.BUSY);
        }
    }

    @Override
    public void refuse(Refusal refusal, String sentence) {
        request.refuse(refusal, sentence);
    }
}
