package io.kabar.swing.input;

import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** Any change of a document is one thing to do. */
public record Changed(Runnable then) implements DocumentListener {
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
