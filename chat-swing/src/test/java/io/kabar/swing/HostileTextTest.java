package io.kabar.swing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.swing.chat.ChatView;
import io.kabar.swing.chat.Conversation;
import io.kabar.swing.connect.ConnectRequest;
import io.kabar.swing.connect.ConnectRequest.Field;
import io.kabar.swing.connect.ConnectView;
import io.kabar.swing.connect.RestoreChoice;
import io.kabar.swing.connect.SignInFailure;
import io.kabar.swing.look.Theme;
import io.kabar.swing.monitor.LogEntry;
import io.kabar.swing.monitor.LogView;
import io.kabar.swing.monitor.MonitorWindow;
import io.kabar.swing.monitor.ServerLog;
import io.kabar.swing.settings.ThemeControl;
import io.kabar.swing.settings.Worker;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Toolkit;
import java.awt.datatransfer.Clipboard;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.StringSelection;
import java.awt.datatransfer.Transferable;
import java.awt.event.ActionEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBoxMenuItem;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JRadioButton;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JToggleButton;
import javax.swing.JTree;
import javax.swing.tree.DefaultMutableTreeNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a server or another person writes is shown as it is written, and fetches nothing. */
class HostileTextTest {

    @RegisterExtension
    final OnScreen screen = new OnScreen();

    private ServerSocket trap;
    private String hostile;
    /** The same, and what steers a terminal or turns the direction of writing. */
    private String acting;

    @BeforeEach
    void setTrap() throws IOException {
        trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        hostile = "<html><img src='http://127.0.0.1:" + trap.getLocalPort() + "/x'>";
        acting = hostile + "\u202e\u2066\u001b[31m\u0007\u009b\u2028\u2029";
    }

    /** Connections are taken in the order they were made: if the first is the test's own, nobody came before. */
    @AfterEach
    void nobodyFellIntoIt() throws IOException {
        if (trap != null) {
            try (Socket own = new Socket(trap.getInetAddress(), trap.getLocalPort());
                    Socket first = trap.accept()) {
                assertThat(first.getPort()).as("nothing was fetched").isEqualTo(own.getLocalPort());
            }
            trap.close();
        }
    }

    @Test
    void every_kind_of_component_shows_it_as_it_is_written() {
        int checked = OnScreen.inEventThread(() -> {
            JPanel all = new JPanel();
            JMenu menu = new JMenu(hostile);
            menu.add(new JMenuItem(hostile));
            menu.add(new JCheckBoxMenuItem(hostile));
            JProgressBar progress = new JProgressBar();
            progress.setStringPainted(true);
            progress.setString(hostile);
            JPanel framed = new JPanel();
            framed.setBorder(BorderFactory.createTitledBorder(hostile));
            for (JComponent one : List.of(
                    new JLabel(hostile),
                    new JButton(hostile),
                    new JRadioButton(hostile),
                    new JToggleButton(hostile),
                    menu,
                    progress,
                    framed,
                    new JList<>(new String[] {hostile}),
                    new JComboBox<>(new String[] {hostile}),
                    new JTable(new Object[][] {{hostile}}, new Object[] {hostile}),
                    new JTree(new DefaultMutableTreeNode(hostile)),
                    new JOptionPane(hostile, JOptionPane.QUESTION_MESSAGE, 0, null, new Object[] {hostile}))) {
                one.setToolTipText(hostile);
                all.add(one);
            }
            return walk(shown(all));
        });
        assertThat(checked).isGreaterThan(30);
    }

    @Test
    void every_view_of_the_client_shows_it_as_it_is_written_in_light_and_dark() {
        for (boolean dark : new boolean[] {false, true}) {
            OnScreen.inEventThread(() -> {
                Theme.apply(dark);
                Chat chat = new Chat();
                chat.client.firstContact = true;
                ChatView view = new ChatView(
                        new Conversation(chat.model, chat.client, hostile, true),
                        chat.clock,
                        ZoneOffset.UTC,
                        List.of(new Named()),
                        () -> {});
                Container window = shown(view);
                feed(chat);
                assertThat(walk(window)).isGreaterThan(30);
                chat.model.onClosed(chat.client, CloseReason.SERVER_STOPPED, acting);
                Theme.apply(!dark);
                assertThat(walk(window)).isGreaterThan(30);

                ConnectView connect = new ConnectView(request -> {}, () -> {});
                connect.prefill(hostile, hostile);
                connect.failed(hostile, Field.SERVER);
                assertThat(walk(shown(connect))).isGreaterThan(10);
                connect.ended(hostile);
                return walk(shown(connect));
            });
        }
    }

