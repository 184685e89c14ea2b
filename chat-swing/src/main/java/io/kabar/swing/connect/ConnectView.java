package io.kabar.swing.connect;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.InviteLink;
import io.kabar.chat.internal.text.Parts;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.connect.ConnectRequest.Field;
import io.kabar.swing.connect.ConnectRequest.Incomplete;
import io.kabar.swing.look.Logo;
import io.kabar.swing.look.Message;
import io.kabar.swing.look.SideColumns;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JProgressBar;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import net.miginfocom.swing.MigLayout;

/** Where to go and who to be. Everything that is wrong is said here, in the window. */
public final class ConnectView extends JPanel {

    private static final String SCHEME = "kabar://";

    private static final int MOST_RECENT = 5;

    private final JTextField server = new JTextField();
    private final JTextField port = new JTextField(String.valueOf(InviteLink.DEFAULT_PORT));
    private final JTextField name = new JTextField();
    private final JPasswordField password = new JPasswordField();
    private final JComboBox<RestoreChoice> restore = new JComboBox<>(RestoreChoice.values());
    private final JButton connect = new JButton("Connect");
    private final JButton cancel = new JButton("Cancel");
    private final JProgressBar busy = new JProgressBar();
    private final Message message = new Message("connect.message");
    private final Consumer<ConnectRequest> onConnect;
    private final JPanel recent = new JPanel(new MigLayout("insets 0, fillx, wrap 1", "[grow, fill]", ""));

    /** Somewhere one was, and as whom. */
    public record Recent(String server, String name) {}

