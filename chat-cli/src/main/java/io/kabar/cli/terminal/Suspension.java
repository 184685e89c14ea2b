package io.kabar.cli.terminal;

import java.io.IOException;

/** Ctrl+Z, where a program reads every key itself. */
final class Suspension {

    private Suspension() {}

    /** Stops this process until its shell lets it go on; false on a system without such a signal. */
    static boolean stop() {
        try {
            new ProcessBuilder(
                            "kill",
                            "-TSTP",
                            String.valueOf(ProcessHandle.current().pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
