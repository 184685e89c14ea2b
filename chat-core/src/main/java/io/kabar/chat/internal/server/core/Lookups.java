package io.kabar.chat.internal.server.core;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts that somebody wants to know of, and the account store is asked for. */
public final class Lookups {

    /** What becomes of a question. */
    public interface Found {

        /** The account; null if nobody has the name. */
        void is(@Nullable Account account);

        /** The account store could not answer. */
        void failed();
    }

    private final ServerLoop loop;
    private final Map<Long, Found> open = new HashMap<>();

    /** Nothing is asked yet. */
    public Lookups(ServerLoop loop) {
        this.loop = loop;
    }

    /** Asks whose a name is. */
    public void find(UserName name, Found then) {
        long callId = loop.nextId();
        open.put(callId, then);
        loop.tell(new ServerEvent.FindAccount(callId, name));
    }

    /** The account store has looked; tells whether it was asked here. */
    public boolean known(long callId, @Nullable Account account) {
        Found then = open.remove(callId);
        if (then != null) {
            then.is(account);
        }
        return then != null;
    }

    /** The account store could not answer; tells whether it was asked here. */
    public boolean failed(long callId) {
        Found then = open.remove(callId);
        if (then != null) {
            then.failed();
        }
        return then != null;
    }

    /** Questions that are open. */
    public int size() {
        return open.size();
    }
}
