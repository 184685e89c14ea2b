package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.loss.SentPackets;
import io.kabar.chat.internal.crypto.HeaderProtection;
import io.kabar.chat.internal.crypto.PacketCipher;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.PacketNumbers;

/** Puts a header before frames, seals them and hides the packet number (RFC 9001 section 5). */
final class PacketBuilder {
    private final KeySchedule keys;
    private final SentPackets sent;
    private final long remoteCid;
    private final byte[] mask = new byte[HeaderProtection.MASK_LENGTH];
    private final FrameWriter writer = new FrameWriter(mask, 0, 0);
    private long number;
    private int numberLength;

    PacketBuilder(KeySchedule keys, SentPackets sent, long remoteCid) {
        this.keys = keys;
        this.sent = sent;
        this.remoteCid = remoteCid;
    }

    /**
     * Begins a packet that becomes at most {@code longest} bytes long; a packet that is not finished leaves no trace.
     */
    FrameWriter begin(byte[] out, long largestAcked, int longest) {
        number = sent.nextNumber();
        numberLength = PacketNumbers.length(number, largestAcked);
        writer.reset(out, PacketCodec.SHORT_HEADER + numberLength, longest - PacketCipher.TAG_LENGTH);
        return writer;
    }

    /** The number of the packet begun last. */
    long number() {
        return number;
    }

    /** Makes the datagram {@code size} bytes long, as far as it may be that long. */
    void pad(int size) {
        writer.padTo(size - PacketCodec.SHORT_HEADER - numberLength - PacketCipher.TAG_LENGTH);
    }

    /** Seals the packet in {@code out} and returns its length. */
    int finish(byte[] out) {
        writer.padTo(PacketNumbers.MAX_LENGTH - numberLength); // so that the sample exists
        int headerLength = PacketCodec.SHORT_HEADER + numberLength;
        int phase = keys.sendPhase() == 0 ? 0 : PacketOpener.KEY_PHASE_BIT;
        int first = PacketCodec.FIXED_BIT | phase | (numberLength - 1);
        PacketCodec.writeShortHeader(out, 0, first, remoteCid);
        for (int i = 0; i < numberLength; i++) {
            out[headerLength - 1 - i] = (byte) (number >>> (8 * i));
        }
        int length = headerLength + keys.seal(number, out, headerLength, writer.length());
        keys.sendProtection().mask(out, PacketOpener.SAMPLE_OFFSET, mask);
        out[0] ^= (byte) (mask[0] & PacketOpener.PROTECTED_BITS);
        for (int i = 0; i < numberLength; i++) {
            out[PacketCodec.SHORT_HEADER + i] ^= mask[1 + i];
        }
        return length;
    }
}
