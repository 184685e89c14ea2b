package io.kabar.daemon;

import java.io.Serial;
import java.util.List;

/** Settings that cannot be used; the message has a line for each thing that is wrong with them. */
public final class SettingsException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    SettingsException(List<String> sentences) {
        super(String.join(System.lineSeparator(), sentences));
    }
}