    private void feed(Chat chat) {
        UserName kai = UserName.of("kai");
        RoomName room = RoomName.of("<html><b>room");
        chat.model.onStateChanged(chat.client, ConnectionState.LIVE);
        chat.model.onRoomEntered(
                chat.client,
                new RoomState(room, acting, List.of(new Member(kai, RoomRole.OWNER, Presence.AWAY)), 1, 0, 1, acting));
        chat.model.onEvent(
                chat.client,
                ChatEvent.of(room, 1, Instant.EPOCH, Author.of(kai), new Content.Said(acting, false)),
                EventOrigin.LIVE);
        chat.model.onEvent(
                chat.client,
                ChatEvent.of(room, 2, Instant.EPOCH, Author.of(kai), new Content.Said(acting, true)),
                EventOrigin.LIVE);
        chat.model.onEvent(
                chat.client,
                ChatEvent.of(room, 3, Instant.EPOCH, Author.of(kai), new Content.Topic(acting + " ")),
                EventOrigin.LIVE);
        chat.model.onEvent(
                chat.client,
                ChatEvent.of(room, 4, Instant.EPOCH, Author.of(kai), new Content.Left(acting)),
                EventOrigin.LIVE);
        chat.model.onTyping(chat.client, room, UserName.of("lev"));
        chat.model.onNotice(chat.client, acting);
        chat.model.onRoomLeft(chat.client, RoomName.of("ops"), acting);
        chat.model.onDirectMessage(chat.client, RoomName.direct(1, 2), Optional.of(UserName.of("kai")), 1);
        chat.model.onRoomEntered(chat.client, new RoomState(RoomName.of("ops"), acting, List.of(), 1, 0, 1, acting));
        chat.model.onRoomLeft(chat.client, RoomName.of("ops"), acting);
        chat.model.onClosed(chat.client, CloseReason.SERVER_STOPPED, acting);
        chat.client.receipts.forEach(
                receipt -> receipt.completeExceptionally(ChatException.of(Refusal.NOT_ALLOWED, acting, null)));
    }

    /**
     * Lists, found messages, refusals and everything else that an answer can say, in lines, on the title and copied.
     */
    @Test
    void whatever_a_server_answers_is_shown_and_copied_as_it_is_written() {
        for (boolean refuses : new boolean[] {false, true}) {
            OnScreen.inEventThread(() -> {
                Theme.apply(false);
                Chat chat = new Chat();
                RoomName room = HostileClient.ROOM;
                ChatView view = new ChatView(
                        new Conversation(chat.model, new HostileClient(acting, refuses), "localhost:2120", true),
                        chat.clock,
                        ZoneOffset.UTC,
                        List.of(new Named()),
                        () -> {});
                Container window = shown(view);
                feed(chat);
                chat.model.onRoomEntered(
                        chat.client, new RoomState(room, acting, List.of(HostileClient.kai()), 1, 9, 10, acting));
                chat.model.onEvent(
                        chat.client,
                        ChatEvent.of(
                                room, 10, Instant.EPOCH, Author.of(HostileClient.KAI), new Content.Said(acting, false)),
                        EventOrigin.LIVE);
                chat.model.select(room);
                for (String line : List.of(
                        "/list",
                        "/names",
                        "/who " + room,
                        "/who-saw #9",
                        "/search word",
                        "/search",
                        "/history 50",
                        "/history #2",
                        "/topic",
                        "/topic other",
                        "/join other",
                        "/msg kai hi",
                        "/query kai",
                        "/me waves",
                        "hello",
                        "/ignore kai",
                        "/ignore",
                        "/unignore kai",
                        "/verify",
                        "/net",
                        "/away",
                        "/back",
                        "/help",
                        "/nonsense",
                        "/leave")) {
                    type(view, line);
                }
                PlainWalk walk = PlainWalk.of(window);
                assertThat(walk.texts).anyMatch(text -> text.contains("<img"));
                String title = DesktopWindow.title(chat.model);
                PlainWalk.assertReadable(title);
                ((JFrame) window).setTitle(title);
                for (JList<?> list : all(window, JList.class)) {
                    assertCopiedAsText(list);
                }
                return walk(window);
            });
        }
    }

    private static void type(ChatView view, String line) {
        JTextArea input = all(view, JTextArea.class).stream()
                .filter(area -> "chat.input".equals(area.getName()))
                .findFirst()
                .orElseThrow();
        input.setText(line);
        all(view, JButton.class).stream()
                .filter(button -> "chat.send".equals(button.getName()))
                .forEach(JButton::doClick);
    }

