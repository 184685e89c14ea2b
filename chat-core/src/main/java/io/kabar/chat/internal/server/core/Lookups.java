package io.kabar.chat.internal.server.core;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Questions to the account store whose a name is, and what is to be done with the answers. */
public final class Lookups {

    private record Lookup(Consumer<@Nullable Account> known, Runnable unknown) {}

    private final ServerLoop loop;
    /** By the ids of the calls. */
    private final Map<Long, Lookup> open = new HashMap<>();

    /** Nothing is asked yet. */
    public Lookups(ServerLoop loop) {
        this.loop = loop;
    }

    /**
     * Asks whose a name is.
     *
     * @param known takes the account, or null if nobody has the name
     * @param unknown runs if the store cannot answer
     */
    public void find(UserName name, Consumer<@Nullable Account> known, Runnable unknown) {
        loop.tell(new ServerEvent.FindAccount(begin(known, unknown), name));
    }

    /** Asks for the account of a number, as {@link #find(UserName, Consumer, Runnable)}. */
    public void find(long account, Consumer<@Nullable Account> known, Runnable unknown) {
        loop.tell(new ServerEvent.FindNumber(begin(known, unknown), account));
    }

    private long begin(Consumer<@Nullable Account> known, Runnable unknown) {
        long callId = loop.nextId();
        open.put(callId, new Lookup(known, unknown));
        return callId;
    }

    /** The account store has looked. */
    public void answered(long callId, @Nullable Account account) {
        Lookup lookup = open.remove(callId);
        if (lookup != null) {
            lookup.known().accept(account);
        }
    }

    /** The account store could not answer; tells whether it was asked here. */
    public boolean failed(long callId) {
        Lookup lookup = open.remove(callId);
        if (lookup != null) {
            lookup.unknown().run();
        }
        return lookup != null;
    }

    /** Questions that are open. */
    public int size() {
        return open.size();
    }
}
