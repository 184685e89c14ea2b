package io.kabar.swing.monitor;

import io.kabar.chat.view.words.VisibleText;
import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.ControlCommand;
import io.kabar.daemon.control.Outcome;
import io.kabar.daemon.control.TextTable;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.CommandAction;
import io.kabar.swing.look.Message;
import java.awt.Dimension;
import java.awt.event.KeyEvent;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/**
 * One command: what it takes, the question before what cannot be undone, and the reason if it is refused. A list that
 * comes of it is shown here; what was done is told to the window. Event thread only.
 */
final class CommandDialog {

    private final JDialog dialog;
    private final RunningServer server;
    private final CommandFields fields;
    private final Consumer<String> onDone;
    private final Message message = new Message("monitor.dialog.message");
    private final JTextArea list = new JTextArea();
    private final JScrollPane scroll = new JScrollPane(list);
    private final JButton act;
    private boolean asked;

    CommandDialog(
            JFrame owner, RunningServer server, ControlCommand command, CommandFields fields, Consumer<String> onDone) {
        this.server = server;
        this.fields = fields;
        this.onDone = onDone;
        dialog = new JDialog(owner, "Kabar server: " + command.word(), false);
        dialog.setName("monitor.dialog");
        dialog.setDefaultCloseOperation(JDialog.DISPOSE_ON_CLOSE);
        act = new JButton(new CommandAction(command.word(), command.help(), this::act));
        act.setText(command.parameters().isEmpty() ? "Again" : label(command.word()));
        act.setName("monitor.dialog.act");
        dialog.setContentPane(content(command));
        dialog.getRootPane().setDefaultButton(act);
        if (command.parameters().isEmpty()) {
            act();
        }
    }

    private static String label(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1).replace('-', ' ');
    }

    private JPanel content(ControlCommand command) {
        CancelAction cancel = new CancelAction(dialog::dispose);
        JButton close = new JButton(cancel);
        close.setName("monitor.dialog.cancel");
        close.setText("Close");
        dialog.getRootPane()
                .getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "cancel");
        dialog.getRootPane().getActionMap().put("cancel", cancel);
        JLabel help = new JLabel(label(command.help()) + ".");
        help.putClientProperty("FlatLaf.styleClass", "h4");
        list.setName("monitor.dialog.list");
        list.setEditable(false);
        list.putClientProperty("FlatLaf.styleClass", "monospaced");
        scroll.setVisible(false);
        JPanel content =
                new JPanel(new MigLayout("insets 16 18 14 18, fill, wrap 1, hidemode 3, gapy 10", "[grow, fill]"));
        content.add(help, "wmin 0");
        content.add(fields, "wmin 0");
        content.add(scroll, "wmin 0, hmin 0, push, grow");
        content.add(message, "wmin 0, wmax 520");
        content.add(act, "split 2, tag ok, growx 0, gapbefore push");
        content.add(close, "tag cancel, growx 0");
        return content;
    }

    void open() {
        dialog.pack();
        dialog.setLocationRelativeTo(dialog.getOwner());
        dialog.setVisible(true);
        fields.focusFirstEmpty();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a command never fails, and is always answered
    private void act() {
        act.setEnabled(false);
        List<String> words = fields.words();
        server.command(words, asked).thenAccept(answer -> SwingUtilities.invokeLater(() -> answered(answer)));
    }

    private void answered(Answer answer) {
        act.setEnabled(true);
        asked = false;
        if (answer instanceof Answer.Done done) {
            done(done.outcome());
        } else if (answer instanceof Answer.Question) {
            asked = true;
            message.note(VisibleText.of(answer.sentence()));
            act.setText("Yes");
            fit();
        } else {
            message.bad(VisibleText.of(answer.sentence()));
            fit();
        }
    }

    private void done(Outcome outcome) {
        if (!outcome.list()) {
            dialog.dispose();
            onDone.accept(outcome.sentence());
            return;
        }
        message.clear();
        List<String> lines = TextTable.lines(outcome);
        list.setText(String.join("\n", lines));
        list.setCaretPosition(0);
        list.setRows(Math.min(16, lines.size() + 1));
        list.setColumns(64);
        scroll.setVisible(true);
        fit();
    }

    /** Larger if something needs it, and never than the screen. */
    private void fit() {
        Dimension wanted = dialog.getPreferredSize();
        Dimension screen = dialog.getToolkit().getScreenSize();
        Dimension now = dialog.getSize();
        dialog.setSize(
                Math.min(screen.width, Math.max(now.width, wanted.width)),
                Math.min(screen.height - 40, Math.max(now.height, wanted.height)));
        dialog.revalidate();
    }
}
