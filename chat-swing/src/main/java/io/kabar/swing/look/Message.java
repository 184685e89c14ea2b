package io.kabar.swing.look;

import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import net.miginfocom.swing.MigLayout;

/** A sentence within the window, where a dialog would be in the way; it can be selected and copied. */
public final class Message extends JPanel {

    private final JTextArea text = new JTextArea();

    /** Invisible until it has something to say. */
    public Message(String name) {
        super(new MigLayout("insets 10 14 10 14, fillx, hidemode 3", "[grow, fill]", ""));
        setName(name);
        text.setName(name + ".text");
        text.setEditable(false);
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        text.setOpaque(false);
        // Its height depends on its width, which it only knows once it was laid out.
        text.addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent e) {
                text.revalidate();
            }
        });
        text.setBorder(BorderFactory.createEmptyBorder());
        add(text, "wmin 0");
        setVisible(false);
    }

    /** With something to press below the sentence. */
    public Message with(JComponent choices) {
        choices.setOpaque(false);
        add(choices, "newline");
        return this;
    }

    public void bad(String sentence) {
        show(sentence, "badPaper");
    }

    public void note(String sentence) {
        show(sentence, "waitPaper");
    }

    public void clear() {
        setVisible(false);
        text.setText("");
    }

    /** What it says; empty while it is invisible. */
    public String sentence() {
        return isVisible() ? text.getText() : "";
    }

    private void show(String sentence, String paper) {
        putClientProperty("Kabar.paper", paper);
        text.setText(sentence);
        text.getAccessibleContext().setAccessibleName(sentence);
        setBackground(Theme.color(paper));
        setVisible(true);
        revalidate();
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (getClientProperty("Kabar.paper") instanceof String paper) {
            setBackground(Theme.color(paper));
        }
    }
}
