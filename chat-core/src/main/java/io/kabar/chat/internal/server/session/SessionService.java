package io.kabar.chat.internal.server.session;

import io.kabar.chat.Presence;
import io.kabar.chat.internal.wire.message.ClientMessage;

/**
 * Takes what one session's client says: a login until its user is known, the rooms from then on. All methods are called
 * while the endpoint handles an input; a defect in one of them ends this session only.
 */
public interface SessionService {

    /** Takes nothing. */
    SessionService NONE = (lane, message) -> {};

    /** The client has said something; only while the session is SIGNING_IN or ACTIVE. */
    void onMessage(int lane, ClientMessage message);

    /**
     * The client has signalled something in a room.
     *
     * @param packet the number of its packet
     * @return whether it was news, which it is not if one of a later packet has undone it
     */
    default boolean onSignal(long roomId, long packet, byte[] body) {
        return true;
    }

    /** The client has been told that its login is accepted; called once. */
    default void onSignedIn() {}

    /** Others are to see the session's user like this. */
    default void onPresence(Presence presence) {}

    /** A newer session of the same client takes this one's place; nothing is said any more. */
    default void onReplaced() {}

    /** The session was ACTIVE and is over, and no newer one takes its place; called once. */
    default void onEnded() {}

    /** Bytes held for what the client has said and is not dealt with yet. */
    default int heldBytes() {
        return 0;
    }

    /** Events that the client has acknowledged over the cursors it has now. */
    default long delivered() {
        return 0;
    }
}
