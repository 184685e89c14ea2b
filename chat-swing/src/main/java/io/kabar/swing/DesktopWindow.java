package io.kabar.swing;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.text.LocalZone;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.TranscriptLine.Notice;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.chat.view.words.Refusals;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.chat.ChatView;
import io.kabar.swing.chat.Notifier;
import io.kabar.swing.chat.RoomsKept;
import io.kabar.swing.connect.ConnectRequest;
import io.kabar.swing.connect.ConnectView;
import io.kabar.swing.connect.SignIn;
import io.kabar.swing.connect.SignInFailure;
import io.kabar.swing.look.Logo;
import io.kabar.swing.settings.Settings;
import io.kabar.swing.settings.ThemeControl;
import io.kabar.swing.settings.Worker;
import java.awt.BorderLayout;
import java.awt.Desktop;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.swing.Action;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** The desktop's one window: the connect view until one is signed in, then the chat. Event thread only. */
final class DesktopWindow {

    private final JFrame frame = new JFrame("Kabar");
    private final Worker worker;
    private final UserFolders folders;
    private final InstantSource clock = InstantSource.system();
    private final ThemeControl theme;
    private final ConnectView connect;
    private final Action notifying = new RunAction("Tell me when I am named", this::switchNotifying);
    private final DesktopBell bell = new DesktopBell(frame);
    private final Runnable onClosed;
    private Settings settings;
    private @Nullable SignIn attempt;
    private volatile SignIn.@Nullable SignedIn signedIn;
    private @Nullable ChatView chat;

    DesktopWindow(Settings settings, UserFolders folders, Worker worker, Runnable onClosed) {
        this.settings = settings;
        this.folders = folders;
        this.worker = worker;
        this.onClosed = onClosed;
        // Before the first component, which takes its looks from it.
        theme = new ThemeControl(
                settings.theme(),
                settings.zoom(),
                worker,
                (choice, percent) -> remember(this.settings.with(choice, percent)));
        connect = new ConnectView(this::connect, this::giveUp);
        notifying.putValue(Action.SELECTED_KEY, settings.notifies());
        frame.setName("desktop");
        frame.setIconImages(Logo.images());
        frame.setDefaultCloseOperation(JFrame.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new Watcher());
        closeOnQuit();
        theme.watch(frame);
        bind(theme.action());
        theme.textSizes().forEach(this::bind);
    }

    /** Shows the connect view, filled in as far as {@code link} and the last time tell. */
    void open(String link) {
        connect.recent(settings.visits().stream()
                .map(visit -> new ConnectView.Recent(visit.server(), visit.name()))
                .toList());
        Optional<Settings.Visit> last = settings.visits().stream().findFirst();
        connect.prefill(
                link.isEmpty() ? last.map(Settings.Visit::server).orElse("") : link,
                last.map(Settings.Visit::name).orElse(""));
        present(connect);
        frame.getRootPane().setDefaultButton(connect.defaultButton());
        Dimension screen = Toolkit.getDefaultToolkit().getScreenSize();
        frame.setSize(Math.min(UIScale.scale(1080), screen.width), Math.min(UIScale.scale(740), screen.height - 40));
        frame.setMinimumSize(UIScale.scale(new Dimension(380, 460)));
        frame.setLocationRelativeTo(null);
        settings.window()
                .map(place -> new Rectangle(place.x(), place.y(), place.width(), place.height()))
                .filter(place -> new Rectangle(screen).intersects(place))
                .ifPresent(frame::setBounds);
        frame.setVisible(true);
    }

    private void connect(ConnectRequest request) {
        connect.busy(true);
        SignIn signIn = new SignIn(request, folders, worker, clock);
        attempt = signIn;
        signIn.start(entered -> enter(request, entered), this::failed);
    }

    private void giveUp() {
        if (attempt != null) {
            attempt.giveUp();
            attempt = null;
            connect.ended("Not connected.");
        }
    }

    private void failed(SignInFailure failure) {
        attempt = null;
        connect.failed(failure.sentence(), failure.field());
    }

    private void enter(ConnectRequest request, SignIn.SignedIn entered) {
        attempt = null;
        signedIn = entered;
        connect.busy(false);
        ChatModel model = entered.conversation().model();
        List<String> before =
                settings.rooms(request.server().toString(), request.name().text());
        remember(settings.visiting(request.server().toString(), request.name().text(), before));
        model.observe(new Titles(model));
        model.observe(new Notifier(model, () -> settings.notifies() && !frame.isFocused(), bell::ring));
        model.setWatching(frame.isFocused());
        ChatView view = new ChatView(entered.conversation(), clock, LocalZone.zone(), windowActions(), this::signOut);
        chat = view;
        present(view);
        view.focus();
        RoomsKept kept = new RoomsKept(
                model,
                rooms -> remember(settings.visiting(
                        request.server().toString(), request.name().text(), rooms)));
        enterAll(entered, request, before, kept);
        model.observe(kept);
    }

