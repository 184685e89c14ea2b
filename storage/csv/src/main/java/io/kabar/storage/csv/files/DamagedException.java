package io.kabar.storage.csv.files;

import java.io.IOException;
import java.io.Serial;

/** A file holds something nobody wrote there; the message says what is wrong with it, in half a sentence. */
public final class DamagedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public DamagedException(String what) {
        super(what);
    }
}
