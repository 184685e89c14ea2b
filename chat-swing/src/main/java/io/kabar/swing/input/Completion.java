package io.kabar.swing.input;

import io.kabar.chat.view.Completer;
import io.kabar.chat.view.Completer.Completions;
import javax.swing.text.JTextComponent;
import org.jspecify.annotations.Nullable;

/** Tab and Shift+Tab in the input: the likeliest word first, then around. Anything else typed or moved ends a round. */
final class Completion {

    private final JTextComponent input;
    private final Completer completer;
    private @Nullable Completions round;
    private int chosen;
    private int end;
    private String text = "";

    Completion(JTextComponent input, Completer completer) {
        this.input = input;
        this.completer = completer;
    }

    /** Puts in the next candidate, or the one before; false if there is nothing to complete, and Tab may go on. */
    boolean step(int by) {
        Completions current = round;
        if (current == null
                || input.getCaretPosition() != end
                || !input.getText().equals(text)) {
            end = input.getCaretPosition();
            current = completer.complete(input.getText(), end);
            round = current;
            chosen = by > 0 ? -1 : 0;
        }
        if (current.candidates().isEmpty()) {
            round = null;
            return false;
        }
        chosen = Math.floorMod(chosen + by, current.candidates().size());
        String word = current.candidates().get(chosen);
        input.select(current.from(), end);
        input.replaceSelection(word);
        end = current.from() + word.length();
        text = input.getText();
        return true;
    }
}
