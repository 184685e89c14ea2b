package io.kabar.daemon.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerFeedTest {

    private static final UserName ADA = UserName.of("ada");

    private final List<String> lines = new ArrayList<>();
    private ChatServer server;

    @BeforeEach
    void start() throws Exception {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChatServerListener feed(boolean messages) {
        ServerFeed feed = new ServerFeed(messages, () -> Instant.EPOCH, ZoneOffset.UTC);
        feed.onSignedOut(server, ADA, CloseReason.SIGNED_OUT); // nobody looks yet
        feed.show(lines::add);
        return feed;
    }

    private static ChatEvent event(RoomName room, Content content) {
        return ChatEvent.of(room, 1, Instant.EPOCH, Author.of(ADA), content);
    }

    private void happens(ChatServerListener feed) throws Exception {
        RoomName direct = RoomName.direct(1, 2);
        feed.onSignedIn(server, ADA, new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 4000));
        feed.onEvent(server, event(RoomName.LOBBY, new Content.Joined(false)));
        feed.onEvent(server, event(direct, new Content.Joined(false)));
        feed.onEvent(server, event(RoomName.LOBBY, new Content.Said("red\u001b[31m\nline", false)));
        feed.onEvent(server, event(RoomName.LOBBY, new Content.Said("waves", true)));
        feed.onEvent(server, event(direct, new Content.Said("psst", false)));
        feed.onEvent(server, event(RoomName.LOBBY, new Content.Topic("peace")));
        feed.onEvent(server, event(RoomName.LOBBY, new Content.Left("tired")));
    }

    @Test
    void it_shows_who_comes_and_goes_and_nothing_that_is_said() throws Exception {
        happens(feed(false));

        assertThat(lines)
                .containsExactly(
                        "00:00:00 ada signed in from 192.0.2.7",
                        "00:00:00 #lobby ada joined",
                        "00:00:00 #lobby ada set the topic: peace",
                        "00:00:00 #lobby ada left: tired");
    }

    @Test
    void it_shows_what_is_said_in_rooms_if_wanted_and_steers_no_terminal() throws Exception {
        happens(feed(true));

        assertThat(lines)
                .hasSize(6)
                .contains("00:00:00 #lobby <ada> red␛[31m ⏎ line", "00:00:00 #lobby * ada waves")
                .noneMatch(line -> line.contains("psst"));
    }
}
