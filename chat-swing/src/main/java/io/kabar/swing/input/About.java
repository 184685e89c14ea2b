package io.kabar.swing.input;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.look.EmojiLabel;
import io.kabar.swing.look.Theme;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;

/** Which message that what one writes is about, if it is: an answer to it, or what it is to read. */
final class About extends JPanel {

    /**
     * What is written.
     *
     * @param command what sends it, with the number of the message; empty if it is about none
     * @param words what a person reads of that
     * @param before what stood in the input before; comes back when it is sent or given up
     */
    record State(String command, String words, String before) {

        static final State NONE = new State("", "", "");

        static State reply(long number, String words) {
            return new State("/reply #" + number + " ", "Answer to " + words, "");
        }

        static State edit(long number, String words, String before) {
            return new State("/edit #" + number + " ", "Editing " + words, before);
        }

        boolean isEdit() {
            return command.startsWith("/edit");
        }
    }

    private final JLabel words = new EmojiLabel();
    private State state = State.NONE;

    /** {@code onGiveUp} is run when it is to be about nothing any more. */
    About(Runnable onGiveUp) {
        super(new MigLayout("insets 4 12 4 6, fillx", "[grow, fill]8[]", "[center]"));
        setName("chat.about");
        words.setName("chat.about.words");
        words.putClientProperty(FlatClientProperties.STYLE, "font: 90%; foreground: $Kabar.muted");
        JButton cancel = new JButton(new CancelAction(onGiveUp));
        cancel.setName("chat.about.cancel");
        cancel.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
        putClientProperty(FlatClientProperties.STYLE, "arc: 8");
        add(words, "wmin 0");
        add(cancel);
        setVisible(false);
    }

    State state() {
        return state;
    }

    void show(State next) {
        state = next;
        words.setText(next.words());
        setVisible(!next.command().isEmpty());
        revalidate();
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("code"));
    }
}
