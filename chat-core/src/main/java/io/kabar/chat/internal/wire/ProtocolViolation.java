package io.kabar.chat.internal.wire;

/** The authenticated peer broke the protocol and the connection must close. Without stack trace: peers cause it. */
public final class ProtocolViolation extends Exception {
    private final long code;

    /** {@code code} is a {@link CloseCode}; the reason is told to the peer. */
    public ProtocolViolation(long code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    public long code() {
        return code;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
