package io.kabar.swing;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.server.ServerStats;
import io.kabar.daemon.control.Answer;
import io.kabar.swing.chat.ChatView;
import io.kabar.swing.chat.Conversation;
import io.kabar.swing.connect.ConnectRequest;
import io.kabar.swing.connect.ConnectView;
import io.kabar.swing.look.Theme;
import io.kabar.swing.monitor.MonitorWindow;
import io.kabar.swing.monitor.RunningServer;
import io.kabar.swing.settings.ThemeControl;
import io.kabar.swing.settings.Worker;
import io.kabar.swing.transcript.Timeline;
import io.kabar.swing.transcript.TranscriptView;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;

/**
 * Draws the desktop in its main states into files, light and dark, at 100 and 200 %: for the documents, and for whoever
 * has changed how it looks. {@code chat-swing/pictures} runs it.
 */
public final class Pictures {

    private static final Author MIRA = Author.of(UserName.of("mira"));
    private static final Author ORI = Author.of(UserName.of("ori"));
    private static final Author ADA = Author.of(UserName.of("ada"));

    /** As the virtual machine was told, so that letters are measured as they are drawn. */
    private static final int SCALE = Integer.getInteger("sun.java2d.uiScale", 1);

    private final Path folder;
    private final List<String> wanted;

    private Pictures(Path folder, List<String> wanted) {
        this.folder = folder;
        this.wanted = wanted;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        Pictures pictures = new Pictures(folder, List.of(arguments).subList(1, arguments.length));
        for (boolean dark : new boolean[] {false, true}) {
            pictures.chat("chat", dark, new Dimension(1080, 720), view -> {});
            pictures.chat("narrow", dark, new Dimension(470, 640), view -> {});
            pictures.chat("focused", dark, new Dimension(1080, 720), view -> {
                TranscriptView transcript = find(view, TranscriptView.class, "chat.transcript");
                transcript.jumpTo(10);
            });
            pictures.chat("emoji", dark, new Dimension(1080, 720), view -> {
                TranscriptView transcript = find(view, TranscriptView.class, "chat.transcript");
                transcript.jumpTo(10);
                press(transcript.lines(), '=');
            });
            pictures.chat("reply", dark, new Dimension(1080, 720), view -> {
                TranscriptView transcript = find(view, TranscriptView.class, "chat.transcript");
                transcript.jumpTo(10);
                press(transcript.lines(), 'r');
                find(view, JTextArea.class, "chat.input").setText("tagging at ten");
            });
            pictures.chat("quick", dark, new Dimension(1080, 720), view -> press(view, KeyEvent.VK_K));
            pictures.chat("find", dark, new Dimension(1080, 720), view -> {
                press(view, KeyEvent.VK_F);
                JTextField words = find(view, JTextField.class, "chat.find.words");
                words.setText("build");
                words.postActionEvent();
            });
            pictures.chat("write", dark, new Dimension(1080, 720), view -> {
                find(view, JTextArea.class, "chat.input").setText("👍 done, see you at the party 🎉\nand bring ☕, @m");
            });
            pictures.chat("help", dark, new Dimension(1080, 720), view -> type(view, "/help"));
            pictures.connect(dark);
            pictures.monitor(dark);
            pictures.chat("scrolled", dark, new Dimension(900, 500), view -> {
                TranscriptView transcript = find(view, TranscriptView.class, "chat.transcript");
                transcript.page(-1);
            });
        }
        System.exit(0);
    }

    private void chat(String name, boolean dark, Dimension size, Consumer<ChatView> then) throws Exception {
        for (int scale : new int[] {SCALE}) {
            String file = file(name, dark, scale);
            if (!isWanted(file)) {
                continue;
            }
            JFrame[] frame = new JFrame[1];
            SwingUtilities.invokeAndWait(() -> {
                Theme.apply(dark);
                Chat chat = talk();
                ChatView view = new ChatView(
                        new Conversation(chat.model, chat.client, "chat.example.org:2120", true),
                        chat.clock,
                        ZoneOffset.UTC,
                        List.of(),
                        () -> {});
                frame[0] = new JFrame("Kabar");
                frame[0].setContentPane(view);
                frame[0].setSize(size);
                frame[0].setVisible(true);
                view.focus();
            });
            settle();
            SwingUtilities.invokeAndWait(() -> then.accept((ChatView) frame[0].getContentPane()));
            settle();
            SwingUtilities.invokeAndWait(() -> {
                draw(frame[0], scale, folder.resolve(file));
                frame[0].dispose();
            });
        }
    }

