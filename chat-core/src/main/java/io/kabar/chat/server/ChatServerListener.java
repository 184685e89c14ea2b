package io.kabar.chat.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.net.InetSocketAddress;

/**
 * What a server tells the program it is embedded in. Every method has an empty default, and the server that calls as
 * its first argument, so one listener may serve several.
 *
 * <p>Calls come one at a time and in order, on the server's {@code callbackExecutor}, never on the thread that serves
 * the network. A listener that lags by 100,000 calls misses some, and is told by {@link #onWarning} how many.
 * {@link #onStopped} is the last call; all others may repeat. A server that does not start tells nothing.
 */
public interface ChatServerListener {

    /** A room's log has a new event; nobody has seen it earlier than the journal. */
    default void onEvent(ChatServer server, ChatEvent event) {}

    /**
     * A program has signalled something in a room that is no conversation of two, as
     * {@link io.kabar.chat.client.ChatClient#signal}. What its members do not hear is not told here either. A listener
     * that lags hears the newest of each person and key.
     */
    default void onSignal(ChatServer server, RoomName room, UserName from, String key, byte[] bytes) {}

    /** A user signed in on a connection. */
    default void onSignedIn(ChatServer server, UserName name, InetSocketAddress address) {}

    /** A user's connection ended; {@link CloseReason#words} says why in words. */
    default void onSignedOut(ChatServer server, UserName name, CloseReason reason) {}

    /** A user's address changed; the session went on. */
    default void onRoamed(ChatServer server, UserName name, InetSocketAddress from, InetSocketAddress to) {}

    /**
     * A login was refused; {@link Refusal#sentence} says why. The name is what the peer called itself; it is shortened
     * and made harmless, but not proven.
     */
    default void onLoginRefused(ChatServer server, String name, InetSocketAddress address, Refusal reason) {}

    /** Something an operator should know, in a sentence; such as that the journal cannot write. */
    default void onWarning(ChatServer server, String sentence) {}

    /** The server has stopped; no call follows. */
    default void onStopped(ChatServer server) {}
}
