package io.kabar.examples;

import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import java.nio.file.Path;

/** A chat client inside a program: says one thing and leaves. Run it with an invitation link. */
public final class EmbeddedClient {

    private EmbeddedClient() {}

    /** Says hello in the lobby and tells which number it has there. */
    public static void main(String[] args) {
        String link = args[0];
        // README: client
        try (ChatClient client = ChatClient.builder()
                .server(InviteLink.parse(link))
                .name("ada")
                .password("open sesame")
                .device(DeviceSecret.inFile(Path.of("ada.device")))
                .connect()
                .join()) {
            client.join(RoomName.LOBBY, JoinHistory.last(50)).join();
            System.out.println(client.send(RoomName.LOBBY, "hello").join());
        }
        // README: end
    }
}
