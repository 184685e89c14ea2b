package io.kabar.swing.chat;

import io.kabar.chat.client.ConnectionInfo;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.Status;
import io.kabar.chat.view.Wording;
import io.kabar.swing.look.Theme;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import javax.swing.JLabel;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;

/** Answers three questions: am I connected, who is writing, is it safe. */
final class StatusBar extends JPanel {

    private final JLabel connection = label("chat.status.connection");
    private final JLabel quality = label("chat.status.quality");
    private final JLabel writing = label("chat.status.writing");
    private final JLabel safety = label("chat.status.safety");
    private final Supplier<ConnectionInfo> info;
    private final InstantSource clock;

    StatusBar(Supplier<ConnectionInfo> info, InstantSource clock) {
        super(new MigLayout("insets 5 16 6 16, fillx", "[]12[]16[grow, fill]16[]", "[center]"));
        this.info = info;
        this.clock = clock;
        setName("chat.status");
        safety.setToolTipText("Every packet is encrypted with AES-256-GCM. /verify shows the whole key to compare.");
        add(connection);
        add(quality);
        add(writing, "wmin 0");
        add(safety);
    }

    void show(ChatModel model) {
        Status status = model.status();
        connection.setText(status.kind().mark() + " " + status.words());
        // As a style, so that it stays when the theme changes.
        connection.putClientProperty("FlatLaf.style", "font: 90%; foreground: $Kabar." + color(status.kind()));
        ConnectionInfo figures = info.get();
        boolean live = status.kind() == Status.Kind.LIVE || status.kind() == Status.Kind.CATCHING_UP;
        quality.setText(
                live
                        ? String.format(
                                Locale.ROOT,
                                "%.1f ms · %.0f %% loss",
                                figures.roundTrip().toNanos() / 1e6,
                                figures.lossPercent())
                        : "");
        writing.setText(
                !live
                        ? ""
                        : model.current()
                                .map(room -> Wording.typing(room.typing(clock.instant())))
                                .filter(words -> !words.isEmpty())
                                .map(words -> words + " …")
                                .orElse(""));
        safety.setText("encrypted · key " + figures.key().fingerprint());
    }

    private static String color(Status.Kind kind) {
        return switch (kind) {
            case LIVE -> "good";
            case CONNECTING, CATCHING_UP, SEARCHING -> "wait";
            case SIGNED_OUT -> "bad";
        };
    }

    private static JLabel label(String name) {
        JLabel label = new JLabel();
        label.setName(name);
        label.putClientProperty("FlatLaf.style", "font: 90%; foreground: $Kabar.muted");
        return label;
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("side"));
    }
}
