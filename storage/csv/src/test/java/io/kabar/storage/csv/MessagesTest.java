package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amended;
import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.server.ChatServer;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.folder.ServerKeyFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages are answered, edited, deleted and reacted to by programs, over real sockets, and stay so in files. */
class MessagesTest {

    private static final RoomName ROOM = RoomName.of("garden");

    @TempDir
    Path data;

    private final DeviceSecret adas = DeviceSecret.generate();
    private final DeviceSecret bobs = DeviceSecret.generate();

    private static ChatServer start(DataFolder folder) throws Exception {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .secret(ServerKeyFile.readOrMake(folder))
                .accounts(CsvAccountStore.open(folder))
                .open()
                .journal(new CsvJournal(folder, Durability.OS, RetentionRules.FOREVER))
                .start();
    }

    private static ChatClient inGarden(ChatServer server, String name, DeviceSecret device) throws Exception {
        ChatClient client = get(ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name(name)
                .device(device)
                .connect());
        get(client.join(ROOM, JoinHistory.NONE));
        return client;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static Rule rule(CompletableFuture<?> future) throws Exception {
        try {
            throw new AssertionError("it has " + get(future));
        } catch (ExecutionException e) {
            return ((ChatException.NotPermitted) Objects.requireNonNull(e.getCause()))
                    .obstacle()
                    .rule();
        }
    }

    @Test
    void what_was_done_to_messages_is_so_for_everybody_and_after_a_restart() throws Exception {
        long rose;
        long weed;
        long byServer;
        long deletion;
        try (DataFolder folder = DataFolder.open(data);
                ChatServer server = start(folder);
                ChatClient ada = inGarden(server, "ada", adas);
                ChatClient bob = inGarden(server, "bob", bobs)) {
            rose = get(ada.send(ROOM, "a rose")).sequence();
            weed = get(bob.send(ROOM, "secret weed")).sequence();
            byServer = get(server.room(ROOM).say("welcome")).sequence();
            get(bob.reply(ROOM, rose, "which one?"));
            get(bob.react(ROOM, rose, "+1"));
            get(ada.edit(ROOM, rose, "a red rose"));
            get(bob.edit(ROOM, weed, "secret weed, edited"));
            assertThat(rule(ada.edit(ROOM, weed, "a tree"))).isEqualTo(Rule.AUTHOR);
            assertThat(rule(bob.delete(ROOM, rose, ""))).isEqualTo(Rule.ROLE);
            deletion = get(ada.delete(ROOM, weed, "off topic")).sequence(); // who has the room
            assertThat(rule(bob.edit(ROOM, weed, "once more"))).isEqualTo(Rule.TARGET);
            get(server.room(ROOM).edit(byServer, "be welcome"));
            get(server.room(ROOM).reply(rose, "in the shop"));
            get(bob.react(ROOM, rose, "tea"));
            get(bob.unreact(ROOM, rose, "tea"));

            check(get(bob.history(ROOM, HistoryRange.newest(100))), rose, weed, byServer, deletion);
            assertThat(texts(get(server.room(ROOM).newest(100)))).doesNotContain("secret");
        }
        try (DataFolder folder = DataFolder.open(data);
                ChatServer server = start(folder);
                ChatClient bob = inGarden(server, "bob", bobs)) {
            check(get(bob.history(ROOM, HistoryRange.newest(100))), rose, weed, byServer, deletion);
            assertThat(texts(get(server.room(ROOM).newest(100)))).doesNotContain("secret");
            assertThat(rule(bob.react(ROOM, weed, "+1"))).isEqualTo(Rule.TARGET);
        }
    }

    private static String texts(List<ChatEvent> events) {
        return events.stream().map(ChatEvent::text).reduce("", (all, text) -> all + text + "\n");
    }

    private static void check(HistoryPage page, long rose, long weed, long byServer, long deletion) {
        assertThat(texts(page.events())).doesNotContain("secret").contains("a rose");
        assertThat(page.amended()).extracting(Amended::sequence).containsExactly(rose, weed, byServer);
        Amended red = page.amended().get(0);
        assertThat(red.edit().orElseThrow().text()).isEqualTo("a red rose");
        assertThat(red.reactions()).containsExactly(new Amended.Reaction("+1", 1, true));
        Amended gone = page.amended().get(1);
        assertThat(gone.isDeleted()).isTrue();
        assertThat(gone.edit()).isEmpty();
        assertThat(gone.deletion().orElseThrow().sequence()).isEqualTo(deletion);
        assertThat(gone.deletion().orElseThrow().content()).isEqualTo(new Amendment.Deleted("off topic"));
        assertThat(page.amended().get(2).edit().orElseThrow().text()).isEqualTo("be welcome");
        assertThat(page.events().stream()
                        .filter(event -> event.ref() == rose && event.isSaid())
                        .map(ChatEvent::text))
                .containsExactly("which one?", "in the shop");
    }
}
