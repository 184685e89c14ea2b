package io.kabar.chat.internal.connection;

import java.time.Duration;

/**
 * When keys are replaced (RFC 9001 section 6), counted in packets of one key and one direction.
 *
 * @param firstUpdateFrom the first update comes after a random number of packets from here ...
 * @param firstUpdateTo ... to here, so that no deployment can come to depend on there being none
 * @param updatePackets later ones after so many packets
 * @param updateNanos or after so long
 * @param hardLimit packets after which the connection closes rather than seal one more (RFC 9001 section 6.6)
 * @param forgeryLimit packets that failed to open after which the connection closes
 */
public record KeyLimits(
        int firstUpdateFrom,
        int firstUpdateTo,
        long updatePackets,
        long updateNanos,
        long hardLimit,
        long forgeryLimit) {
    /** AES-GCM: 2^23 packets to seal, 2^52 failures to open. */
    public static final KeyLimits DEFAULT =
            new KeyLimits(10, 1000, 1 << 20, Duration.ofHours(1).toNanos(), 1 << 23, 1L << 52);
}
