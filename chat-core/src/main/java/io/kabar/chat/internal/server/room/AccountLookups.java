package io.kabar.chat.internal.server.room;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.spi.Account;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Questions to the account store whether there is somebody, and what is to be done with the answers. */
final class AccountLookups {

    private record Lookup(Consumer<@Nullable Account> known, Runnable unknown) {}

    private final ServerLoop loop;
    /** By the ids of the calls. */
    private final Map<Long, Lookup> open = new HashMap<>();

    AccountLookups(ServerLoop loop) {
        this.loop = loop;
    }

    /**
     * Asks who owns a name.
     *
     * @param known takes the account, or null if nobody does
     * @param unknown runs if the store cannot answer
     */
    void find(UserName name, Consumer<@Nullable Account> known, Runnable unknown) {
        long callId = loop.nextId();
        open.put(callId, new Lookup(known, unknown));
        loop.tell(new ServerEvent.FindAccount(callId, name));
    }

    /** The store has answered; tells whether it was asked here. */
    boolean answered(long callId, @Nullable Account account) {
        Lookup lookup = open.remove(callId);
        if (lookup != null) {
            lookup.known().accept(account);
        }
        return lookup != null;
    }

    /** The store could not answer; tells whether it was asked here. */
    boolean failed(long callId) {
        Lookup lookup = open.remove(callId);
        if (lookup != null) {
            lookup.unknown().run();
        }
        return lookup != null;
    }

    int size() {
        return open.size();
    }
}
