package io.kabar.swing.chat;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.words.ModeWording;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.look.EmojiLabel;
import io.kabar.swing.look.Theme;
import java.awt.Graphics;
import java.util.Optional;
import java.util.function.Supplier;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import net.miginfocom.swing.MigLayout;

/** Which room this is and what it is about; at its end what concerns the whole window. */
final class RoomHeader extends JPanel {

    private final JLabel title = new JLabel();
    private final JLabel topic = new EmojiLabel();
    private final JLabel modes = new JLabel();
    private final JButton more = new JButton();

    /** With a menu of what concerns the whole window. */
    RoomHeader(Supplier<JPopupMenu> menu) {
        // What is set matters more than what is talked about, so the topic is cut first.
        super(new MigLayout(
                "insets 9 20 9 12, fillx",
                "[shrinkprio 50]14[60lp::, grow, fill, shrinkprio 200]12[]12[]",
                "[center]"));
        title.setName("chat.title");
        title.putClientProperty(FlatClientProperties.STYLE, "font: bold +3");
        topic.setName("chat.topic");
        topic.putClientProperty(FlatClientProperties.STYLE, "foreground: $Kabar.muted");
        modes.setName("chat.modes");
        modes.putClientProperty(FlatClientProperties.STYLE, "font: 90%; foreground: $Kabar.wait");
        add(title);
        add(topic, "wmin 0");
        add(modes, "wmin 0");
        more.setAction(new RunAction("\u2630", "alt M", () -> menu.get().show(more, 0, more.getHeight())));
        more.setToolTipText("Menu (Alt+M)");
        more.getAccessibleContext().setAccessibleName("Menu");
        add(quiet(more, "chat.menu"));
    }

    void show(Optional<RoomModel> room) {
        title.setText(room.map(RoomModel::title).orElse("No room"));
        topic.setText(room.map(RoomModel::topic).orElse(""));
        modes.setText(
                room.map(found -> ModeWording.brief(found.voice().settings().modes()))
                        .orElse(""));
        modes.setToolTipText(modes.getText().isEmpty() ? null : modes.getText() + " \u2013 /mode shows all");
        topic.setToolTipText(topic.getText().isEmpty() ? null : topic.getText());
    }

    private static JButton quiet(JButton button, String name) {
        button.setName(name);
        button.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
        return button;
    }

    @Override
    protected void paintComponent(Graphics g) {
        super.paintComponent(g);
        g.setColor(Theme.color("line"));
        g.fillRect(0, getHeight() - 1, getWidth(), 1);
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("paper"));
    }
}
