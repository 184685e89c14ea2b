package io.kabar.cli.fullscreen;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ConnectionInfo;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.cli.input.Bindings;
import io.kabar.cli.input.InputHistory;
import io.kabar.cli.input.Key;
import io.kabar.cli.screen.Glyphs;
import io.kabar.cli.screen.Look;
import io.kabar.cli.screen.Theme;
import io.kabar.cli.terminal.Cells;
import io.kabar.cli.terminal.Frame;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A chat on a full screen without a terminal, a server or a second thread: what happens to it, and what is seen. */
final class Stage {

    static final Instant NOON = Instant.parse("2026-06-08T12:00:00Z");
    static final UserName ADA = UserName.of("ada");

    Instant now = NOON;
    final ChatModel model = new ChatModel(ADA, () -> now);
    final List<String> asked = new ArrayList<>();
    final Deque<CompletableFuture<Receipt>> receipts = new ArrayDeque<>();
    final Deque<CompletableFuture<HistoryPage>> pages = new ArrayDeque<>();
    final InputHistory history = new InputHistory();
    final List<String> copied = new ArrayList<>();
    int bells;
    int suspensions;
    final ChatClient client = client();
    final FullScreenChat chat;

    Stage() {
        this(new Cells(true));
    }

    Stage(Cells cells) {
        Look look = new Look(cells, Glyphs.of(StandardCharsets.UTF_8), Theme.NONE, ZoneOffset.UTC);
        chat = new FullScreenChat(model, client, Runnable::run, look, new Habits(Bindings.usual(), history), () -> now);
        model.onStateChanged(client, ConnectionState.LIVE);
        chat.begin(new CommandRunner(model, client, Runnable::run, chat), new FullScreenChat.Surface() {
            @Override
            public void changed() {}

            @Override
            public void redraw() {}

            @Override
            public void bell() {
                bells++;
            }

            @Override
            public void copy(String text) {
                copied.add(text);
            }

            @Override
            public void suspend() {
                suspensions++;
            }
        });
    }

    /** In a lobby with some people. */
    static Stage inLobby() {
        Stage stage = new Stage();
        stage.enter(
                "lobby",
                "Release Friday, freeze Wednesday",
                member("mira", RoomRole.OWNER, Presence.HERE),
                member("ori", RoomRole.MODERATOR, Presence.HERE),
                member("ada", RoomRole.GUEST, Presence.HERE),
                member("tam", RoomRole.GUEST, Presence.HERE),
                member("noa", RoomRole.GUEST, Presence.AWAY));
        return stage;
    }

    private ChatClient client() {
        ConnectionInfo info = new ConnectionInfo(
                InetSocketAddress.createUnresolved("chat.example.org", 2120),
                ServerKey.of(new byte[32]),
                false,
                Duration.ofNanos(800_000),
                0,
                0,
                4096);
        return (ChatClient) Proxy.newProxyInstance(
                ChatClient.class.getClassLoader(), new Class<?>[] {ChatClient.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "info" -> {
                            return info;
                        }
                        case "settings" -> {
                            return Optional.of(RoomSettings.NONE);
                        }
                        case "hashCode" -> {
                            return 1;
                        }
                        default ->
                            asked.add(method.getName()
                                    + (arguments == null
                                            ? ""
                                            : Arrays.stream(arguments)
                                                    .map(String::valueOf)
                                                    .collect(Collectors.joining(" ", " ", ""))));
                    }
                    if (method.getName().equals("history")) {
                        CompletableFuture<HistoryPage> page = new CompletableFuture<>();
                        pages.add(page);
                        return page;
                    }
                    if (method.getReturnType() == CompletableFuture.class) {
                        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
                        receipts.add(receipt);
                        return receipt;
                    }
                    return method.getReturnType() == Optional.class ? Optional.empty() : null;
                });
    }

    static Member member(String name, RoomRole role, Presence presence) {
        return new Member(UserName.of(name), role, presence);
    }

    void enter(String room, String topic, Member... members) {
        RoomName name = RoomName.of(room);
        Optional<UserName> partner = name.isDirect() ? Optional.of(members[0].name()) : Optional.empty();
        model.onRoomEntered(
                client,
                new RoomState(
                        name,
                        topic,
                        List.of(members),
                        1,
                        0,
                        1,
                        name.isDirect() ? "" : "kept for 30 days",
                        1,
                        1,
                        RoomSettings.NONE,
                        partner));
    }

    void happens(String room, long sequence, String from, long ref, Content content) {
        model.onEvent(
                client,
                new ChatEvent(RoomName.of(room), 1, sequence, now, Author.of(UserName.of(from)), ref, content),
                EventOrigin.LIVE);
    }

    void said(long sequence, String from, String text) {
        happens("lobby", sequence, from, 0, new Content.Said(text, false));
    }

    void after(Duration time) {
        now = now.plus(time);
    }

    /** The oldest message on its way is accepted. */
    void accept(long sequence) {
        receipts.remove().complete(new Receipt(RoomName.LOBBY, sequence, now));
    }

    void type(String text) {
        text.codePoints().forEach(letter -> chat.press(new Key.Text(Character.toString(letter))));
    }

    void press(String... keys) {
        for (String key : keys) {
            chat.press(new Key.Named(key));
        }
    }

    void enter(String text) {
        type(text);
        press("enter");
    }

    void paste(String text) {
        chat.press(new Key.Pasted(text));
    }

    Frame frame(int columns, int rows) {
        return chat.next(columns, rows);
    }

    /** What is read, with a mark where the cursor stands. */
    String see(int columns, int rows) {
        Frame frame = frame(columns, rows);
        return frame.rows().stream().map(row -> row.toString().stripTrailing()).collect(Collectors.joining("\n"))
                + "\n(cursor " + (frame.cursorRow() + 1) + ":" + (frame.cursorColumn() + 1) + ", title "
                + frame.title() + ")\n";
    }
}
