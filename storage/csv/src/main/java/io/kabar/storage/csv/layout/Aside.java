package io.kabar.storage.csv.layout;

import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Moves what cannot be read out of the way, under a name of its own, so that nothing is written over it. */
public final class Aside {

    public static final String DAMAGED = ".damaged";

    private Aside() {}

    /** A name that is not taken, for a file that cannot be served. */
    public static Path name(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + DAMAGED);
        for (int i = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); i++) {
            aside = file.resolveSibling(file.getFileName() + "." + i + DAMAGED);
        }
        return aside;
    }

    /**
     * Moves a file out of the way. An empty one, as a power failure leaves it, goes: there is nothing to keep.
     *
     * @param instead what holds in its place, for the log
     */
    public static void move(Path file, String instead, StorageLog log) {
        try {
            if (Files.size(file) == 0) {
                Files.delete(file);
                return;
            }
            Path aside = name(file);
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            log.unreadable(file, "moved to " + aside.getFileName() + ", and " + instead);
        } catch (IOException e) {
            log.unreadable(file, "it stays as it is (" + FileTrouble.reason(e) + "), and " + instead);
        }
    }
}