    private void connect(boolean dark) throws Exception {
        for (int scale : new int[] {SCALE}) {
            String file = file("connect", dark, scale);
            if (isWanted(file)) {
                SwingUtilities.invokeAndWait(() -> {
                    Theme.apply(dark);
                    ConnectView view = new ConnectView(request -> {}, () -> {});
                    view.recent(List.of(
                            new ConnectView.Recent("kabar://chat.example.org#KEY", "ada"),
                            new ConnectView.Recent("lab-7.local", "ada")));
                    view.prefill("kabar://chat.example.org/general#mNqAtLHJnWkjBiCDAKxzMw", "ada");
                    view.failed(
                            "Nobody answers at chat.example.org:2120. Check the address. The server may be stopped,"
                                    + " or a firewall may hold back UDP.",
                            ConnectRequest.Field.SERVER);
                    show("Kabar", view, new Dimension(900, 640));
                });
                settle();
                SwingUtilities.invokeAndWait(() -> drawAndClose(scale, file));
            }
        }
    }

    private void monitor(boolean dark) throws Exception {
        for (int scale : new int[] {SCALE}) {
            String file = file("monitor", dark, scale);
            if (isWanted(file)) {
                Worker worker = new Worker();
                AtomicReference<ChatServerListener> log = new AtomicReference<>();
                SwingUtilities.invokeAndWait(() -> {
                    ThemeControl theme = new ThemeControl(
                            dark ? Theme.Choice.DARK : Theme.Choice.LIGHT, 100, worker, (choice, zoom) -> {});
                    new MonitorWindow(theme, worker, () -> {}).open(listener -> {
                        log.set(listener);
                        return new BusyServer();
                    });
                });
                worker.finish();
                settle();
                tell(Objects.requireNonNull(log.get(), "opened"));
                Thread.sleep(4_200); // for its rates, which are taken each second
                settle();
                SwingUtilities.invokeAndWait(() -> drawAndClose(scale, file));
            }
        }
    }