    public ConnectView(Consumer<ConnectRequest> onConnect, Runnable onCancel) {
        super(new MigLayout("insets 12, fill", "[center]", "[center]"));
        this.onConnect = onConnect;
        setName("connect");
        describe();
        add(card(), "width 340lp:440lp:440lp");

        connect.addActionListener(e -> submit());
        cancel.addActionListener(e -> onCancel.run());
        for (JTextField field : new JTextField[] {server, port, name, password}) {
            field.addActionListener((ActionEvent e) -> submit());
        }
        server.getDocument().addDocumentListener(new Changed(this::portFollowsServer));
        getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "cancel");
        getActionMap().put("cancel", new io.kabar.swing.actions.CancelAction(cancel::doClick));
        busy(false);
    }

    /** What stands in a link, or an address, before a room and a key. */
    private static String host(String server) {
        String rest = server.startsWith(SCHEME) ? server.substring(SCHEME.length()) : server;
        return Parts.of(Parts.of(rest, '#').get(0), '/').get(0);
    }

    /** Where one was before, to go there again by one press. */
    public void recent(List<Recent> visits) {
        recent.removeAll();
        for (Recent visit : visits.stream().limit(MOST_RECENT).toList()) {
            String host = host(visit.server());
            JButton button = new JButton(new RunAction(visit.name() + " at " + host, () -> {
                server.setText(visit.server());
                server.setCaretPosition(0);
                name.setText(visit.name());
                password.requestFocusInWindow();
            }));
            button.setName("connect.recent");
            button.setHorizontalAlignment(SwingConstants.LEADING);
            button.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
            recent.add(button);
        }
        recent.add(SideColumns.title("WHERE YOU WERE"), "gapleft 4", 0);
        recent.setVisible(visits.size() > 1);
    }

    /** Fills in what is known already; the first empty field gets the focus. */
    public void prefill(String address, String lastName) {
        if (!address.isEmpty()) {
            server.setText(address);
            server.setCaretPosition(0);
        }
        if (!lastName.isEmpty()) {
            name.setText(lastName);
        }
        SwingUtilities.invokeLater(this::focus);
    }

    public void focus() {
        JTextField first = server.getText().isBlank() ? server : name.getText().isBlank() ? name : password;
        first.requestFocusInWindow();
    }

    /** While connecting, only Cancel can be pressed. */
    public void busy(boolean connecting) {
        for (JComponent field : new JComponent[] {server, name, password, restore, connect}) {
            field.setEnabled(!connecting);
        }
        cancel.setVisible(connecting);
        busy.setVisible(connecting);
        connect.setText(connecting ? "Connecting …" : "Connect");
        portFollowsServer();
        if (connecting) {
            message.clear();
            cancel.requestFocusInWindow();
        }
    }

    /** Says what went wrong; what was typed stays, to be mended. */
    public void failed(String sentence, Field about) {
        busy(false);
        message.bad(sentence);
        JTextField field = field(about);
        field.requestFocusInWindow();
        field.selectAll();
    }

    /** Says how the last conversation ended. */
    public void ended(String sentence) {
        busy(false);
        message.note(sentence);
        focus();
    }

    private void submit() {
        if (!connect.isEnabled()) {
            return;
        }
        mark(null);
        try {
            ConnectRequest request = ConnectRequest.of(
                    server.getText(),
                    port.getText(),
                    name.getText(),
                    new String(password.getPassword()),
                    restore.getItemAt(restore.getSelectedIndex()));
            onConnect.accept(request);
        } catch (Incomplete e) {
            JTextField field = field(e.field());
            message.bad(e.sentence());
            mark(field);
            field.requestFocusInWindow();
        }
    }

    private JTextField field(Field which) {
        return switch (which) {
            case SERVER -> server;
            case PORT -> port;
            case NAME -> name;
            case PASSWORD -> password;
        };
    }

    private void mark(@org.jspecify.annotations.Nullable JTextField wrong) {
        for (JTextField field : new JTextField[] {server, port, name}) {
            field.putClientProperty(
                    FlatClientProperties.OUTLINE, field == wrong ? FlatClientProperties.OUTLINE_ERROR : null);
        }
    }

    private void portFollowsServer() {
        port.setEnabled(server.isEnabled() && !ConnectRequest.bringsPort(server.getText()));
    }

    private JComponent card() {
        JPanel card = new JPanel(new MigLayout("insets 0, fillx, wrap 2, hidemode 3", "[grow, fill][80lp!, fill]", ""));
        JLabel title = new JLabel("Kabar");
        title.putClientProperty(FlatClientProperties.STYLE, "font: bold +12");
        title.setIcon(new Logo(getFontMetrics(title.getFont()).getHeight() * 3 / 2));
        title.setIconTextGap(12);
        JLabel subtitle = new JLabel("Encrypted chat that stays when your network changes.");
        subtitle.putClientProperty(FlatClientProperties.STYLE, "foreground: $Kabar.muted");
        card.add(title, "span 2");
        card.add(subtitle, "span 2, gapbottom 14");
        recent.setVisible(false);
        card.add(recent, "span 2, gapbottom 8");
        card.add(label("Server or invitation", 'S', server));
        card.add(label("Port", 'O', port));
        card.add(server, "wmin 0");
        card.add(port);
        card.add(label("Name", 'N', name), "span 2, gaptop 6");
        card.add(name, "span 2");
        card.add(label("Password", 'W', password), "span 2, gaptop 6");
        card.add(password, "span 2");
        card.add(label("Restore history?", 'R', restore), "span 2, gaptop 6");
        card.add(restore, "span 2");
        card.add(message, "span 2, gaptop 12, wmin 0");
        card.add(busy, "span 2, gaptop 12, height 4!");
        card.add(connect, "span 2, split 2, gaptop 14, growx, pushx");
        card.add(cancel);
        return card;
    }

    private void describe() {
        server.setName("connect.server");
        port.setName("connect.port");
        name.setName("connect.name");
        password.setName("connect.password");
        restore.setName("connect.restore");
        connect.setName("connect.connect");
        cancel.setName("connect.cancel");
        server.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "chat.example.org or kabar://…");
        name.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "How others see you");
        password.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "Empty if the server asks for none");
        password.putClientProperty(FlatClientProperties.STYLE, "showRevealButton: true");
        connect.putClientProperty(FlatClientProperties.STYLE, "font: bold; margin: 6,14,6,14");
        cancel.putClientProperty(FlatClientProperties.STYLE, "margin: 6,14,6,14");
        message.putClientProperty(FlatClientProperties.STYLE, "arc: 8");
        busy.setIndeterminate(true);
        busy.getAccessibleContext().setAccessibleName("Connecting");
    }

    private static JLabel label(String text, char key, JComponent field) {
        JLabel label = new JLabel(text);
        label.setLabelFor(field);
        label.setDisplayedMnemonic(key);
        return label;
    }

    /** Any change of a document is one thing to do. */
    private record Changed(Runnable then) implements DocumentListener {
        @Override
        public void insertUpdate(DocumentEvent e) {
            then.run();
        }

        @Override
        public void removeUpdate(DocumentEvent e) {
            then.run();
        }

        @Override
        public void changedUpdate(DocumentEvent e) {
            then.run();
        }
    }

    /** The button Enter presses. */
    public JButton defaultButton() {
        return connect;
    }
}
