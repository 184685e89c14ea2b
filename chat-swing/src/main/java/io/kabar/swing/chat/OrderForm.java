package io.kabar.swing.chat;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.internal.text.Durations;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.SendAction;
import java.awt.event.KeyEvent;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** Asks for how long and why, before somebody is muted, put out or banned: within the window, below its header. */
final class OrderForm extends JPanel {

    /** How long, as the command has it and as people read it. */
    private record Length(String word, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static final Length[] LENGTHS = {
        new Length("10m", "10 minutes"),
        new Length("1h", "1 hour"),
        new Length("1d", "1 day"),
        new Length("7d", "7 days"),
        new Length(Durations.FOREVER, "for good")
    };

    private final JLabel title = new JLabel();
    private final JComboBox<Length> length = new JComboBox<>(LENGTHS);
    private final JLabel lengthLabel = new JLabel("for");
    private final JTextField reason = new JTextField();
    private final JButton go;
    private final Consumer<String> run;
    private final Runnable onDone;

    private String command = "";
    private String name = "";
    private boolean timed;

    /** Types what was chosen with {@code run}; {@code onDone} brings the caret back to where one writes. */
    OrderForm(Consumer<String> run, Runnable onDone) {
        super(new MigLayout("insets 10 14 10 14, fillx, hidemode 3", "[][]8[grow, fill]", "[]8[]8[]"));
        this.run = run;
        this.onDone = onDone;
        setName("chat.order");
        putClientProperty(FlatClientProperties.STYLE, "background: $Kabar.waitPaper");
        title.setName("chat.order.title");
        title.putClientProperty(FlatClientProperties.STYLE, "font: bold");
        length.setName("chat.order.length");
        lengthLabel.setLabelFor(length);
        length.getAccessibleContext().setAccessibleName("How long");
        reason.setName("chat.order.reason");
        reason.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "Why (everybody sees it, may be empty)");
        reason.getAccessibleContext().setAccessibleName("Why");
        SendAction doing = new SendAction(this::go);
        reason.addActionListener(doing);
        go = new JButton(doing);
        go.setName("chat.order.go");
        JButton cancel = new JButton(new CancelAction(this::done));
        cancel.setName("chat.order.cancel");
        add(title, "span 3, wmin 0, wrap");
        add(lengthLabel);
        add(length);
        add(reason, "wmin 60lp, wrap");
        JPanel choices = new JPanel(new MigLayout("insets 0", "[][]"));
        choices.setOpaque(false);
        choices.add(go);
        choices.add(cancel);
        add(choices, "span 3");
        getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "cancel");
        getActionMap().put("cancel", new CancelAction(this::done));
        setVisible(false);
    }

    /** Asks what belongs to a command about somebody. */
    void ask(String toDo, boolean hasLength, String who, String room) {
        command = toDo;
        name = who;
        timed = hasLength;
        String what = switch (toDo) {
            case "mute" -> "Mute " + who + " in " + room;
            case "ban" -> "Ban " + who + " from " + room;
            default -> "Put " + who + " out of " + room;
        };
        title.setText(what);
        go.setText(what.substring(0, what.indexOf(' ')) + (toDo.equals("kick") ? " out" : ""));
        length.setSelectedIndex(0);
        length.setVisible(hasLength);
        lengthLabel.setVisible(hasLength);
        reason.setText("");
        setVisible(true);
        revalidate();
        // Behind the menu, which gives the focus back when it closes.
        SwingUtilities.invokeLater(reason::requestFocusInWindow);
    }

    private void go() {
        String how = timed ? " " + LENGTHS[length.getSelectedIndex()].word() : "";
        run.accept(("/" + command + " " + name + how + " " + reason.getText()).strip());
        done();
    }

    private void done() {
        setVisible(false);
        onDone.run();
    }
}
