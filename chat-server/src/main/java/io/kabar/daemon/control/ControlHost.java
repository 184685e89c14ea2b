package io.kabar.daemon.control;

import io.kabar.chat.InviteLink;
import io.kabar.chat.server.ChatServer;

/** What the commands act on. Methods may be called from any thread and do not block. */
public interface ControlHost {

    /** The server. */
    ChatServer server();

    /** What to hand to people who should come. */
    InviteLink invitation();

    /** Begins to stop the server: it tells every client, stores what is open and ends. */
    void stop();
}
