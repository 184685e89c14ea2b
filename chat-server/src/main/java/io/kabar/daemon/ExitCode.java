package io.kabar.daemon;

/** Exit codes of the daemon's commands. */
final class ExitCode {

    static final int DONE = 0;
    static final int CANNOT_START = 1;
    /** The server ended by itself, which it never should. */
    static final int FAILED = 1;
    /** There is nobody of the name that was given. */
    static final int NOBODY = 2;
    /** The server refused it, or this user may not ask it. */
    static final int REFUSED = 2;
    /** No server answers. */
    static final int UNREACHABLE = 3;

    static final int TIMED_OUT = 4;
    /** EX_USAGE of sysexits.h. */
    static final int USAGE = 64;

    private ExitCode() {}
}
