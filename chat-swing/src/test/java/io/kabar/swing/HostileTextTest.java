package io.kabar.swing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.swing.ConnectRequest.Field;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.event.ActionEvent;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBoxMenuItem;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JEditorPane;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JRadioButton;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JToggleButton;
import javax.swing.JToolTip;
import javax.swing.JTree;
import javax.swing.ListCellRenderer;
import javax.swing.UIManager;
import javax.swing.border.TitledBorder;
import javax.swing.plaf.basic.BasicHTML;
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

    @BeforeEach
    void setTrap() throws IOException {
        trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        hostile = "<html><img src='http://127.0.0.1:" + trap.getLocalPort() + "/x'>";
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
                chat.actions.firstContact = true;
                ChatView view = new ChatView(
                        new Conversation(chat.model, chat.actions, room -> {}, hostile, true),
                        chat.clock,
                        ZoneOffset.UTC,
                        new Named(),
                        () -> {});
                Container window = shown(view);
                feed(chat);
                assertThat(walk(window)).isGreaterThan(30);
                chat.model.onClosed(CloseReason.SERVER_STOPPED, hostile);
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
        chat.model.onStateChanged(ConnectionState.LIVE);
        chat.model.onRoomEntered(
                new RoomState(room, hostile, List.of(new Member(kai, Role.OWNER, Presence.AWAY)), 1, 0, 1, hostile));
        chat.model.onEvent(new ChatEvent.Said(room, 1, Instant.EPOCH, kai, hostile, false), false);
        chat.model.onEvent(new ChatEvent.Said(room, 2, Instant.EPOCH, kai, hostile, true), false);
        chat.model.onEvent(new ChatEvent.Topic(room, 3, Instant.EPOCH, kai, hostile + " "), false);
        chat.model.onEvent(new ChatEvent.Left(room, 4, Instant.EPOCH, kai, hostile), false);
        chat.model.onTyping(room, UserName.of("lev"));
        chat.model.onNotice(hostile);
        chat.model.onRoomLeft(RoomName.of("ops"), hostile);
        chat.model.onDirectMessage(RoomName.of("@ada@kai"), 1);
        chat.model.onRoomEntered(new RoomState(RoomName.of("ops"), hostile, List.of(), 1, 0, 1, hostile));
        chat.model.onRoomLeft(RoomName.of("ops"), hostile);
        chat.model.onClosed(CloseReason.SERVER_STOPPED, hostile);
        chat.actions.receipts.forEach(
                receipt -> receipt.completeExceptionally(ChatException.of(Refusal.NOT_ALLOWED, hostile, null)));
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
            MonitorWindow window =
                    new MonitorWindow(new ThemeControl(Theme.Choice.LIGHT, worker, choice -> {}), worker, () -> {});
            window.open(listener -> {
                throw new IOException(hostile);
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
        told.onLoginRefused(hostile, address, hostile);
        told.onSignedOut(kai, hostile);
        told.onWarning(hostile);
        return List.of(
                LogEntry.of(Instant.EPOCH, new ChatEvent.Said(RoomName.LOBBY, 1, Instant.EPOCH, kai, hostile, false)),
                LogEntry.of(Instant.EPOCH, new ChatEvent.Left(RoomName.LOBBY, 2, Instant.EPOCH, kai, hostile)),
                LogEntry.of(Instant.EPOCH, new ChatEvent.Topic(RoomName.LOBBY, 3, Instant.EPOCH, kai, hostile)),
                LogEntry.of(Instant.EPOCH, LogEntry.Kind.WARNING, hostile));
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

    /** Looks at a component, all that is in it, what it renders with and what it shows who points at it. */
    private static int walk(Component component) {
        AtomicInteger checked = new AtomicInteger();
        walk(component, checked);
        return checked.get();
    }

    private static void walk(Component component, AtomicInteger checked) {
        assertThat(component).isNotInstanceOfAny(JEditorPane.class, JTabbedPane.class);
        if (component instanceof JComponent one) {
            checked.incrementAndGet();
            if (UIManager.get(one.getUIClassID()) != null) { // whatever a look draws
                assertThat(one.getClientProperty("html.disable")).as("%s", one).isEqualTo(true);
            }
            assertThat(one.getClientProperty(BasicHTML.propertyKey))
                    .as("%s", one)
                    .isNull();
            if (one.getBorder() instanceof TitledBorder titled) {
                titled.getMinimumSize(one);
            }
            if (!(one instanceof JToolTip)) {
                JToolTip tip = one.createToolTip();
                tip.setTipText(one.getToolTipText(new MouseEvent(one, 0, 0, 0, 5, 5, 0, false)));
                walk(tip, checked);
            }
        }
        if (component instanceof JList<?> list) {
            walkRows(list, checked);
        }
        if (component instanceof JTable table) {
            walk(table.prepareRenderer(table.getCellRenderer(0, 0), 0, 0), checked);
        }
        if (component instanceof JMenu menu) {
            walk(menu.getPopupMenu(), checked);
        }
        if (component instanceof Container container) {
            for (Component inner : container.getComponents()) {
                walk(inner, checked);
            }
        }
    }

    private static <E> void walkRows(JList<E> list, AtomicInteger checked) {
        ListCellRenderer<? super E> renderer = list.getCellRenderer();
        for (int i = 0; i < list.getModel().getSize(); i++) {
            walk(
                    renderer.getListCellRendererComponent(list, list.getModel().getElementAt(i), i, false, false),
                    checked);
        }
    }

    private static final class Named extends AbstractAction {
        Named() {
            super("Theme");
        }

        @Override
        public void actionPerformed(ActionEvent e) {}
    }
}
