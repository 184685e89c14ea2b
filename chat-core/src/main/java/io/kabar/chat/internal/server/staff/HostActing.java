package io.kabar.chat.internal.server.staff;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.Sanction;
import io.kabar.chat.Whois;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.rules.ServerRole;
import io.kabar.chat.rules.Switches;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of the host program, which may everything. */
record HostActing(ServerLoop loop, Author author, long callId) implements Acting {

    @Override
    public ServerRole role() {
        return ServerRole.OWNER;
    }

    @Override
    public boolean isWaiting() {
        return true;
    }

    @Override
    public void serve(Runnable step) {
        step.run();
    }

    private void answer(@Nullable Object value) {
        loop.tell(new ServerEvent.HostAnswer(callId, value));
    }

    @Override
    public void done() {
        answer(null);
    }

    @Override
    public void tell(Whois whois) {
        answer(whois);
    }

    @Override
    public void tell(Switches switches) {
        answer(switches);
    }

    @Override
    public void tellSanctions(List<Sanction> sanctions) {
        answer(List.copyOf(sanctions));
    }

    @Override
    public void tellPeople(List<Author> people) {
        answer(List.copyOf(people));
    }

    @Override
    public void refuse(Refusal refusal, String sentence) {
        loop.tell(new ServerEvent.HostRefusal(callId, refusal, sentence));
    }
}
