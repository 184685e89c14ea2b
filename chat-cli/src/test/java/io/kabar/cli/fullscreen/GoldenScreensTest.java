package io.kabar.cli.fullscreen;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amendment;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.rules.RoomRole;
import io.kabar.cli.terminal.Cells;
import io.kabar.cli.terminal.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * How a chat looks in each of its states, at three sizes: the screens in {@code src/test/resources/screens}. With
 * {@code -Dgolden=write} they are written anew, to be read before they are committed.
 */
class GoldenScreensTest {

    private static final Path SCREENS = Path.of("src/test/resources/screens");
    private static final int[][] SIZES = {{110, 30}, {80, 24}, {40, 10}};

    private static Map<String, Supplier<Stage>> states() {
        Map<String, Supplier<Stage>> states = new LinkedHashMap<>();
        states.put("no-room", Stage::new);
        states.put("empty-room", Stage::inLobby);
        states.put("talk", GoldenScreensTest::talk);
        states.put("days", GoldenScreensTest::days);
        states.put("new-lines", GoldenScreensTest::newLines);
        states.put("amended", GoldenScreensTest::amended);
        states.put("sending", GoldenScreensTest::sending);
        states.put("refused", GoldenScreensTest::refused);
        states.put("typing", GoldenScreensTest::typing);
        states.put("searching", GoldenScreensTest::searching);
        states.put("signed-out", GoldenScreensTest::signedOut);
        states.put("activity", GoldenScreensTest::activity);
        states.put("direct", GoldenScreensTest::direct);
        states.put("scrolled", GoldenScreensTest::scrolled);
        states.put("chosen", GoldenScreensTest::chosen);
        states.put("completion", GoldenScreensTest::completion);
        states.put("question", GoldenScreensTest::question);
        states.put("several-lines", GoldenScreensTest::severalLines);
        states.put("wide-letters", GoldenScreensTest::wideLetters);
        states.put("many-members", GoldenScreensTest::manyMembers);
        states.put("bare", GoldenScreensTest::bare);
        states.put("long-message", GoldenScreensTest::longMessage);
        states.put("help", GoldenScreensTest::help);
        states.put("search-input", GoldenScreensTest::searchInput);
        return states;
    }

    @TestFactory
    Stream<DynamicTest> every_state_looks_as_it_should() {
        return states().entrySet().stream()
                .flatMap(state -> Stream.of(SIZES).map(size -> {
                    String name = state.getKey() + "-" + size[0] + "x" + size[1];
                    return DynamicTest.dynamicTest(name, () -> {
                        Stage stage = state.getValue().get();
                        String seen = stage.see(size[0], size[1]);
                        assertFits(stage.frame(size[0], size[1]), size[0], size[1]);
                        Path golden = SCREENS.resolve(name + ".txt");
                        if ("write".equals(System.getProperty("golden"))) {
                            Files.writeString(golden, seen);
                        }
                        assertThat(seen).isEqualTo(read(golden));
                    });
                }));
    }

    private static String read(Path golden) throws IOException {
        return Files.readString(golden).replace("\r\n", "\n");
    }

    private static void assertFits(Frame frame, int columns, int rows) {
        assertThat(frame.rows()).hasSize(rows);
        assertThat(frame.rows()).allMatch(row -> new Cells(true).width(row.toString()) <= columns);
        assertThat(frame.cursorRow()).isBetween(0, rows - 1);
        assertThat(frame.cursorColumn()).isBetween(0, columns - 1);
    }

    private static Stage talk() {
        Stage stage = Stage.inLobby();
        stage.said(1, "mira", "build is green again");
        stage.said(2, "ori", "nice. tagging 1.4");
        stage.said(3, "ori", "and the notes are at https://example.org/notes/1.4 for whoever wants to read them first");
        stage.after(Duration.ofMinutes(5));
        stage.happens("lobby", 4, "lev", 0, new Content.Joined());
        stage.happens("lobby", 5, "kai", 0, new Content.Joined());
        stage.happens("lobby", 6, "kai", 0, new Content.Left("good night"));
        stage.said(7, "tam", "@ada can you look at 212?");
        stage.said(8, "ada", "on it");
        stage.happens("lobby", 9, "tam", 0, new Content.Said("bows", true));
        return stage;
    }

    private static Stage days() {
        Stage stage = Stage.inLobby();
        stage.said(1, "mira", "until tomorrow");
        stage.after(Duration.ofHours(14));
        stage.said(2, "mira", "good morning");
        return stage;
    }

    private static Stage newLines() {
        Stage stage = talk();
        stage.press("blur");
        stage.after(Duration.ofMinutes(2));
        stage.said(10, "ori", "anybody?");
        stage.said(11, "ori", "no hurry");
        return stage;
    }

    private static Stage amended() {
        Stage stage = Stage.inLobby();
        stage.said(1, "mira", "build is green again");
        stage.happens("lobby", 2, "ori", 1, new Content.Said("nice. tagging 1.4", false));
        stage.happens("lobby", 3, "tam", 1, new Amendment.Reacted("+1", false));
        stage.happens("lobby", 4, "ada", 1, new Amendment.Reacted("+1", false));
        stage.happens("lobby", 5, "ori", 2, new Amendment.Edited("nice. tagging 1.4.1"));
        stage.said(6, "tam", "buy cheap watches");
        stage.happens("lobby", 7, "ori", 6, new Amendment.Deleted("off topic"));
        return stage;
    }

