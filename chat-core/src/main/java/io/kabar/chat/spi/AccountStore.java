package io.kabar.chat.spi;

import io.kabar.chat.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Who has which name. Names are unique by {@link UserName#key()}; {@link NameIndex} does what has to be done.
 *
 * <p><b>Threads.</b> Called from the server's worker threads, several at a time; calls may block.
 */
public interface AccountStore extends AutoCloseable {

    /**
     * Tells the store whom to tell of changes. Called once, before the server serves; a store that nobody but the
     * server changes has nothing to tell.
     */
    default void open(Changes changes) {}

    /** For how long a name is held for an account that has another one now. */
    Duration NAME_HELD = Duration.ofDays(30);

    /**
     * Names before its present one that are held for an account at a time; it gets no other name while there are so
     * many.
     */
    int NAMES_HELD = 4;

    /**
     * The account of exactly this name, or else the account of its key, or the one for which it is held since it has
     * another; empty also for a name that is held for nobody. The name is as somebody typed it, and perhaps none that
     * anybody may have.
     */
    Optional<Account> find(UserName name);

    /** The account of this number. */
    Optional<Account> find(long id);

    /**
     * Stores a new account under the next number; durable when it returns.
     *
     * @return the account with its {@link Account#id()}; empty if the name is owned already, looks like one that is, or
     *     is held for nobody: nothing is changed then
     * @throws java.io.UncheckedIOException if it cannot be stored; the login is refused
     */
    Optional<Account> register(Account account);

    /**
     * Changes an account; durable when it returns.
     *
     * @return the account as it is then; empty if that cannot be: there is no such account, the name is not free, too
     *     many names are held for it, or what {@link Account#with} says
     * @throws java.io.UncheckedIOException if it cannot be stored
     */
    Optional<Account> change(long id, AccountChange change);

    /**
     * A device has signed in, and calls itself so; a store keeps it when it writes anyway, and answers nothing.
     *
     * @param label may be empty
     */
    default void seen(long id, int device, String label, Instant now) {}

    /**
     * A number for somebody who has no account, such as a guest: no account has had it or will have it, also after
     * another start. May skip some.
     *
     * @throws java.io.UncheckedIOException if that cannot be promised
     */
    long drawId();

    /**
     * The accounts whose key belongs to an older account, if there are any: they are found by their exact spelling
     * only. Asked when a server starts. See {@link NameIndex}.
     */
    default Collection<UserName> knownBySpelling() {
        return Set.of();
    }

    @Override
    void close();

    /** Takes what a store tells. Calls may come from any thread. */
    interface Changes {

        /** The account of this name was changed or removed: whoever is signed in under it has to sign in anew. */
        void changed(UserName name);
    }
}