    private static void tell(ChatServerListener log) {
        InetSocketAddress home = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_123);
        for (Author who : List.of(MIRA, ORI, ADA)) {
            log.onSignedIn(NoServer.INSTANCE, who.name(), home);
            log.onEvent(NoServer.INSTANCE, ChatEvent.of(Chat.GENERAL, 1, Instant.EPOCH, who, new Content.Joined()));
        }
        log.onEvent(
                NoServer.INSTANCE,
                ChatEvent.of(Chat.GENERAL, 4, Instant.EPOCH, MIRA, new Content.Said("hello", false)));
        log.onRoamed(
                NoServer.INSTANCE, ORI.name(), home, new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_200));
        log.onLoginRefused(NoServer.INSTANCE, "kai", home, Refusal.WRONG_PASSWORD);
        log.onWarning(NoServer.INSTANCE, "The disk of the data folder has 900 MB left.");
    }

    /** A server that has done much, and does more each time one looks. */
    private static final class BusyServer implements RunningServer {
        private long asked;

        @Override
        public String address() {
            return "0.0.0.0:2120";
        }

        @Override
        public String invitation() {
            return "kabar://chat.example.org/general#mNqAtLHJnWkjBiCDAKxzMw";
        }

        @Override
        public Optional<String> newPassword() {
            return Optional.empty();
        }

        @Override
        public ServerStats stats() {
            asked++;
            long events = 12_345 + asked * 12 + asked % 3 * 7;
            return new ServerStats(
                    9, 0, 4, events, events * 8, 0, 0, 0, 0, 12, 3, 1, 2, 0, Map.of("REPLAYED", 2L), 0, 0, 0);
        }

        @Override
        public CompletableFuture<Answer> command(List<String> words, boolean yes) {
            return CompletableFuture.completedFuture(new Answer.Misuse("not here"));
        }

        @Override
        public void close() {
            // Nothing runs.
        }
    }

    private static String file(String name, boolean dark, int scale) {
        return name + (dark ? "-dark" : "-light") + (scale > 1 ? "@" + scale : "") + ".png";
    }

    private boolean isWanted(String file) {
        return wanted.isEmpty() || wanted.stream().anyMatch(file::contains);
    }

    private static void show(String title, Container view, Dimension size) {
        JFrame frame = new JFrame(title);
        frame.setContentPane(view);
        frame.setSize(size);
        frame.setVisible(true);
    }

    /** Of the one window that is open. */
    private void drawAndClose(int scale, String file) {
        for (Frame frame : Frame.getFrames()) {
            if (frame.isShowing() && frame instanceof JFrame shown) {
                draw(shown, scale, folder.resolve(file));
                shown.dispose();
            }
        }
    }

    private static void settle() throws Exception {
        for (int i = 0; i < 6; i++) {
            SwingUtilities.invokeAndWait(() -> {});
        }
    }

    private static void draw(JFrame frame, int scale, Path file) {
        Component root = frame.getRootPane();
        BufferedImage image =
                new BufferedImage(root.getWidth() * scale, root.getHeight() * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.scale(scale, scale);
        root.paint(g);
        g.dispose();
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void type(ChatView view, String line) {
        find(view, JTextArea.class, "chat.input").setText(line);
        find(view, javax.swing.JButton.class, "chat.send").doClick();
    }

    private static void press(ChatView view, int key) {
        KeyStroke stroke = KeyStroke.getKeyStroke(key, InputEvent.CTRL_DOWN_MASK);
        Object action =
                view.getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).get(stroke);
        view.getActionMap().get(action).actionPerformed(null);
    }

    private static void press(Timeline timeline, char letter) {
        for (java.awt.event.KeyListener listener : timeline.getKeyListeners()) {
            listener.keyTyped(new KeyEvent(timeline, KeyEvent.KEY_TYPED, 0, 0, KeyEvent.VK_UNDEFINED, letter));
        }
    }

    private static <C extends Component> C find(Container in, Class<C> type, String name) {
        for (Component one : in.getComponents()) {
            if (type.isInstance(one) && name.equals(one.getName())) {
                return type.cast(one);
            }
            C inner = one instanceof Container container ? findOrNull(container, type, name) : null;
            if (inner != null) {
                return inner;
            }
        }
        throw new IllegalStateException("no " + name);
    }

    private static <C extends Component> @org.jspecify.annotations.Nullable C findOrNull(
            Container in, Class<C> type, String name) {
        try {
            return find(in, type, name);
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** A morning in a room: everything that a line may be. */
    private static Chat talk() {
        Chat chat = new Chat().entered(Chat.GENERAL).entered(Chat.OPS);
        chat.member(Chat.GENERAL, "mira", RoomRole.OWNER);
        chat.topic(Chat.GENERAL, "mira", "Release Friday, freeze Wednesday");
        for (int i = 0; i < 3; i++) {
            chat.said(
                    Chat.GENERAL,
                    "ori",
                    List.of("morning", "coffee first ☕", "then the release").get(i));
            chat.later(Duration.ofMinutes(7));
        }
        chat.said(Chat.GENERAL, "mira", "build is green again 🎉");
        chat.later(Duration.ofMinutes(1));
        answer(chat, ORI, 5, "nice. tagging 1.4 as soon as https://ci.example.org/builds/4711 is through");
        chat.joined(Chat.GENERAL, "tam");
        chat.joined(Chat.GENERAL, "lev");
        chat.left(Chat.GENERAL, "kai");
        chat.later(Duration.ofMinutes(12));
        chat.said(Chat.GENERAL, "tam", "@ada can you look at 212? The log says `connection reset` each time");
        chat.said(
                Chat.GENERAL,
                "tam",
                "here is all of it:\n```\n$ kabar tail demo.local -u tam\nlive  0.8 ms  0 % loss\nreset by peer\n```");
        amend(chat, new Amendment.Reacted("👍", false), ORI, 10);
        amend(chat, new Amendment.Reacted("👍", false), ADA, 10);
        amend(chat, new Amendment.Reacted("👀", false), MIRA, 10);
        chat.said(Chat.GENERAL, "ada", "on it");
        chat.later(Duration.ofMinutes(2));
        answer(chat, ADA, 11, "found it: an old firewall rule. Fixed, and there is a test for it now");
        amend(chat, new Amendment.Edited("found it: an old firewall rule. Fixed, and there is a test for it"), ADA, 16);
        chat.said(Chat.GENERAL, "kai", "buy cheap things at http://spam.example");
        amend(chat, new Amendment.Deleted("off topic"), MIRA, 18);
        chat.said(Chat.GENERAL, "noa", "שלום לכולם, how is the build?");
        chat.said(
                Chat.GENERAL,
                "mira",
                "Green since nine. If you have a minute, read the notes: they are longer than usual because"
                        + " the wire format has changed, and everybody who writes a bot should know what that means"
                        + " for them. 👩‍💻");
        RoomName talk = RoomName.direct(1, 3);
        chat.model.onDirectMessage(chat.client, talk, Optional.of(UserName.of("kai")), 7);
        chat.said(Chat.OPS, "ori", "disk is full");
        chat.said(Chat.OPS, "ori", "ada: look");
        chat.model.onTyping(chat.client, Chat.GENERAL, UserName.of("ori"));
        chat.model.onStateChanged(chat.client, ConnectionState.LIVE);
        return chat;
    }

    private static void answer(Chat chat, Author who, long target, String text) {
        chat.happens(Chat.GENERAL, who, target, new Content.Said(text, false));
    }

    private static void amend(Chat chat, Content content, Author who, long target) {
        chat.happens(Chat.GENERAL, who, target, content);
    }
}
