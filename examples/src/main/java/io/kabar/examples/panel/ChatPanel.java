package io.kabar.examples.panel;

import io.kabar.chat.ChatException;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.chat.view.Frontend;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.words.VisibleText;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.event.ActionEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import javax.swing.DefaultListCellRenderer;
import javax.swing.DefaultListModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * A chat as a panel of any Swing program, whatever its look: what is said, who is there, and a line to write in, where
 * {@code /help} tells the commands. It needs {@code chat-core} and nothing of the desktop client, which owns the look
 * of its whole program; take it as it is, or as a beginning.
 *
 * <p>It draws a {@link ChatModel}, which is told everything on the event thread; all its methods are for that thread.
 * What others have written is never read as HTML.
 */
public final class ChatPanel extends JPanel implements AutoCloseable {

    /** Lines that one can scroll back; more bring {@code /history}. */
    private static final int LINES = 500;

    private final JTextArea said = new JTextArea();
    private final DefaultListModel<String> people = new DefaultListModel<>();
    private final JTextField input = new JTextField();
    private final JLabel state = new JLabel("Not connected.");
    private @Nullable ChatClient client;
    private @Nullable CommandRunner commands;

    /** A panel that is not connected. */
    public ChatPanel() {
        super(new BorderLayout());
        said.setEditable(false);
        said.setLineWrap(true);
        said.setWrapStyleWord(true);
        state.putClientProperty("html.disable", true);
        JList<String> roster = new JList<>(people);
        roster.setCellRenderer(new PlainRenderer());
        roster.setPrototypeCellValue("somebody with a name");
        input.addActionListener(this::entered);
        input.setEnabled(false);
        add(state, BorderLayout.NORTH);
        add(new JScrollPane(said), BorderLayout.CENTER);
        add(new JScrollPane(roster), BorderLayout.EAST);
        add(input, BorderLayout.SOUTH);
    }

    /** Signs in, with what the builder knows of server and password, and enters a room. Does not block. */
    public void connect(ChatClient.Builder builder, UserName name, RoomName room) {
        ChatModel drawn = new ChatModel(name, InstantSource.system());
        drawn.keepLines(LINES);
        drawn.observe(new Drawing(drawn));
        state.setText("Connecting ...");
        var unused = builder.name(name)
                .listener(drawn)
                .callbackExecutor(SwingUtilities::invokeLater)
                .connect()
                .whenComplete((signedIn, failure) -> {
                    if (failure == null) {
                        begin(drawn, signedIn, room);
                    } else {
                        state.setText(sentence(failure));
                    }
                });
    }

    private void begin(ChatModel drawn, ChatClient signedIn, RoomName room) {
        client = signedIn;
        commands = new CommandRunner(drawn, signedIn, SwingUtilities::invokeLater, new Quitting());
        commands.run("/join " + room.text());
        input.setEnabled(true);
        input.requestFocusInWindow();
    }

    private static String sentence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ChatException ? String.valueOf(cause.getMessage()) : "That did not work: " + cause;
    }

    private void entered(ActionEvent event) {
        if (commands != null && !input.getText().isBlank()) {
            commands.run(input.getText());
            input.setText("");
        }
    }

    /** Signs out, and does not wait for it. */
    @Override
    public void close() {
        if (client != null) {
            var unused = client.closeAsync();
        }
    }

    /** Draws what has changed. */
    private final class Drawing implements ModelObserver {
        private final ChatModel model;

        Drawing(ChatModel model) {
            this.model = model;
        }

        @Override
        public void onChanged(Change change, @Nullable RoomName room) {
            if (change == Change.TRANSCRIPT || change == Change.ROOMS) {
                said.setText(
                        model.transcript().lines().stream().map(ChatPanel::line).collect(Collectors.joining("\n")));
                said.setCaretPosition(said.getDocument().getLength());
            }
            if (change == Change.ROSTER || change == Change.ROOMS) {
                people.clear();
                members().forEach(member -> people.addElement(member.name().text()));
            }
            String where = model.current().map(RoomModel::title).orElse("no room");
            state.setText(VisibleText.of(where) + ": " + model.status().words());
        }

        private List<Member> members() {
            return model.current().map(RoomModel::roster).orElse(List.of());
        }
    }

    private static String line(TranscriptLine line) {
        String text = VisibleText.of(line.text());
        if (line instanceof TranscriptLine.Said message) {
            String state = message.own() ? message.state().words() : "";
            return message.from()
                    + (message.action() ? " " : ": ")
                    + text
                    + (state.isEmpty() ? "" : "  (" + state + ")");
        }
        return "-- " + text;
    }

    /** {@code /quit} closes the panel's client, and not the program. */
    private final class Quitting implements Frontend {
        @Override
        public void quit() {
            close();
        }
    }

    /** A list would otherwise read a name as HTML that begins like it. */
    private static final class PlainRenderer extends DefaultListCellRenderer {
        @Override
        public Component getListCellRendererComponent(
                JList<?> list, Object value, int index, boolean isSelected, boolean hasFocus) {
            putClientProperty("html.disable", true);
            return super.getListCellRendererComponent(list, value, index, isSelected, hasFocus);
        }
    }
}
