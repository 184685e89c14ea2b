package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.wire.WireLimits;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is said at the end, and how often: to the first packet that comes afterwards, the second, the fourth ... */
final class Ending {
    private final long code;
    private final String reason;
    private final byte[] utf8;
    private boolean due = true;
    private long packets;

    Ending(long code, String reason) {
        this.code = code;
        this.reason = reason;
        // A surrogate pair that does not fit is left out whole.
        ByteBuffer fitting = ByteBuffer.allocate(WireLimits.CLOSE_REASON);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(reason), fitting, true);
        utf8 = Arrays.copyOf(fitting.array(), fitting.position());
    }

    long code() {
        return code;
    }

    String reason() {
        return reason;
    }

    byte[] utf8() {
        return utf8;
    }

    /** Whether CLOSE is to be sent now. */
    boolean due() {
        return due;
    }

    void onSent() {
        due = false;
    }

    /** The peer has sent something in spite of our CLOSE (RFC 9000 section 10.2.1). */
    void onPacket() {
        packets++;
        due |= Long.bitCount(packets) == 1;
    }
}
