package io.kabar.chat.client;

import io.kabar.chat.ServerKey;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys servers are known by, as ssh keeps them: taken from an invitation, or on trust at first contact, insisted on from
 * then. Names of hosts are the same in upper and lower case.
 *
 * <p>Called from the thread that starts a connection and from the client's worker; calls may block on a file.
 */
public interface KnownServers {

    /** The key the server at {@code address} ({@code host:port}) is known by. */
    Optional<ServerKey> find(String address);

    /** Remembers a key with which a sign-in has succeeded. Never called for an address that has a key. */
    void remember(String address, ServerKey key);

    /** Keeps keys as long as the program runs. */
    static KnownServers inMemory() {
        Map<String, ServerKey> keys = new ConcurrentHashMap<>();
        return new KnownServers() {
            @Override
            public Optional<ServerKey> find(String address) {
                return Optional.ofNullable(keys.get(address.toLowerCase(Locale.ROOT)));
            }

            @Override
            public void remember(String address, ServerKey key) {
                keys.put(address.toLowerCase(Locale.ROOT), key);
            }
        };
    }
}