    /** Every key and menu that copies in a list of Swing, its own among them, gives plain text and nothing else. */
    private static void assertCopiedAsText(JList<?> list) throws Exception {
        list.setSelectionInterval(0, list.getModel().getSize() - 1);
        Clipboard clipboard = Toolkit.getDefaultToolkit().getSystemClipboard();
        for (Object key : list.getActionMap().allKeys()) {
            if (!String.valueOf(key).contains("copy")) {
                continue;
            }
            clipboard.setContents(new StringSelection(""), null);
            list.getActionMap().get(key).actionPerformed(new ActionEvent(list, 0, "copy"));
            Transferable content = clipboard.getContents(null);
            assertThat(content.getTransferDataFlavors())
                    .noneMatch(flavor -> flavor.getMimeType().contains("html"));
            String copied = (String) content.getTransferData(DataFlavor.stringFlavor);
            PlainWalk.assertReadable(copied);
            assertThat(copied.isEmpty()).as("%s", list.getName()).isEqualTo(list.isSelectionEmpty());
        }
    }

    private static <C extends Component> List<C> all(Component component, Class<C> type) {
        List<C> found = new ArrayList<>();
        if (type.isInstance(component)) {
            found.add(type.cast(component));
        }
        if (component instanceof Container container) {
            for (Component inner : container.getComponents()) {
                found.addAll(all(inner, type));
            }
        }
        return found;
    }

    @Test
    void refusals_of_a_sign_in_are_shown_as_they_are_written() {
        OnScreen.inEventThread(() -> {
            ConnectView connect = new ConnectView(request -> {}, () -> {});
            Container window = shown(connect);
            ConnectRequest request = ConnectRequest.of("localhost", "", "ada", "", RestoreChoice.NONE);
            for (Refusal refusal : Refusal.values()) {
                SignInFailure failure =
                        SignInFailure.of(ChatException.of(refusal, acting, null), request, Path.of("known_servers"));
                connect.failed(failure.sentence(), failure.field());
                assertThat(walk(window)).isGreaterThan(10);
            }
            return null;
        });
    }

    @Test
    void the_window_of_the_server_shows_it_as_it_is_written() {
        Worker worker = new Worker();
        OnScreen.inEventThread(() -> {
            LogView log = new LogView(ZoneOffset.UTC);
            ServerLog told = new ServerLog(Instant::now, log::add, () -> {});
            log.add(tell(told));
            log.showWords(true);
            assertThat(walk(shown(log))).isGreaterThan(5);
            MonitorWindow window = new MonitorWindow(
                    new ThemeControl(Theme.Choice.LIGHT, 100, worker, (choice, zoom) -> {}), worker, () -> {});
            window.open(listener -> {
                throw new IOException(acting);
            });
            return window;
        });
        worker.finish();
        OnScreen.inEventThread(() -> {
            for (Frame frame : Frame.getFrames()) {
                if ("monitor".equals(frame.getName())) {
                    assertThat(walk(frame)).isGreaterThan(20);
                    frame.dispose();
                }
            }
            return null;
        });
    }

    private List<LogEntry> tell(ChatServerListener told) {
        UserName kai = UserName.of("kai");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        told.onLoginRefused(NoServer.INSTANCE, acting, address, Refusal.WRONG_PASSWORD);
        told.onSignedOut(NoServer.INSTANCE, kai, CloseReason.SIGNED_OUT);
        told.onWarning(NoServer.INSTANCE, acting);
        return List.of(
                LogEntry.of(
                        Instant.EPOCH,
                        ChatEvent.of(
                                RoomName.LOBBY, 1, Instant.EPOCH, Author.of(kai), new Content.Said(acting, false))),
                LogEntry.of(
                        Instant.EPOCH,
                        ChatEvent.of(RoomName.LOBBY, 2, Instant.EPOCH, Author.of(kai), new Content.Left(acting))),
                LogEntry.of(
                        Instant.EPOCH,
                        ChatEvent.of(RoomName.LOBBY, 3, Instant.EPOCH, Author.of(kai), new Content.Topic(acting))),
                LogEntry.of(Instant.EPOCH, LogEntry.Kind.WARNING, acting));
    }

    private static Container shown(Container view) {
        JFrame frame = new JFrame();
        frame.getContentPane().add(view, BorderLayout.CENTER);
        frame.setSize(900, 700);
        frame.addNotify();
        frame.validate();
        frame.getContentPane().paint(new BufferedImage(900, 700, BufferedImage.TYPE_INT_ARGB).getGraphics());
        return frame;
    }

    private static int walk(Component component) {
        return PlainWalk.of(component).components;
    }

    private static final class Named extends AbstractAction {
        Named() {
            super("Theme");
        }

        @Override
        public void actionPerformed(ActionEvent e) {}
    }
}
