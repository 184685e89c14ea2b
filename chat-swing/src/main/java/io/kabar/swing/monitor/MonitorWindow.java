package io.kabar.swing.monitor;

import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.internal.text.LocalZone;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.server.ServerStats;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.daemon.control.ControlCommand;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.StopServerAction;
import io.kabar.swing.look.CopyField;
import io.kabar.swing.look.Logo;
import io.kabar.swing.look.Message;
import io.kabar.swing.settings.ThemeControl;
import io.kabar.swing.settings.Worker;
import java.awt.Dimension;
import java.awt.Toolkit;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.time.InstantSource;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** A server in a window: whether it runs, how to come in, and what happens there. Event thread only. */
public final class MonitorWindow {

    private static final int REFRESH_MILLIS = 1_000;

    private final JFrame frame = new JFrame("Kabar server");
    private final JLabel state = new JLabel();
    private final JLabel address = new JLabel();
    private final CopyField invitation = new CopyField("monitor.invitation", "Invitation");
    private final CopyField password = new CopyField("monitor.password", "Join password");
    private final Counters counters = new Counters();
    private final LogView log = new LogView(LocalZone.zone());
    private final CommandMenus menus = new CommandMenus(this::command);
    private final MonitorViews views = new MonitorViews(log, menus);
    private final ServerLog serverLog = new ServerLog(InstantSource.system(), log::add, this::stopped);
    private final Message message = new Message("monitor.message");
    private final Message question;
    private final JButton stop = new JButton(new StopServerAction(this::askToStop));
    private final Timer clockwork = new Timer(REFRESH_MILLIS, e -> refresh());
    private final Worker worker;
    private final Runnable onClosed;
    private @Nullable RunningServer server;
    private boolean closing;

    public MonitorWindow(ThemeControl theme, Worker worker, Runnable onClosed) {
        this.worker = worker;
        this.onClosed = onClosed;
        question = question();
        frame.setName("monitor");
        frame.setIconImages(Logo.images());
        frame.setDefaultCloseOperation(JFrame.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent e) {
                askToClose();
            }
        });
        theme.watch(frame);
        frame.setContentPane(content(theme));
        frame.setJMenuBar(menus.bar());
        state("Starting …", "wait");
        stop.setEnabled(false);
    }

    /** Shows itself and starts a server on the worker. */
    public void open(Starter starter) {
        Dimension screen = Toolkit.getDefaultToolkit().getScreenSize();
        frame.setSize(Math.min(UIScale.scale(940), screen.width), Math.min(UIScale.scale(640), screen.height - 40));
        frame.setMinimumSize(UIScale.scale(new Dimension(460, 380)));
        frame.setLocationRelativeTo(null);
        frame.setVisible(true);
        log.requestFocusInWindow();
        worker.run(() -> {
            try {
                RunningServer started = starter.start(serverLog);
                SwingUtilities.invokeLater(() -> started(started));
            } catch (IOException | RuntimeException e) {
                String sentence = VisibleText.of(e.getMessage() == null ? e.toString() : e.getMessage());
                SwingUtilities.invokeLater(() -> failed(sentence));
            }
        });
    }

    private void started(RunningServer started) {
        server = started;
        if (closing) {
            stopNow();
            return;
        }
        state("● Running", "good");
        address.setText(started.address());
        invitation.show(started.invitation());
        invitation.setVisible(true);
        started.newPassword().ifPresent(made -> {
            password.show(made);
            password.setVisible(true);
        });
        stop.setEnabled(true);
        serverLog.add(LogEntry.Kind.SERVER, "Running on " + started.address() + ".");
        views.serve(started);
        clockwork.start();
        refresh();
    }

    private void failed(String sentence) {
        state("■ Not running", "bad");
        message.bad(sentence);
    }

    private void refresh() {
        if (server != null) {
            counters.show(server.stats());
            views.refresh();
        }
    }

    private void command(ControlCommand command) {
        if (server == null) {
            message.bad("The server does not run.");
        } else {
            new CommandDialog(frame, server, command, views.fields(command), this::done).open();
        }
    }

    private void done(String sentence) {
        serverLog.add(LogEntry.Kind.SERVER, sentence);
        refresh();
    }

    private int connected() {
        ServerStats stats = server == null ? null : server.stats();
        return stats == null ? 0 : stats.sessions();
    }

    private void askToClose() {
        closing = true;
        if (server == null) {
            close();
        } else {
            askToStop();
        }
    }

    private void askToStop() {
        int people = connected();
        if (people == 0) {
            stopNow();
        } else {
            question.note((people == 1 ? "1 user is" : people + " users are")
                    + " connected. Stop the server all the same? They will be told.");
        }
    }

    private void keepRunning() {
        closing = false;
        question.clear();
    }

    private void stopNow() {
        question.clear();
        stop.setEnabled(false);
        RunningServer stopping = server;
        if (stopping != null) {
            state("Stopping …", "wait");
            worker.run(() -> {
                stopping.close();
                SwingUtilities.invokeLater(this::stopped);
            });
        }
    }

    private void stopped() {
        if (server != null) {
            server = null;
            clockwork.stop();
            stop.setEnabled(false);
            state("■ Stopped", "bad");
        }
        if (closing) {
            close();
        }
    }

    private void close() {
        if (frame.isDisplayable()) {
            clockwork.stop();
            frame.dispose();
            onClosed.run();
        }
    }

    private void state(String words, String color) {
        state.setText(words);
        state.putClientProperty("FlatLaf.style", "font: bold +1; foreground: $Kabar." + color);
    }

    private JPanel content(ThemeControl theme) {
        state.setName("monitor.state");
        address.setName("monitor.address");
        address.putClientProperty("FlatLaf.style", "foreground: $Kabar.muted");
        stop.setName("monitor.stop");
        JButton look = new JButton(theme.action());
        look.setName("monitor.theme");
        look.putClientProperty("JButton.buttonType", "toolBarButton");
        message.putClientProperty("FlatLaf.style", "arc: 8");
        question.putClientProperty("FlatLaf.style", "arc: 8");
        invitation.setVisible(false);
        password.setVisible(false);

        JPanel content =
                new JPanel(new MigLayout("insets 14 18 16 18, fill, wrap 1, hidemode 3, gapy 10", "[grow, fill]"));
        content.add(state, "split 4, growx 0");
        content.add(address, "gapleft 14, growx, pushx, wmin 0");
        content.add(look, "growx 0");
        content.add(stop, "growx 0");
        content.add(message, "wmin 0");
        content.add(question, "wmin 0");
        content.add(invitation, "wmin 0");
        content.add(password, "wmin 0");
        content.add(counters, "wmin 0");
        content.add(views, "hmin 0, wmin 0, push, grow");
        return content;
    }

    private Message question() {
        JPanel choices = new JPanel(new MigLayout("insets 0", "[][]"));
        JButton yes = new JButton(new StopServerAction(this::stopNow));
        yes.setName("monitor.stop.yes");
        yes.setText("Stop the server");
        JButton no = new JButton(new CancelAction(this::keepRunning));
        no.setName("monitor.stop.no");
        no.setText("Keep it running");
        choices.add(yes);
        choices.add(no);
        return new Message("monitor.question").with(choices);
    }

    /** Starts the server of this window; may block. */
    public interface Starter {
        RunningServer start(ChatServerListener listener) throws IOException;
    }
}
