package io.kabar.swing.look;

import io.kabar.swing.actions.CopyLinesAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import net.miginfocom.swing.MigLayout;

/** Something to hand on: its whole text, and a button that copies it. */
public final class CopyField extends JPanel {

    private final JTextField text = new JTextField();

    public CopyField(String name, String words) {
        super(new MigLayout("insets 0, fillx", "[110lp!]8[grow, fill]8[]", "[center]"));
        setOpaque(false);
        JLabel label = new JLabel(words);
        label.setLabelFor(text);
        // A J reaches out to the left.
        label.setBorder(BorderFactory.createEmptyBorder(0, 2, 0, 0));
        text.setName(name);
        text.setEditable(false);
        JButton copy = new JButton(new CopyLinesAction(text::getText));
        copy.setName(name + ".copy");
        copy.getAccessibleContext().setAccessibleName("Copy " + words);
        add(label);
        add(text, "wmin 0");
        add(copy);
    }

    public void show(String value) {
        text.setText(value);
        text.setCaretPosition(0);
    }
}
