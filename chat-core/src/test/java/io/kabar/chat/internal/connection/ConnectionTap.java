package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.crypto.HeaderProtection;
import io.kabar.chat.internal.crypto.PacketCipher;
import io.kabar.chat.internal.crypto.PacketKeys;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.FrameReader;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.PacketNumbers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads along: opens every packet of a connection, in both directions and in the order they are sent, with keys it was
 * given when the connection began. It derives all later keys by itself, so a packet that it cannot open, or a number
 * that does not grow, is a defect of the sender.
 */
public final class ConnectionTap {
    /** Numbers remembered as used, so that acknowledgements can be checked. */
    private static final int REMEMBERED = 1 << 20;

    private final Direction up;
    private final Direction down;

    /** A packet as its sender meant it; {@code update}: it is the first of its key phase. */
    public record Opened(long number, int phase, boolean update, List<Frame> frames) {}

    private ConnectionTap(Direction up, Direction down) {
        this.up = up;
        this.down = down;
    }

    /** Taps the client's end of a connection that has not sent anything yet. */
    public static ConnectionTap of(Connection client) {
        KeySchedule keys = client.keys();
        return new ConnectionTap(new Direction(keys.sendKeys()), new Direction(keys.receiveKeys()));
    }

    /** What the keys are made of: never the same for two connections. */
    public String secrets() {
        return up.first + down.first;
    }

    /** Opens a packet to the server, or to the client. */
    public Opened open(boolean toServer, byte[] datagram) {
        Direction direction = toServer ? up : down;
        Opened opened = direction.open(datagram);
        for (Frame frame : opened.frames()) {
            check(frame, toServer, opened);
        }
        return opened;
    }

    private void check(Frame frame, boolean toServer, Opened opened) {
        if (frame instanceof Frame.Ack ack) {
            Direction other = toServer ? down : up;
            for (int i = 0; i < ack.rangeCount(); i++) {
                require(
                        other.used(ack.smallest(i)) && other.used(ack.largest(i)),
                        "an acknowledgement of a number that was never used: " + ack.smallest(i) + " to "
                                + ack.largest(i));
            }
        } else if (frame instanceof Frame.Close) {
            require(opened.frames().size() == 1, "CLOSE is not alone in its packet");
        } else if (frame instanceof Frame.Event || frame instanceof Frame.EventPart || frame instanceof Frame.Gap) {
            require(!toServer, "a client sends events");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    private static final class Direction {
        private final String first;
        private final HeaderProtection protection;
        private final byte[] mask = new byte[HeaderProtection.MASK_LENGTH];
        private final BitSet used = new BitSet();
        private PacketKeys keys;
        private PacketCipher cipher;
        private int phase;
        private long largest = -1;

        Direction(PacketKeys keys) {
            this.keys = PacketKeys.of(keys.secret().clone(), PacketKeys.AES_256);
            first = HexFormat.of().formatHex(keys.secret());
            protection = this.keys.headerProtection();
            cipher = this.keys.cipher();
        }

        boolean used(long number) {
            return number >= REMEMBERED || used.get((int) number);
        }

        Opened open(byte[] datagram) {
            byte[] data = datagram.clone();
            protection.mask(data, PacketOpener.SAMPLE_OFFSET, mask);
            data[0] ^= (byte) (mask[0] & PacketOpener.PROTECTED_BITS);
            int length = (data[0] & PacketOpener.NUMBER_LENGTH_BITS) + 1;
            long truncated = 0;
            for (int i = 0; i < length; i++) {
                data[PacketCodec.SHORT_HEADER + i] ^= mask[1 + i];
                truncated = truncated << 8 | (data[PacketCodec.SHORT_HEADER + i] & 0xff);
            }
            long number = PacketNumbers.decode(largest, truncated, length);
            require(number > largest, "packet number " + number + " after " + largest);
            boolean update = step((data[0] & PacketOpener.KEY_PHASE_BIT) == 0 ? 0 : 1);
            int header = PacketCodec.SHORT_HEADER + length;
            int opened = cipher.open(number, data, 0, header, data.length - header);
            require(opened > 0, "a packet that does not open as number " + number + " of phase " + phase);
            largest = number;
            if (number < REMEMBERED) {
                used.set((int) number);
            }
            return new Opened(number, phase, update, frames(data, header, opened));
        }

        private boolean step(int bit) {
            if (bit == phase % 2) {
                return false;
            }
            keys = keys.next();
            cipher = keys.cipher();
            phase++;
            return true;
        }

        private static List<Frame> frames(byte[] data, int offset, int length) {
            FrameReader reader = new FrameReader(data, offset, length);
            List<Frame> frames = new ArrayList<>(4);
            try {
                for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                    frames.add(frame);
                }
            } catch (MalformedPacketException e) {
                throw new AssertionError("frames that do not decode", e);
            }
            return frames;
        }
    }
}
