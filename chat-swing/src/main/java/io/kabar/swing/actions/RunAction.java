package io.kabar.swing.actions;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;
import javax.swing.KeyStroke;

/** Something with a name, and perhaps a key, that a view does by itself. */
public final class RunAction extends AbstractAction {

    private final Runnable body;

    /** Without a key of its own. */
    public RunAction(String name, Runnable body) {
        super(name);
        this.body = body;
    }

    /** On this key, written as {@link KeyStroke#getKeyStroke(String)} reads it. */
    public RunAction(String name, String key, Runnable body) {
        this(name, body);
        KeyStroke stroke = KeyStroke.getKeyStroke(key);
        if (stroke == null) {
            throw new IllegalArgumentException("no key: " + key);
        }
        putValue(ACCELERATOR_KEY, stroke);
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        body.run();
    }
}
