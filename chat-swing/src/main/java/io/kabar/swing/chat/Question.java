package io.kabar.swing.chat;

import io.kabar.chat.view.commands.Consent;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.SendAction;
import io.kabar.swing.look.Message;
import java.awt.event.KeyEvent;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** Asks within the window: before what cannot be undone, or for something that must not be seen. Escape is no. */
final class Question {

    private final Message message = new Message("chat.sure");
    private final JButton no = new JButton(new CancelAction(() -> answer(false)));
    private final JButton yes;
    private final JPasswordField secret = new JPasswordField(24);
    private final Runnable onDone;
    /** What becomes of the answer; does nothing while no question is open. */
    private Consumer<Boolean> open = given -> {};

    Question(Runnable onDone) {
        this.onDone = onDone;
        SendAction saying = new SendAction(() -> answer(true));
        yes = new JButton(saying);
        yes.setName("chat.sure.yes");
        no.setName("chat.sure.no");
        secret.setName("chat.sure.secret");
        secret.addActionListener(saying);
        JPanel choices = new JPanel(new MigLayout("insets 0, hidemode 3", "[][][]"));
        choices.add(secret);
        choices.add(no);
        choices.add(yes);
        message.with(choices);
        message.getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "no");
        message.getActionMap().put("no", new CancelAction(() -> answer(false)));
    }

    JComponent message() {
        return message;
    }

    /** Asks for consent; a question that is open is answered with no. */
    CompletableFuture<Consent> ask(String question) {
        CompletableFuture<Consent> asked = new CompletableFuture<>();
        open(question, false, given -> asked.complete(given ? Consent.GIVEN : Consent.REFUSED));
        return asked;
    }

    /** Asks for something that is not shown; empty if it is not told. */
    CompletableFuture<Optional<String>> askSecretly(String question) {
        CompletableFuture<Optional<String>> asked = new CompletableFuture<>();
        open(question, true, given -> {
            char[] typed = secret.getPassword();
            asked.complete(given ? Optional.of(new String(typed)) : Optional.empty());
            Arrays.fill(typed, '\0');
        });
        return asked;
    }

    private void open(String question, boolean secretly, Consumer<Boolean> then) {
        answer(false);
        open = then;
        secret.setText("");
        secret.setVisible(secretly);
        secret.getAccessibleContext().setAccessibleName(question);
        yes.setText(secretly ? "OK" : "Yes, do it");
        no.setText(secretly ? "Cancel" : "No");
        message.bad(question);
        JComponent first = secretly ? secret : no;
        SwingUtilities.invokeLater(first::requestFocusInWindow);
    }

    private void answer(boolean given) {
        Consumer<Boolean> then = open;
        open = ignored -> {};
        if (message.isVisible()) {
            message.clear();
            onDone.run();
        }
        then.accept(given);
        secret.setText("");
    }
}
