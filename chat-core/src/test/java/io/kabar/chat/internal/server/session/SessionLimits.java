package io.kabar.chat.internal.server.session;

/** Bounds that tests of the whole server need to know. */
public final class SessionLimits {

    public static final int LEAST_STRANGERS = Places.LEAST_STRANGERS;
    public static final int UNDER_WAY = Admission.UNDER_WAY;
    public static final int MAX_HANDSHAKES = Admission.MAX_HANDSHAKES;
    public static final long MEMORY = SessionMemory.MAX;
    public static final int MEMORY_EACH = SessionMemory.EACH;

    private SessionLimits() {}
}
