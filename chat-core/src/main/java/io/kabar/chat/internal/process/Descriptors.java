package io.kabar.chat.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the numbers 0, 1 and 2 lead to, where the system tells (Linux). */
final class Descriptors {

    static final int IN = 0;
    static final int OUT = 1;
    static final int ERR = 2;

    private Descriptors() {}

    /** Such as {@code pipe:[4711]}, {@code /dev/pts/3} or a file; empty if that cannot be known. */
    static String target(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(descriptor)))
                    .toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /**
     * Whether the number was closed when the program was started: the JVM opens its own files first, and the system
     * gives them the lowest free number.
     */
    static boolean isTaken(int descriptor) {
        String target = target(descriptor);
        return target.startsWith("/") && isOwn(Path.of(target));
    }

    /** A file of the JDK; the first it opens is that of its modules. */
    private static boolean isOwn(Path file) {
        try {
            return file.startsWith(Path.of(System.getProperty("java.home", "/")).toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
