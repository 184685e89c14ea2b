package io.kabar.swing.monitor;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.internal.text.LocalZone;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.server.ServerStats;
import io.kabar.chat.view.words.Refusals;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.ControlCommand;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.actions.StopServerAction;
import io.kabar.swing.look.CopyField;
import io.kabar.swing.look.Logo;
import io.kabar.swing.look.Message;
import io.kabar.swing.settings.ThemeControl;
import io.kabar.swing.settings.Worker;
import java.awt.Dimension;
import java.awt.Toolkit;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** A server in a window: whether it runs, how to come in, and what happens there. Event thread only. */
public final class MonitorWindow {

    private static final int REFRESH_MILLIS = 1_000;
    /** In a window that is lower than this, what happens matters more than how much. */
    private static final int ROOM_FOR_RATES = 460;

    private final JFrame frame = new JFrame("Kabar server");
    private final JLabel state = new JLabel();
    private final JLabel address = new JLabel();
    private final JLabel uptime = new JLabel();
    private final CopyField invitation = new CopyField("monitor.invitation", "Invitation");
    private final CopyField password = new CopyField("monitor.password", "Join password");
    private final Counters counters = new Counters();
    private final Rates rates = new Rates();
    private final QrCodeView qr = new QrCodeView();
    private final JToggleButton showQr = new JToggleButton(new RunAction("QR code", this::showQr));
    private final JTextField everybody = new JTextField();
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
    private @Nullable Starter starter;
    private Instant since = Instant.EPOCH;
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
        this.starter = starter;
        start(starter);
    }

    private void start(Starter how) {
        message.clear();
        state("Starting \u2026", "wait");
        stop.setEnabled(false);
        worker.run(() -> {
            try {
                RunningServer started = how.start(serverLog);
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
        since = Instant.now();
        state("● Running", "good");
        stop.setAction(new StopServerAction(this::askToStop));
        everybody.setEnabled(true);
        qr.show(started.invitation());
        showQr.setVisible(true);
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
        offerStart();
    }

    /** The button that stops a server starts one while none runs. */
    private void offerStart() {
        stop.setAction(new RunAction("Start", () -> {
            if (starter != null) {
                start(starter);
            }
        }));
        stop.setEnabled(true);
        everybody.setEnabled(false);
    }

    private void showQr() {
        qr.setVisible(showQr.isSelected());
        qr.revalidate();
    }

    private void tellEverybody() {
        String text = everybody.getText().strip();
        RunningServer running = server;
        if (text.isEmpty() || running == null) {
            return;
        }
        everybody.setText("");
        var unused = running.command(List.of("broadcast", text), false)
                .thenAccept(answer -> SwingUtilities.invokeLater(() ->
                        done(answer instanceof Answer.Done ? "Told everybody: " + text : "Nobody was told: " + text)));
    }

    private void refresh() {
        if (server != null) {
            ServerStats stats = server.stats();
            Instant now = Instant.now();
            counters.show(stats);
            rates.show(stats, now);
            uptime.setText("for " + Refusals.words(Duration.between(since, now)));
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
            state("■ Stopped", "bad");
            rates.clear();
            views.unserve();
            invitation.setVisible(false);
            password.setVisible(false);
            showQr.setVisible(false);
            qr.setVisible(false);
            address.setText("");
            uptime.setText("");
            offerStart();
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
        uptime.setName("monitor.uptime");
        uptime.putClientProperty("FlatLaf.style", "foreground: $Kabar.muted");
        stop.setName("monitor.stop");
        JButton look = new JButton(theme.action());
        look.setName("monitor.theme");
        look.putClientProperty("JButton.buttonType", "toolBarButton");
        message.putClientProperty("FlatLaf.style", "arc: 8");
        question.putClientProperty("FlatLaf.style", "arc: 8");
        invitation.setVisible(false);
        password.setVisible(false);
        showQr.setName("monitor.qr.show");
        showQr.setVisible(false);
        qr.setVisible(false);
        everybody.setName("monitor.everybody");
        everybody.putClientProperty(
                FlatClientProperties.PLACEHOLDER_TEXT, "Say to everyone who is signed in \u2026 (Enter)");
        everybody.getAccessibleContext().setAccessibleName("Say to everyone");
        everybody.addActionListener(new RunAction("Say to everyone", this::tellEverybody));
        everybody.setEnabled(false);

        JPanel content =
                new JPanel(new MigLayout("insets 14 18 16 18, fill, wrap 1, hidemode 3, gapy 10", "[grow, fill]"));
        content.add(state, "split 5, growx 0");
        content.add(address, "gapleft 14, growx 0, wmin 0");
        content.add(uptime, "gapleft 10, growx, pushx, wmin 0");
        content.add(look, "growx 0");
        content.add(stop, "growx 0");
        content.add(message, "wmin 0");
        content.add(question, "wmin 0");
        content.add(invitation, "split 2, growx, pushx, wmin 0");
        content.add(showQr, "growx 0");
        content.add(qr, "growx 0");
        content.add(password, "wmin 0");
        content.add(counters, "wmin 0");
        content.add(rates, "wmin 0");
        content.add(views, "hmin 0, wmin 0, push, grow");
        content.add(everybody, "wmin 0");
        content.addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent e) {
                rates.setVisible(content.getHeight() >= UIScale.scale(ROOM_FOR_RATES));
            }
        });
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