    private static Stage sending() {
        Stage stage = Stage.inLobby();
        stage.enter("first");
        stage.enter("second");
        stage.after(Duration.ofSeconds(3));
        return stage;
    }

    private static Stage refused() {
        Stage stage = Stage.inLobby();
        stage.enter("first");
        stage.receipts.remove().completeExceptionally(new IllegalStateException("You are muted here."));
        stage.enter("/nosuch");
        return stage;
    }

    private static Stage typing() {
        Stage stage = talk();
        stage.model.onTyping(stage.client, RoomName.LOBBY, UserName.of("ori"));
        return stage;
    }

    private static Stage searching() {
        Stage stage = talk();
        stage.model.onStateChanged(stage.client, ConnectionState.SEARCHING);
        stage.enter("are you there?");
        stage.enter("hello?");
        return stage;
    }

    private static Stage signedOut() {
        Stage stage = talk();
        stage.model.onClosed(stage.client, CloseReason.SERVER_STOPPED, "");
        return stage;
    }

    private static Stage activity() {
        Stage stage = talk();
        stage.enter("ops", "", Stage.member("ada", RoomRole.GUEST, Presence.HERE));
        stage.enter("lounge", "", Stage.member("ada", RoomRole.GUEST, Presence.HERE));
        stage.happens("ops", 1, "ori", 0, new Content.Said("deploying", false));
        stage.happens("ops", 2, "ori", 0, new Content.Said("done, ada", false));
        stage.happens("lounge", 1, "tam", 0, new Content.Said("tea?", false));
        stage.model.onDirectMessage(stage.client, RoomName.of("@noa"), Optional.of(UserName.of("noa")), 1);
        return stage;
    }

    private static Stage direct() {
        Stage stage = talk();
        stage.enter("@tam", "", Stage.member("tam", RoomRole.GUEST, Presence.HERE));
        stage.press("alt+2");
        stage.happens("@tam", 1, "tam", 0, new Content.Said("psst", false));
        return stage;
    }

    private static Stage scrolled() {
        Stage stage = Stage.inLobby();
        for (int i = 1; i <= 200; i++) {
            stage.said(i, i % 3 == 0 ? "tam" : "ori", "line " + i);
        }
        stage.see(110, 30);
        stage.press("pageup", "pageup");
        return stage;
    }

    private static Stage chosen() {
        Stage stage = talk();
        stage.see(110, 30);
        stage.press("shift+up", "shift+up", "up");
        return stage;
    }

    private static Stage completion() {
        Stage stage = Stage.inLobby();
        stage.enter("ops", "", Stage.member("ada", RoomRole.GUEST, Presence.HERE));
        stage.type("/m");
        stage.press("tab", "tab");
        return stage;
    }

    private static Stage question() {
        Stage stage = talk();
        stage.press("ctrl+c");
        return stage;
    }

    private static Stage severalLines() {
        Stage stage = talk();
        stage.type("first line");
        stage.press("alt+enter");
        stage.type("second line, which is longer than the others and so it goes on in another row of the screen, as it"
                + " should");
        stage.press("alt+enter");
        stage.type("third");
        stage.press("up", "ctrl+a");
        return stage;
    }

    private static Stage wideLetters() {
        Stage stage = Stage.inLobby();
        stage.said(1, "mira", "日本語の文字は二つの桁を使うので、行の終わりで折り返す場所が大切です。そうでしょう?");
        stage.said(2, "ori", "family 👨‍👩‍👧 flag 🇮🇩 heart ❤️ thumb 👍🏽 keycap 1️⃣ e\u0301 end");
        stage.said(3, "tam", "สวัสดี नमन 각 مرحبا");
        stage.type("日本語 👨‍👩‍👧");
        return stage;
    }

    private static Stage manyMembers() {
        Stage stage = new Stage();
        io.kabar.chat.Member[] members = new io.kabar.chat.Member[60];
        members[0] = Stage.member("ada", RoomRole.OWNER, Presence.HERE);
        for (int i = 1; i < members.length; i++) {
            members[i] = Stage.member("person-" + i, RoomRole.GUEST, i % 7 == 0 ? Presence.AWAY : Presence.HERE);
        }
        stage.enter(
                "lobby",
                "A topic that is much longer than any screen of this size could ever show on one row of it",
                members);
        return stage;
    }

    private static Stage bare() {
        Stage stage = talk();
        stage.press("alt+l");
        return stage;
    }

    private static Stage longMessage() {
        Stage stage = talk();
        stage.type("x".repeat(4000));
        return stage;
    }

    private static Stage help() {
        Stage stage = talk();
        stage.press("f1");
        return stage;
    }

    private static Stage searchInput() {
        Stage stage = talk();
        stage.history.add("the first thing I said");
        stage.history.add("another one");
        stage.press("ctrl+r");
        stage.type("first");
        return stage;
    }
}
