package io.kabar.chat.internal.connection;

/** The authenticated peer broke the protocol and the connection must close. Without stack trace: peers cause it. */
final class ProtocolViolation extends Exception {
    private final long code;

    /** {@code code} is a {@link io.kabar.chat.internal.wire.CloseCode}; the reason is told to the peer. */
    ProtocolViolation(long code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    long code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
