package io.kabar.chat.client;

import io.kabar.chat.participant.ParticipantListener;

/**
 * What a client is told: what every participant is, as {@link ParticipantListener} has it, and how it stands with its
 * server. Every method has an empty default, and the client that calls as its first argument, so one listener may serve
 * several.
 *
 * <p>Calls come one at a time and in order, on the client's {@code callbackExecutor}, never on the thread that serves
 * the network; a slow listener delays only itself. {@link #onClosed} is the last call; all others may repeat.
 */
public interface ChatClientListener extends ParticipantListener<ChatClient> {

    /** The connection's state changed; the first call is {@link ConnectionState#LIVE} when the client has signed in. */
    default void onStateChanged(ChatClient client, ConnectionState state) {}

    /** This client's address changed and the session went on as if nothing had happened. */
    default void onRoamed(ChatClient client) {}
}
