package io.kabar.examples;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import java.net.InetSocketAddress;

/** A chat server inside a program: encrypted, numbered, roaming. Run it with a port, 2120 by default. */
public final class EmbeddedServer {

    private EmbeddedServer() {}

    /** Serves until the program is ended. */
    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 2120;
        ChatServerListener log = new ChatServerListener() {
            @Override
            public void onEvent(ChatServer server, ChatEvent event) {
                System.out.println(event);
            }
        };
        // README: server
        try (ChatServer server = ChatServer.builder()
                .bind(new InetSocketAddress(port))
                .joinPassword("open sesame")
                .listener(log)
                .start()) {
            System.out.println(server.inviteLink("localhost"));
            server.awaitClose();
        }
        // README: end
    }
}
