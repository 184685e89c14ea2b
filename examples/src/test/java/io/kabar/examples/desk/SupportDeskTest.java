package io.kabar.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.testkit.TestMachine;
import io.kabar.chat.testkit.TestNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day at the desk, on the network of the test kit. */
class SupportDeskTest {

    private static final RoomName FIRST = RoomName.of("ticket-1");

    @TempDir
    private Path folder;

    private final TestNetwork network = new TestNetwork(1);
    private final TestMachine house = network.machine("desk.example");
    private final List<String> heard = new ArrayList<>();
    private SupportDesk desk;

    @BeforeEach
    void openDesk() throws IOException {
        desk = new SupportDesk(folder.resolve("desk.db"), Set.of(UserName.of("mira")), house.server());
    }

    @AfterEach
    void closeDesk() throws IOException {
        desk.close();
    }

    private ChatClient client(String name) {
        return network.machine(name + "'s")
                .client()
                .server(desk.server().inviteLink("desk.example"))
                .name(name)
                .listener(new ChatClientListener() {
                    @Override
                    public void onEvent(ChatClient source, ChatEvent event, EventOrigin origin) {
                        if (event.isSaid()) {
                            heard.add(name + " hears " + event.from() + ": " + event.text());
                        }
                    }

                    @Override
                    public void onNotice(ChatClient source, String sentence) {
                        heard.add(name + " reads " + sentence);
                    }
                })
                .connect()
                .join();
    }

    private static void enter(ChatClient client, RoomName room) {
        client.join(room, JoinHistory.last(10)).join();
    }

    private static String refusal(ChatClient client, RoomName room) {
        return client.join(room, JoinHistory.NONE)
                .handle((state, failure) -> failure == null ? "inside" : failure.getMessage())
                .join();
    }

    @Test
    void question_becomes_a_ticket_with_a_room_that_is_its_customers() {
        desk.bot();
        ChatClient mira = client("mira");
        enter(mira, SupportDesk.AGENTS);
        ChatClient ada = client("ada");
        ChatClient eve = client("eve");
        enter(ada, SupportDesk.HALL);

        ada.send(SupportDesk.HALL, "The printer burns.").join();
        network.runUntilIdle();
        assertThat(heard)
                .contains(
                        "ada hears desk: This is ticket 1; come to #ticket-1.",
                        "mira hears desk: Ticket 1, ada: The printer burns.");
        assertThat(refusal(eve, FIRST)).isEqualTo("That is no ticket of yours.");
        assertThat(refusal(ada, SupportDesk.AGENTS)).isEqualTo("That is no ticket of yours.");
        enter(ada, FIRST);

        mira.send(SupportDesk.AGENTS, "take 1").join();
        enter(mira, FIRST);
        mira.send(FIRST, "Have you tried water?").join();
        network.runUntilIdle();
        assertThat(heard).contains("ada hears mira: Have you tried water?");
        assertThat(heard).anyMatch(line -> line.startsWith("ada ") && line.endsWith("mira looks after it."));

        mira.send(SupportDesk.AGENTS, "solved 1").join();
        network.runUntilIdle();
        assertThat(refusal(client("ada"), FIRST)).isNotEqualTo("inside");
    }

    @Test
    void nothing_is_forgotten_when_the_desk_is_opened_again() throws Exception {
        Participant bot = desk.bot();
        ChatClient ada = client("ada");
        enter(ada, SupportDesk.HALL);
        ada.send(SupportDesk.HALL, "The printer burns.").join();
        network.runUntilIdle();
        bot.close();
        ada.send(SupportDesk.HALL, "The curtains, too.").join();
        network.runUntilIdle();
        assertThat(heard).noneMatch(line -> line.contains("ticket 2"));

        desk.close();
        openDesk();
        desk.bot();
        network.runUntilIdle();

        assertThat(heard)
                .filteredOn(line -> line.startsWith("ada hears desk: "))
                .containsExactly(
                        "ada hears desk: This is ticket 1; come to #ticket-1.",
                        "ada hears desk: This is ticket 2; come to #ticket-2.");
        ChatClient mira = client("mira");
        mira.join(SupportDesk.AGENTS, JoinHistory.last(10)).join();
        network.runUntilIdle();
        assertThat(heard).contains("mira hears desk: Ticket 2, ada: The curtains, too.");
        enter(ada, FIRST);
        assertThat(desk.server().room(FIRST).topic().join()).isEqualTo("The printer burns.");
    }
}
