package io.kabar.cli.command;

import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;

/** What a command says to the shell. */
public final class ExitCode {

    public static final int DONE = 0;
    /** Something inside or around the program failed, such as a file that cannot be written. */
    static final int FAILED = 1;
    /** The server said no, or is not the one it should be. */
    public static final int REFUSED = 2;

    static final int UNREACHABLE = 3;
    static final int TIMED_OUT = 4;
    /** EX_USAGE of sysexits.h. */
    public static final int USAGE = 64;

    /** Ctrl+C in place of an answer: what shells say of whoever SIGINT has ended. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    public static int of(Throwable failure) {
        if (failure instanceof ChatException.Unreachable) {
            return UNREACHABLE;
        }
        if (failure instanceof ChatException.TimedOut) {
            return TIMED_OUT;
        }
        return failure instanceof ChatException ? REFUSED : FAILED;
    }

    public static int of(CloseReason reason) {
        return switch (reason) {
            case SIGNED_OUT -> DONE;
            case SERVER_STOPPED, IDLE, RESET, UNREACHABLE -> UNREACHABLE;
            case LOGIN_TIMEOUT -> TIMED_OUT;
            case REPLACED, LOGIN_REFUSED, PROTOCOL_VIOLATION, SLOW_CONSUMER, KEY_EXHAUSTED -> REFUSED;
            case ACCOUNT_CHANGED, PUT_OUT -> REFUSED;
            case INTERNAL -> FAILED;
        };
    }
}
