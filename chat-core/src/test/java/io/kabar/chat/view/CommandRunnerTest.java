package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatException;
import io.kabar.chat.Conversation;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommandRunnerTest {

    private final Scene scene = Scene.inLobby("tam");

    @Test
    void words_go_to_the_room_in_front() {
        CompletableFuture<Void> done = scene.runner.perform("hello");
        assertThat(scene.client.asked).containsExactly("send #lobby hello");
        assertThat(done).isNotDone();
        scene.client.accept(1);
        assertThat(done).isCompleted();
    }

    @Test
    void words_that_no_line_shows_are_queued_until_they_are_answered() {
        scene.runner.run("/msg tam hello");
        scene.runner.run("/topic New");
        scene.runner.run("hello");
        assertThat(scene.model.status().queued()).isEqualTo(3);
        scene.client.accept(1);
        scene.client.refuse(new IllegalStateException("no"));
        assertThat(scene.model.status().queued()).isOne();
        scene.client.accept(2);
        assertThat(scene.model.status().queued()).isZero();
    }

    @Test
    void without_a_room_nothing_is_sent() {
        Scene nowhere = new Scene();
        nowhere.runner.run("hello");
        nowhere.runner.run("/topic x");
        nowhere.runner.run("/leave");

        assertThat(nowhere.client.asked).isEmpty();
        assertThat(nowhere.texts(nowhere.model.transcript()))
                .hasSize(3)
                .containsOnly("You are in no room; /join one first.");
    }

    @Test
    void unknown_commands_and_wrong_usage_are_told_and_not_sent() {
        scene.runner.run("/x y");
        scene.runner.run("/msg tam");

        assertThat(scene.client.asked).isEmpty();
        assertThat(scene.printed).containsExactly("Unknown command /x; /help lists them.", "Usage: /msg NAME TEXT...");
    }

    @Test
    void joining_brings_the_room_to_the_front_when_it_is_entered() {
        CompletableFuture<Void> done = scene.runner.perform("/join #ops 5");
        scene.client.joined.complete(new RoomState(RoomName.of("ops"), "", List.of(), 1, 0, 1, ""));
        assertThat(done).isNotDone();
        scene.enter("ops", 0, 1);

        assertThat(scene.client.asked).containsExactly("join #ops 5");
        assertThat(scene.model.current()).map(RoomModel::title).contains("#ops");
        assertThat(done).isCompleted();
    }

    @Test
    void joining_a_room_one_is_in_only_brings_it_to_the_front() {
        scene.enter("ops", 0, 1);
        scene.runner.run("/join ops");

        assertThat(scene.client.asked).isEmpty();
        assertThat(scene.model.current()).map(RoomModel::title).contains("#ops");
    }

    @Test
    void leaving_never_overtakes_what_was_said_before_it() {
        scene.runner.run("one");
        scene.runner.run("/me two");
        CompletableFuture<Void> left = scene.runner.perform("/leave");
        assertThat(scene.client.asked).containsExactly("send #lobby one", "act #lobby two");
        scene.client.accept(2);
        scene.client.accept(1);
        assertThat(scene.client.asked).endsWith("leave #lobby");
        assertThat(left).isCompleted();
    }

    @Test
    void leaving_does_not_wait_for_another_room_nor_for_what_was_answered() {
        scene.runner.run("one");
        scene.enter("ops", 0, 1);
        scene.runner.run("/leave ops");
        assertThat(scene.client.asked).endsWith("leave #ops");
        scene.client.accept(1);
        scene.runner.run("/leave lobby");
        assertThat(scene.client.asked).endsWith("leave #lobby");
    }

    @Test
    void a_refused_join_is_told_and_a_later_entry_does_not_jump_to_the_front() {
        CompletableFuture<Void> done = scene.runner.perform("/join ops");
        scene.client.joined.completeExceptionally(ChatException.of(Refusal.TOO_MANY_ROOMS));
        scene.enter("ops", 0, 1);

        assertThat(done).isCompleted();
        assertThat(scene.printed).contains("You are in as many rooms as the server allows; leave one first.");
        assertThat(scene.model.current()).map(RoomModel::title).contains("#lobby");
    }

    @Test
    void wrong_names_and_numbers_are_told_in_a_sentence() {
        scene.runner.run("/join a/b");
        scene.runner.run("/join ops many");
        scene.runner.run("/join ops 5000");
        scene.runner.run("/query a!b");
        scene.runner.run("/msg ada to myself");

        assertThat(scene.client.asked).isEmpty();
        assertThat(scene.printed)
                .containsExactly(
                        "A room name must not hold spaces, control characters, '/', '#' or '@': U+002F / (SOLIDUS).",
                        "Usage: /join ROOM [N]",
                        "History is 0 to 1000 messages, or from number 1 on.",
                        "A name may hold letters, digits, '_', '-' and '.' only: U+0021 ! (EXCLAMATION MARK).",
                        "A direct conversation needs two people.");
    }

    @Test
    void talking() {
        scene.runner.run("/me waves");
        scene.runner.run("/msg tam psst");
        scene.runner.run("//slash");
        scene.enter("@1+2", 0, 1, "tam");
        scene.runner.run("/msg tam again");

        assertThat(scene.client.asked)
                .containsExactly("act #lobby waves", "tell tam psst", "send #lobby /slash", "send @1+2 again");
    }

    @Test
    void query_without_a_name_lists_conversations() {
        scene.runner.run("/query");
        assertThat(scene.last().text()).startsWith("You have no conversations yet");

        scene.client.conversations = List.of(
                new Conversation(RoomName.direct(1, 2), Optional.of(UserName.of("tam")), 9, 7),
                new Conversation(RoomName.direct(1, 3), Optional.of(UserName.of("kai")), 9, 10),
                new Conversation(RoomName.direct(1, 4), Optional.empty(), 9, 0));
        scene.runner.run("/query");
        assertThat(scene.last().text()).isEqualTo("Conversations:\ntam (3 new)\nkai\nsomebody who is gone");
    }

    @Test
    void query_opens_a_conversation() {
        scene.runner.run("/query tam");
        scene.enter("@1+2", 0, 1, "tam");
        scene.client.joined.complete(new RoomState(RoomName.direct(1, 2), "", List.of(), 1, 0, 1, ""));

        assertThat(scene.client.asked).containsExactly("join @tam 50");
        assertThat(scene.model.current()).map(RoomModel::title).contains("tam");
    }

    @Test
    void part_leaves_this_room_or_the_one_named() {
        scene.runner.run("/leave");
        scene.runner.run("/leave #ops");

        assertThat(scene.client.asked).containsExactly("leave #lobby", "leave #ops");
    }

    @Test
    void topic_shows_and_sets() {
        scene.runner.run("/topic");
        scene.topic(1, "tam", "Freeze");
        scene.runner.run("/topic");
        scene.runner.run("/topic Release  now");

        assertThat(scene.printed)
                .containsExactly("#lobby has no topic.", "tam set the topic: Freeze", "Topic of #lobby: Freeze");
        assertThat(scene.client.asked).containsExactly("topic #lobby Release  now");
    }

    @Test
    void lists_of_people_and_rooms() {
        scene.client.members = List.of(Scene.member("lev"));
        scene.client.rooms = List.of(
                new RoomSummary(RoomName.of("ops"), 1, 9, "on\u001b call"), new RoomSummary(RoomName.LOBBY, 2, 4, ""));
        scene.runner.run("/names");
        scene.runner.run("/names ops");
        scene.runner.run("/list");

        assertThat(scene.printed)
                .containsExactly(
                        "2 in #lobby: ada, tam", "1 in #ops: lev", "#lobby, 2 members\n#ops, 1 member, on␛ call");
    }

    @Test
    void away_and_back() {
        scene.runner.run("/away");
        scene.runner.run("/back");

        assertThat(scene.client.asked).containsExactly("away", "back");
    }

    @Test
    void ignoring() {
        scene.runner.run("/ignore");
        scene.runner.run("/ignore tam");
        scene.runner.run("/ignore");
        scene.runner.run("/ignore ada");
        assertThat(scene.model.ignored()).containsExactly(UserName.of("tam"));
        scene.runner.run("/unignore tam");
        scene.runner.run("/unignore tam");

        assertThat(scene.model.ignored()).isEmpty();
        assertThat(scene.printed)
                .containsExactly(
                        "You hide nobody.",
                        "What tam says is hidden until you leave; /unignore tam ends it.",
                        "You hide tam.",
                        "You cannot hide yourself.",
                        "What tam says is shown again.",
                        "You do not hide tam.");
    }

    @Test
    void the_connection_in_figures_and_the_key_to_compare() {
        scene.runner.run("/net");
        scene.runner.run("/verify");

        assertThat(scene.printed.get(0))
                .startsWith("live · demo.local:2120 · round trip 0.8 ms · 0.3 % loss · key ")
                .endsWith(" · 2 waiting");
        assertThat(scene.printed.get(1)).contains(scene.client.info().key().fullFingerprint());
    }

    @Test
    void clear_empties_the_screen_only() {
        scene.said(1, "tam", "a");
        scene.runner.run("/clear");

        assertThat(scene.lobby().transcript().size()).isZero();
        assertThat(scene.clears).isEqualTo(1);
        assertThat(scene.client.asked).isEmpty();
    }

    @Test
    void help_is_made_from_the_table() {
        scene.runner.run("/help");
        String help = scene.last().text();
        for (Command command : Command.values()) {
            assertThat(help).contains(command.usage()).contains(command.help());
        }

        scene.runner.run("/help /j");
        scene.runner.run("/help nonsense");
        assertThat(scene.printed)
                .endsWith(
                        "/join ROOM [N]: enter a room, restore its newest N messages (also /j)",
                        "Unknown command /nonsense; /help lists them.");
    }

    @Test
    void quit_asks_the_program_to_end() {
        scene.runner.run("QUIT");
        scene.runner.run("/quit");

        assertThat(scene.quits).isEqualTo(2);
    }

    @Test
    void after_the_end_commands_fail_in_a_sentence() {
        ChatClient closed = (ChatClient) Proxy.newProxyInstance(
                ChatClient.class.getClassLoader(), new Class<?>[] {ChatClient.class}, (proxy, method, arguments) -> {
                    throw ChatException.of(Refusal.CLOSED);
                });
        CommandRunner runner = new CommandRunner(scene.model, closed, Runnable::run, scene);
        for (String typed : List.of("hello", "/join x", "/list", "/net", "/away", "/leave")) {
            assertThat(runner.perform(typed)).as(typed).isCompleted();
        }

        assertThat(scene.printed).hasSize(6);
        assertThat(scene.printed.subList(1, 6)).containsOnly("The connection is closed.");
    }
}
