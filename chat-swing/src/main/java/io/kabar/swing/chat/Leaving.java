package io.kabar.swing.chat;

import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.Status;
import io.kabar.chat.view.Wording;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.LeaveAction;
import io.kabar.swing.look.Message;
import java.awt.event.KeyEvent;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** Asks whoever leaves while the server has not got what they have said. */
final class Leaving {

    private final ChatModel model;
    private final Runnable onStay;
    private final JButton stay = new JButton(new CancelAction(this::stay));
    private final Message question = new Message("chat.leave");
    private Runnable leave = () -> {};
    /** Whether the answers are a moment away, as far as is known: then whoever leaves has only to wait for them. */
    private boolean soon;

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
        soon = isConnected();
        question.bad(Wording.unsent(model.status().queued()));
        // Behind whatever was pressed or typed to get here.
        SwingUtilities.invokeLater(stay::requestFocusInWindow);
    }

    /**
     * Once everything is answered, there is nothing to ask any more: whoever has left while connected is let go, and
     * whoever has had to think about it is not put out.
     */
    void refresh() {
        if (!question.isVisible()) {
            return;
        }
        soon &= isConnected();
        if (losesSomething()) {
            return;
        }
        if (soon) {
            question.clear();
            leave.run();
        } else {
            stay();
        }
    }

    /** That the network is away is known after some seconds only: what has no answer may be lost in any state. */
    private boolean losesSomething() {
        Status status = model.status();
        return status.kind() != Status.Kind.SIGNED_OUT && status.queued() > 0;
    }

    private boolean isConnected() {
        Status.Kind kind = model.status().kind();
        return kind == Status.Kind.LIVE || kind == Status.Kind.CATCHING_UP;
    }

    private void stay() {
        question.clear();
        onStay.run();
    }
}
