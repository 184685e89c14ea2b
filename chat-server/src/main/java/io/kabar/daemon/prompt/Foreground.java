package io.kabar.daemon.prompt;

import io.kabar.chat.internal.text.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether this program is what its terminal is for. One that was started with {@code &} is stopped by the system when
 * it reads from the terminal.
 */
final class Foreground {

    // proc_pid_stat(5), counted behind the name of the program: state, ppid, pgrp, session, tty_nr, tpgid.
    private static final int PROCESS_GROUP = 2;
    private static final int FOREGROUND_GROUP = 5;

    private Foreground() {}

    static boolean isOurs() {
        try {
            return isOurs(Files.readString(Path.of("/proc/self/stat")));
        } catch (IOException e) {
            return asksPs();
        }
    }

    static boolean isOurs(String stat) {
        // The name stands in brackets, and may hold any character.
        List<String> fields = Parts.words(stat.substring(stat.lastIndexOf(')') + 1));
        return fields.size() > FOREGROUND_GROUP && fields.get(PROCESS_GROUP).equals(fields.get(FOREGROUND_GROUP));
    }

    /** Where there is no /proc; a plus sign is the foreground by POSIX's words for BSD's ps. */
    private static boolean asksPs() {
        try {
            Process ps = new ProcessBuilder(
                            "ps",
                            "-o",
                            "stat=",
                            "-p",
                            String.valueOf(ProcessHandle.current().pid()))
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean plus = new String(ps.getInputStream().readNBytes(64), java.nio.charset.StandardCharsets.US_ASCII)
                    .contains("+");
            return ps.waitFor() != 0 || plus;
        } catch (IOException e) {
            return true; // no such program: Windows, where there is no background either
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
