package io.kabar.swing.chat;

import io.kabar.chat.view.commands.Consent;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.SendAction;
import io.kabar.swing.look.Message;
import java.awt.event.KeyEvent;
import java.util.concurrent.CompletableFuture;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** Asks before what cannot be undone, within the window; Escape is no. */
final class Question {

    private final Message message = new Message("chat.sure");
    private final JButton no = new JButton(new CancelAction(() -> answer(Consent.REFUSED)));
    private final Runnable onDone;
    private @Nullable CompletableFuture<Consent> open;

    Question(Runnable onDone) {
        this.onDone = onDone;
        JButton yes = new JButton(new SendAction(() -> answer(Consent.GIVEN)));
        yes.setText("Yes, do it");
        yes.setName("chat.sure.yes");
        no.setText("No");
        no.setName("chat.sure.no");
        JPanel choices = new JPanel(new MigLayout("insets 0", "[][]"));
        choices.add(no);
        choices.add(yes);
        message.with(choices);
        message.getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "no");
        message.getActionMap().put("no", new CancelAction(() -> answer(Consent.REFUSED)));
    }

    JComponent message() {
        return message;
    }

    /** Asks; a question that is open is answered with no. */
    CompletableFuture<Consent> ask(String question) {
        answer(Consent.REFUSED);
        CompletableFuture<Consent> asked = new CompletableFuture<>();
        open = asked;
        message.bad(question);
        SwingUtilities.invokeLater(no::requestFocusInWindow);
        return asked;
    }

    private void answer(Consent consent) {
        CompletableFuture<Consent> asked = open;
        if (asked != null) {
            open = null;
            message.clear();
            onDone.run();
            asked.complete(consent);
        }
    }
}
