package io.kabar.chat.server;

import io.kabar.chat.UserName;
import java.util.Optional;

/**
 * Who has which name. Names are unique by {@link UserName#key()}.
 *
 * <p><b>Threads.</b> Called from the server's worker threads, several at a time; calls may block.
 */
public interface AccountStore extends AutoCloseable {

    /** The account that owns this name. */
    Optional<Account> find(UserName name);

    /**
     * Stores a new account; durable when it returns.
     *
     * @return false if the name is owned already; nothing is changed then
     * @throws java.io.UncheckedIOException if it cannot be stored; the login is refused
     */
    boolean register(Account account);

    @Override
    void close();
}
