package io.kabar.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.testkit.TestMachine;
import io.kabar.chat.testkit.TestNetwork;
import java.awt.Component;
import java.awt.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The panel without a window, which needs no display; its calls come on the event thread, as in a program. */
class ChatPanelTest {

    private final TestNetwork network = new TestNetwork(1);
    private final TestMachine house = network.machine("game.example");
    private final TestMachine laptop = network.machine("laptop");
    private ChatServer server;
    private ChatClient bob;
    private ChatPanel panel;

    @BeforeEach
    void show() throws Exception {
        server = house.server().open().start();
        bob = network.machine("bob's")
                .client()
                .server(server.inviteLink("game.example"))
                .name("bob")
                .connect()
                .join();
        bob.join(RoomName.LOBBY, JoinHistory.NONE).join();
        panel = inEventThread(() -> {
            ChatPanel made = new ChatPanel();
            made.connect(laptop.client().server(server.inviteLink("game.example")), UserName.of("ada"), RoomName.LOBBY);
            return made;
        });
        network.runUntilIdle();
    }

    private interface Work<T> {
        T get();
    }

    private static <T> T inEventThread(Work<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work::get);
        SwingUtilities.invokeAndWait(task);
        return task.get();
    }

    private static <C extends Component> C find(Container in, Class<C> type) {
        List<Component> all = new ArrayList<>(List.of(in.getComponents()));
        for (int i = 0; i < all.size(); i++) {
            if (type.isInstance(all.get(i))) {
                return type.cast(all.get(i));
            }
            if (all.get(i) instanceof Container container) {
                all.addAll(List.of(container.getComponents()));
            }
        }
        throw new AssertionError("no " + type);
    }

    private String shown() throws Exception {
        return inEventThread(() -> find(panel, JTextArea.class).getText());
    }

    private void type(String text) throws Exception {
        inEventThread(() -> {
            JTextField input = find(panel, JTextField.class);
            input.setText(text);
            input.postActionEvent();
            return input;
        });
        network.runUntilIdle();
    }

    @Test
    void program_needs_three_lines_for_it() throws Exception {
        String program = Files.readString(Path.of("src/main/java/io/kabar/examples/panel/PanelProgram.java"));
        String shown = program.substring(program.indexOf("embedding: panel"), program.indexOf("// embedding: end"));
        assertThat(shown.strip().lines().skip(1)).hasSize(3);
    }

    @Test
    void what_is_said_is_shown_and_what_is_typed_is_said() throws Exception {
        bob.send(RoomName.LOBBY, "hello").join();
        network.runUntilIdle();
        assertThat(shown()).contains("bob: hello");

        type("hello bob");
        type("/me waves");

        assertThat(shown()).contains("ada: hello bob", "ada waves");
        assertThat(server.room(RoomName.LOBBY).newest(10).join())
                .anyMatch(event -> event.isSaid() && event.text().equals("hello bob"));
    }

    @Test
    @SuppressWarnings("unchecked") // a list of names
    void who_is_there_and_how_the_connection_is_can_be_seen() throws Exception {
        JList<String> roster = (JList<String>) find(panel, JList.class);
        assertThat(inEventThread(() -> List.of(
                        roster.getModel().getElementAt(0), roster.getModel().getElementAt(1))))
                .containsExactlyInAnyOrder("ada", "bob");
        bob.close();
        network.runUntilIdle();
        assertThat(inEventThread(() -> roster.getModel().getSize())).isEqualTo(1);
        assertThat(inEventThread(() -> find(panel, JLabel.class).getText())).startsWith("#lobby: ");
    }

    @Test
    void panel_that_is_closed_has_left() throws Exception {
        type("/quit");
        network.runUntilIdle();
        assertThat(server.sessions().join())
                .singleElement()
                .satisfies(left -> assertThat(left.name().text()).isEqualTo("bob"));
    }

    @Test
    void server_that_is_not_there_is_told_of_in_a_sentence() throws Exception {
        house.link().cut();
        ChatPanel other = inEventThread(() -> {
            ChatPanel made = new ChatPanel();
            made.connect(laptop.client().server(server.inviteLink("game.example")), UserName.of("eve"), RoomName.LOBBY);
            return made;
        });
        network.run(Duration.ofMinutes(1));
        assertThat(inEventThread(() -> find(other, JLabel.class).getText())).isEqualTo("The server cannot be reached.");
    }
}
