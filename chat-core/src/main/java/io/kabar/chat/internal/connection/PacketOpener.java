package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.crypto.HeaderProtection;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.PacketNumbers;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns a datagram into the frames in it: takes header protection off, finds the packet number, opens, and keeps
 * replays out (RFC 9001 section 5, RFC 9000 section 12.3). Results are fields, valid until the next packet.
 */
final class PacketOpener {
    /** RFC 9001 section 5.4.2: the sample begins where the longest packet number would end. */
    static final int SAMPLE_OFFSET = PacketCodec.SHORT_HEADER + PacketNumbers.MAX_LENGTH;

    /** Bits of the first byte that are hidden: reserved, key phase, number length. */
    static final int PROTECTED_BITS = 0x1f;

    static final int RESERVED_BITS = 0x18;
    static final int KEY_PHASE_BIT = 0x04;
    static final int NUMBER_LENGTH_BITS = 0x03;

    static final int SMALLEST_PACKET = SAMPLE_OFFSET + HeaderProtection.SAMPLE_LENGTH;

    private final KeySchedule keys;
    private final long localCid;
    private final ReplayWindow replays = new ReplayWindow();
    private final byte[] mask = new byte[HeaderProtection.MASK_LENGTH];

    /** Of the packet opened last. */
    long number;

    int payloadOffset;
    int payloadLength;

    PacketOpener(KeySchedule keys, long localCid) {
        this.keys = keys;
        this.localCid = localCid;
    }

    /** Opens the packet in place. Returns null if there are frames to read now, or why there are not. */
    @Nullable
    DropReason open(byte[] data, int offset, int length, long now) {
        if (length < SMALLEST_PACKET || !PacketCodec.isProtected(data[offset])) {
            return DropReason.NOT_PROTECTED;
        }
        if (PacketCodec.destinationCid(data, offset) != localCid) {
            return DropReason.WRONG_CONNECTION;
        }
        keys.receiveProtection().mask(data, offset + SAMPLE_OFFSET, mask);
        data[offset] ^= (byte) (mask[0] & PROTECTED_BITS);
        int first = data[offset];
        int numberLength = (first & NUMBER_LENGTH_BITS) + 1;
        long truncated = 0;
        for (int i = 0; i < numberLength; i++) {
            int at = offset + PacketCodec.SHORT_HEADER + i;
            data[at] ^= mask[1 + i];
            truncated = truncated << 8 | (data[at] & 0xff);
        }
        int headerLength = PacketCodec.SHORT_HEADER + numberLength;
        number = PacketNumbers.decode(replays.largest(), truncated, numberLength);
        payloadOffset = offset + headerLength;
        int phase = (first & KEY_PHASE_BIT) == 0 ? 0 : 1;
        payloadLength = keys.open(number, phase, data, offset, headerLength, length - headerLength, now);
        if (payloadLength < 0) {
            return DropReason.FORGED;
        }
        if (!replays.admit(number)) {
            return DropReason.DUPLICATE;
        }
        // Only now: before, anybody could have set the bits (RFC 9000 section 17.3.1).
        boolean wellFormed = (first & RESERVED_BITS) == 0 && payloadLength > 0 && !keys.hasty();
        return wellFormed ? null : DropReason.MALFORMED;
    }

    /** Whether a datagram that did not open is the peer's stateless reset (RFC 9000 section 10.3.1). */
    static boolean isReset(byte[] data, int offset, int length, byte @Nullable [] token) {
        if (token == null || length < PacketCodec.SMALLEST_RESET || !PacketCodec.isProtected(data[offset])) {
            return false;
        }
        int end = offset + length;
        return MessageDigest.isEqual(Arrays.copyOfRange(data, end - PacketCodec.RESET_TOKEN, end), token);
    }
}
