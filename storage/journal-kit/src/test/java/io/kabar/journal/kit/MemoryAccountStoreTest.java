package io.kabar.journal.kit;

import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.spi.AccountStore;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps nothing, and so is the same store in the next life. */
class MemoryAccountStoreTest extends AccountStoreContract {

    private @Nullable MemoryAccountStore store;

    @Override
    protected AccountStore store(InstantSource clock) {
        if (store == null) {
            store = new MemoryAccountStore(clock);
        }
        return store;
    }
}
