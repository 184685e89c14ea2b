package io.kabar.chat.internal.server.core;

import io.kabar.chat.Author;
import io.kabar.chat.UserName;

/**
 * What the server's host program takes into its own hands.
 *
 * @param name by which the server itself speaks; nobody signs in by it
 * @param authenticates whether it knows tokens
 * @param authorizes whether it decides who may sign in, enter and speak
 * @param tokensOnly whether there is no other way to sign in
 */
public record HostPolicy(UserName name, boolean authenticates, boolean authorizes, boolean tokensOnly) {

    /** It decides nothing. */
    public static final HostPolicy NONE = new HostPolicy(UserName.of("server"), false, false, false);

    /** The server as the author of events. */
    public Author author() {
        return Author.of(name);
    }
}
