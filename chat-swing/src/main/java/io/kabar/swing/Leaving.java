package io.kabar.swing;

import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.Status;
import io.kabar.chat.view.Wording;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.LeaveAction;
import java.awt.event.KeyEvent;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** Asks whoever leaves while the server has not got what they have said. */
final class Leaving {

    /** As many as a client that says goodbye gets through: it waits a moment for them to be accepted. */
    private static final int SENT_IN_A_MOMENT = 20;

    private final ChatModel model;
    private final Runnable onStay;
    private final JButton stay = new JButton(new CancelAction(this::stay));
    private final Message question = new Message("chat.leave");
    private Runnable leave = () -> {};

    Leaving(ChatModel model, Runnable onStay) {
        this.model = model;
        this.onStay = onStay;
        stay.setName("chat.leave.stay");
        stay.setText("Stay");
        JButton go = new JButton(new LeaveAction(() -> leave.run()));
        go.setName("chat.leave.go");
        JPanel choices = new JPanel(new MigLayout("insets 0", "[][]"));
        choices.add(stay);
        choices.add(go);
        question.with(choices);
        question.getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "stay");
        question.getActionMap().put("stay", new CancelAction(this::stay));
    }

    JComponent question() {
        return question;
    }

    /** Leaves at once if nothing is lost by it. */
    void leave(Runnable how) {
        if (!losesSomething()) {
            how.run();
            return;
        }
        leave = how;
        question.bad(Wording.unsent(model.status().queued()));
        // Behind whatever was pressed or typed to get here.
        SwingUtilities.invokeLater(stay::requestFocusInWindow);
    }

    /** Once everything is accepted, there is nothing to ask any more. */
    void refresh() {
        if (question.isVisible() && !losesSomething()) {
            stay();
        }
    }

    private boolean losesSomething() {
        Status status = model.status();
        return switch (status.kind()) {
            case SIGNED_OUT -> false;
            case LIVE, CATCHING_UP -> status.queued() > SENT_IN_A_MOMENT;
            case CONNECTING, SEARCHING -> status.queued() > 0;
        };
    }

    private void stay() {
        question.clear();
        onStay.run();
    }
}
