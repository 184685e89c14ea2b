package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.server.ChatServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is in a quiet room, as programs ask it; over real sockets. */
class QuietRoomTest {

    private static final RoomName SQUARE = RoomName.of("square");

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static ChatClient.Builder client(ChatServer server, String name) {
        return ChatClient.builder().server(server.inviteLink("127.0.0.1")).name(name);
    }

    private static List<String> names(Member.Page page) {
        return page.members().stream().map(member -> member.name().text()).toList();
    }

    @Test
    void whoever_is_inside_is_told_how_many_there_are_and_asks_who() throws Exception {
        BlockingQueue<Integer> counts = new LinkedBlockingQueue<>();
        ChatClientListener counting = new ChatClientListener() {
            @Override
            public void onMemberCount(ChatClient client, RoomName room, int inside) {
                counts.add(inside);
            }

            @Override // she asks anew when it becomes quiet, perhaps when the other one is there already
            public void onRoomEntered(ChatClient client, RoomState room) {
                counts.add(room.inside());
            }
        };
        try (ChatServer server = ChatServer.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .open()
                        .start();
                ChatClient ada = get(client(server, "ada").listener(counting).connect());
                ChatClient bob = get(client(server, "bob").connect())) {
            get(ada.join(SQUARE, JoinHistory.NONE));
            get(server.room(SQUARE).change(RoomChange.mode(RoomMode.QUIET, 1)));
            get(bob.join(SQUARE, JoinHistory.NONE));
            Integer inside = counts.poll(30, TimeUnit.SECONDS);
            while (inside != null && inside < 2) {
                inside = counts.poll(30, TimeUnit.SECONDS);
            }
            assertThat(inside).isEqualTo(2);

            Member.Query query = Member.Query.first(1);
            Member.Page first = get(ada.members(SQUARE, query));
            assertThat(names(first)).containsExactly("ada");
            assertThat(first.inside()).isEqualTo(2);
            Member.Page second = get(ada.members(SQUARE, first.next(query).orElseThrow()));
            assertThat(names(second)).containsExactly("bob");
            assertThat(second.next(query)).isEmpty();
            assertThat(names(get(ada.members(SQUARE, query.beginningWith("BO")))))
                    .containsExactly("bob");
            assertThat(get(ada.members(SQUARE))).hasSize(2);
            assertThat(names(get(server.room(SQUARE).members(query.behind(UserName.of("ada"))))))
                    .containsExactly("bob");
            assertThat(get(server.room(RoomName.of("none")).members(query)).inside())
                    .isZero();
        }
    }

    @Test
    void what_nobody_can_ask_is_refused_at_the_call() {
        assertThatThrownBy(() -> Member.Query.first(0)).hasMessage("From 1 to 4096 members can be asked for, not 0.");
        assertThatThrownBy(() -> Member.Query.first(Limits.MEMBERS_TOLD + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Member.Query.FIRST.beginningWith("x".repeat(33)))
                .hasMessage("No name is so long.");
    }
}
