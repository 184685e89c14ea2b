package io.kabar.chat.client;

import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.text.HostName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys servers are known by, as ssh keeps them: taken from an invitation, or on trust at first contact, insisted on
 * from then.
 *
 * <p>Hosts are compared without case and without the dot of the root: see {@link #form}.
 *
 * <p>Called from the thread that starts a connection and from the client's worker; calls may block on a file.
 */
public interface KnownServers {

    /**
     * The key the server at {@code address} ({@code host:port}) is known by. Empty only if it certainly has none.
     *
     * @throws java.io.UncheckedIOException with a sentence, if that cannot be told: nothing is taken on trust then
     */
    Optional<ServerKey> find(String address);

    /** Remembers a key with which a sign-in has succeeded. Never called for an address that has a key. */
    void remember(String address, ServerKey key);

    /**
     * What a person should hear at a first contact, beside that it is one: the key, or nearly the address, is known
     * already.
     *
     * @param key with which the server at {@code address} has just signed somebody in; not remembered yet
     * @return a sentence; empty if there is nothing to say
     */
    default Optional<String> remark(String address, ServerKey key) {
        return Optional.empty();
    }

    /** The one form of an address by which a server is known: as IDNA writes it, lower case, no dot behind the host. */
    static String form(String address) {
        String lower = ascii(Normalizer.normalize(address.strip(), Normalizer.Form.NFC))
                .toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        return colon > 1 && lower.charAt(colon - 1) == '.'
                ? lower.substring(0, colon - 1) + lower.substring(colon)
                : lower;
    }

    private static String ascii(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || address.charAt(0) == '[') {
            return address;
        }
        try {
            return HostName.of(address.substring(0, colon)) + address.substring(colon);
        } catch (IllegalArgumentException e) {
            return address; // the name of nothing, and so of no other server
        }
    }

    /** Keeps keys as long as the program runs. */
    static KnownServers inMemory() {
        Map<String, ServerKey> keys = new ConcurrentHashMap<>();
        return new KnownServers() {
            @Override
            public Optional<ServerKey> find(String address) {
                return Optional.ofNullable(keys.get(form(address)));
            }

            @Override
            public void remember(String address, ServerKey key) {
                keys.put(form(address), key);
            }
        };
    }
}