    /** The room that was asked for, and those of the last time behind it. */
    private static void enterAll(SignIn.SignedIn entered, ConnectRequest request, List<String> before, RoomsKept kept) {
        ChatModel model = entered.conversation().model();
        Set<RoomName> rooms = new LinkedHashSet<>(List.of(request.room()));
        before.forEach(room -> parsed(room).ifPresent(rooms::add));
        for (RoomName room : rooms) {
            kept.await(room);
            join(entered, room, request.restore().history(model.usualHistory(room)), kept);
        }
    }

    private static void join(SignIn.SignedIn entered, RoomName room, JoinHistory history, RoomsKept kept) {
        ChatModel model = entered.conversation().model();
        var unused = entered.conversation()
                .client()
                .join(room, model.having(room, history))
                .whenComplete((state, failure) -> SwingUtilities.invokeLater(() -> {
                    if (failure != null) {
                        model.notice(Notice.Kind.FAILURE, Refusals.sentence(failure));
                    }
                    if (model.closed().isEmpty()) {
                        kept.settled(room);
                    }
                }));
    }

    private List<Action> windowActions() {
        List<Action> actions = new ArrayList<>(List.of(theme.action()));
        actions.addAll(theme.textSizes());
        actions.add(notifying);
        return actions;
    }

    private void switchNotifying() {
        remember(settings.notifying(Boolean.TRUE.equals(notifying.getValue(Action.SELECTED_KEY))));
    }

    /** A name that was kept; one that somebody has written into the file by hand may be none. */
    private static Optional<RoomName> parsed(String text) {
        try {
            return Optional.of(RoomName.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Back to the connect view; the client says goodbye meanwhile. */
    private void signOut() {
        leave();
        frame.setTitle("Kabar");
        connect.ended("You are signed out.");
        present(connect);
        connect.focus();
    }

    private void leave() {
        SignIn.SignedIn leaving = signedIn;
        if (leaving != null) {
            signedIn = null;
            chat = null;
            worker.run(leaving::close);
        }
    }

    /** Tells the server at the end of the program, if the window was not closed before. Any thread; waits a moment. */
    void hangUp() {
        SignIn.SignedIn leaving = signedIn;
        if (leaving != null) {
            leaving.close();
        }
    }

    private void closeOrAsk() {
        ChatView view = chat;
        if (view == null) {
            close();
        } else {
            view.leave(this::close);
        }
    }

    /** Where a system ends programs by a menu or key of its own (Cmd+Q), that is closing the window. */
    private void closeOnQuit() {
        if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.APP_QUIT_HANDLER)) {
            Desktop.getDesktop().setQuitHandler((event, quit) -> {
                quit.cancelQuit(); // the program ends by itself once the window is closed
                SwingUtilities.invokeLater(this::closeOrAsk);
            });
        }
    }

    private void close() {
        giveUp();
        leave();
        bell.close();
        Rectangle place = frame.getBounds();
        remember(settings.at(new Settings.WindowPlace(place.x, place.y, place.width, place.height)));
        frame.setVisible(false);
        frame.dispose();
        onClosed.run();
    }

    private void present(JComponent view) {
        frame.getContentPane().removeAll();
        frame.getContentPane().add(view, BorderLayout.CENTER);
        frame.revalidate();
        frame.repaint();
    }

    private void remember(Settings next) {
        settings = next;
        worker.run(() -> next.write(Settings.file(folders)));
    }

    /** What waits to be read, where one is, and as whom. */
    static String title(ChatModel model) {
        int unread = model.rooms().stream().mapToInt(RoomModel::unread).sum();
        String where = model.current().map(RoomModel::title).orElse("no room");
        return (unread == 0 ? "" : "(" + unread + ") ") + where + " · " + model.self() + " · Kabar";
    }

    private void bind(Action action) {
        frame.getRootPane()
                .getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
                .put((KeyStroke) action.getValue(Action.ACCELERATOR_KEY), action);
        frame.getRootPane().getActionMap().put(action, action);
    }

    /** Tells the model whether somebody looks, and leaves when the window is closed. */
    private final class Watcher extends WindowAdapter {
        @Override
        public void windowActivated(WindowEvent e) {
            look(true);
        }

        @Override
        public void windowDeactivated(WindowEvent e) {
            look(false);
        }

        @Override
        public void windowClosing(WindowEvent e) {
            closeOrAsk();
        }

        private void look(boolean looking) {
            if (signedIn != null) {
                signedIn.conversation().model().setWatching(looking);
            }
        }
    }

    /** What waits to be read, in the window's title, where a task bar shows it. */
    private final class Titles implements ModelObserver {
        private final ChatModel model;

        Titles(ChatModel model) {
            this.model = model;
        }

        @Override
        public void onChanged(Change change, @Nullable RoomName room) {
            if (change == Change.ROOMS && signedIn != null) {
                frame.setTitle(title(model));
            }
        }
    }
}
