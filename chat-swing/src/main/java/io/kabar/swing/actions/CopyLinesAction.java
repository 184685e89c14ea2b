package io.kabar.swing.actions;

import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.util.function.Supplier;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Copies text to the clipboard, if there is any; Ctrl+C. */
public final class CopyLinesAction extends AbstractAction {

    private final Supplier<String> text;

    /** Copies what {@code text} gives then. */
    public CopyLinesAction(Supplier<String> text) {
        super("Copy");
        this.text = text;
    }

    /** The platform's key for copying. */
    public KeyStroke key() {
        return KeyStroke.getKeyStroke(KeyEvent.VK_C, Toolkit.getDefaultToolkit().getMenuShortcutKeyMaskEx());
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        copy(text.get());
    }

    /** Copies a text, if there is any. */
    public static void copy(String copied) {
        if (!copied.isEmpty()) {
            Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(copied), null);
        }
    }
}
