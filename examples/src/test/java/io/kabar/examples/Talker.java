package io.kabar.examples;

import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import java.util.concurrent.TimeUnit;

/** Somebody to talk to the examples. */
final class Talker implements AutoCloseable {

    private final ChatClient client;

    Talker(String link) throws Exception {
        client = ChatClient.builder()
                .server(InviteLink.parse(link))
                .name("talker")
                .password("open sesame")
                .connect()
                .get(30, TimeUnit.SECONDS);
        client.join(RoomName.LOBBY, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
    }

    void say(String text) throws Exception {
        client.send(RoomName.LOBBY, text).get(30, TimeUnit.SECONDS);
    }

    void whisper(String to, String text) throws Exception {
        client.sendDirect(UserName.of(to), text).get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.close();
    }
}
