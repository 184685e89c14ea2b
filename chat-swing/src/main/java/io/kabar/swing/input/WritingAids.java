package io.kabar.swing.input;

import io.kabar.chat.view.Completer;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.look.ContextMenu;
import java.awt.Point;
import javax.swing.JComponent;
import javax.swing.JPopupMenu;
import javax.swing.SwingUtilities;

/** What helps whoever writes: suggestions, emoji by their names, taking back, and a menu. */
final class WritingAids {

    private final InputArea input;
    private final Suggestions suggestions;
    private final Undo undo;
    /** Whether what changes the text is not somebody who types. */
    private boolean busy;

    WritingAids(InputArea input, Completer completer) {
        this.input = input;
        suggestions = new Suggestions(input, completer, this::take);
        undo = new Undo(input);
        input.getDocument().addDocumentListener(new Changed(() -> SwingUtilities.invokeLater(this::typed)));
        input.addCaretListener(e -> suggestions.refresh());
        ContextMenu.bind(input, this::menu, () -> menu(new Point(10, input.getHeight())));
    }

    JComponent suggestions() {
        return suggestions;
    }

    /** The text becomes that of another room. */
    void forget() {
        undo.forget();
    }

    private void take(int from, String word) {
        input.select(from, input.getCaretPosition());
        input.replaceSelection(word);
        input.requestFocusInWindow();
    }

    private void typed() {
        if (busy) {
            return;
        }
        int caret = Math.min(input.getCaretPosition(), input.getText().length());
        EmojiCodes.before(input.getText(), caret).ifPresent(found -> {
            busy = true;
            input.select(found.from(), caret);
            input.replaceSelection(found.emoji());
            busy = false;
        });
        suggestions.refresh();
    }

    private void menu(Point at) {
        boolean selected = input.getSelectionStart() < input.getSelectionEnd();
        JPopupMenu menu = new JPopupMenu();
        menu.setName("chat.input.menu");
        menu.add(undo.action());
        menu.addSeparator();
        menu.add(enabled(new RunAction("Cut", input::cut), selected));
        menu.add(enabled(new RunAction("Copy", input::copy), selected));
        menu.add(new RunAction("Paste", input::paste));
        menu.add(new RunAction("Select all", input::selectAll));
        menu.show(input, at.x, at.y);
    }

    private static RunAction enabled(RunAction action, boolean on) {
        action.setEnabled(on);
        return action;
    }
}
