package io.kabar.chat.internal.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Reads and writes the packets of {@link Packet}. All integers are big-endian. */
public final class PacketCodec {
    /** First byte of a protected packet: this bit set and the one above it clear. */
    public static final int FIXED_BIT = 0x40;

    /** Bytes before the packet number of a protected packet: first byte and destination id. */
    public static final int SHORT_HEADER = 1 + Long.BYTES;

    /** Bytes of a stateless reset token, and of an AEAD tag. */
    public static final int RESET_TOKEN = 16;

    /** The smallest stateless reset, in bytes: nothing shorter passes for a packet (RFC 9000 section 10.3). */
    public static final int SMALLEST_RESET = 21;

    /** Long enough to pass for a short packet with an acknowledgement, in bytes. */
    private static final int LARGEST_RESET = 64;

    private PacketCodec() {}

    /** Whether the first byte is a protected packet's. */
    public static boolean isProtected(byte first) {
        return (first & 0xc0) == FIXED_BIT;
    }

    /** The destination id of a protected packet of at least {@link #SHORT_HEADER} bytes. */
    public static long destinationCid(byte[] data, int offset) {
        return BigEndian.readLong(data, offset + 1);
    }

    /** Writes the part of a protected packet's header that stands before the packet number. */
    public static void writeShortHeader(byte[] out, int offset, int firstByte, long destinationCid) {
        out[offset] = (byte) firstByte;
        BigEndian.writeLong(out, offset + 1, destinationCid);
    }

    public static Packet decode(byte[] data, int offset, int length) throws MalformedPacketException {
        Input in = new Input(data, offset, length);
        int first = in.u8();
        if (isProtected((byte) first)) {
            return new Packet.Protected(in.u64());
        }
        if (first < Packet.HELLO || first > Packet.VERSION) {
            throw new MalformedPacketException("unknown packet type " + first);
        }
        int version = in.u32();
        if (first == Packet.VERSION) {
            return versions(in, version);
        }
        long clientCid = in.u64();
        // An unknown version may mean any other layout; the endpoint answers it without looking further.
        if (version != Packet.VERSION_2) {
            if (first == Packet.HELLO || first == Packet.INIT) {
                in.full(length);
                return new Packet.Hello(version, clientCid, new byte[0]);
            }
            throw new MalformedPacketException("unknown version");
        }
        Packet packet = switch (first) {
            case Packet.HELLO -> new Packet.Hello(version, clientCid, in.bytes(Packet.KEY_LENGTH));
            case Packet.RETRY -> new Packet.Retry(version, clientCid, in.bytes(Packet.KEY_LENGTH), in.bytes(in.u8()));
            case Packet.INIT -> new Packet.Init(version, clientCid, in.bytes(in.u8()), in.bytes(in.u16()));
            default -> new Packet.Reply(version, clientCid, in.bytes(in.u16()));
        };
        if (first == Packet.HELLO || first == Packet.INIT) {
            in.full(length);
            in.padding();
        }
        in.end();
        return packet;
    }

    /**
     * Writes a handshake packet at the start of {@code out}, which holds {@link WireLimits#DATAGRAM} bytes, and returns
     * its length.
     */
    public static int encode(Packet packet, byte[] out) {
        Output to = new Output(out);
        if (packet instanceof Packet.Hello hello) {
            to.begin(Packet.HELLO, hello.version(), hello.clientCid());
            to.bytes(hello.ephemeral());
            to.pad();
        } else if (packet instanceof Packet.Retry retry) {
            to.begin(Packet.RETRY, retry.version(), retry.clientCid());
            to.bytes(retry.serverKey());
            to.u8(retry.token().length);
            to.bytes(retry.token());
        } else if (packet instanceof Packet.Init init) {
            to.begin(Packet.INIT, init.version(), init.clientCid());
            to.u8(init.token().length);
            to.bytes(init.token());
            to.u16(init.noise().length);
            to.bytes(init.noise());
            to.pad();
        } else if (packet instanceof Packet.Reply reply) {
            to.begin(Packet.REPLY, reply.version(), reply.clientCid());
            to.u16(reply.noise().length);
            to.bytes(reply.noise());
        } else if (packet instanceof Packet.VersionNegotiation negotiation) {
            to.begin(Packet.VERSION, 0, negotiation.clientCid());
            to.u8(negotiation.versions().size());
            for (int version : negotiation.versions()) {
                to.u32(version);
            }
        } else {
            throw new IllegalArgumentException("a protected packet is written by its connection");
        }
        return to.position;
    }

    /**
     * Writes a stateless reset, "I do not know this connection any more", and returns its length; 0 if the datagram
     * that asks for it, of {@code triggerLength} bytes, is too short for an answer that is shorter still, without which
     * two endpoints could answer each other for ever (RFC 9000 section 10.3.3).
     */
    public static int statelessReset(byte[] out, int triggerLength, byte[] token, RandomGenerator random) {
        int longest = Math.min(triggerLength - 1, LARGEST_RESET);
        if (longest < SMALLEST_RESET) {
            return 0;
        }
        int length = random.nextInt(SMALLEST_RESET, longest + 1);
        byte[] noise = new byte[length - RESET_TOKEN];
        random.nextBytes(noise);
        noise[0] = (byte) (FIXED_BIT | (noise[0] & 0x3f));
        System.arraycopy(noise, 0, out, 0, noise.length);
        System.arraycopy(token, 0, out, noise.length, RESET_TOKEN);
        return length;
    }

    private static Packet versions(Input in, int version) throws MalformedPacketException {
        long clientCid = in.u64();
        int count = in.u8();
        if (version != 0 || count > WireLimits.VERSIONS) {
            throw new MalformedPacketException("not a version negotiation");
        }
        List<Integer> versions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            versions.add(in.u32());
        }
        in.end();
        return new Packet.VersionNegotiation(clientCid, versions);
    }

    private static final class Input {
        private final byte[] data;
        private final int limit;
        private int position;

        Input(byte[] data, int offset, int length) {
            this.data = data;
            position = offset;
            limit = offset + length;
        }

        int u8() throws MalformedPacketException {
            return data[take(1)] & 0xff;
        }

        int u16() throws MalformedPacketException {
            return BigEndian.readShort(data, take(Short.BYTES));
        }

        int u32() throws MalformedPacketException {
            return BigEndian.readInt(data, take(Integer.BYTES));
        }

        long u64() throws MalformedPacketException {
            return BigEndian.readLong(data, take(Long.BYTES));
        }

        byte[] bytes(int count) throws MalformedPacketException {
            int at = take(count);
            return Arrays.copyOfRange(data, at, at + count);
        }

        /** HELLO and INIT count only if they fill a datagram: the answer must not be an amplification. */
        void full(int length) throws MalformedPacketException {
            if (length != WireLimits.DATAGRAM) {
                throw new MalformedPacketException("handshake packet of " + length + " bytes");
            }
        }

        void padding() throws MalformedPacketException {
            while (position < limit) {
                if (data[position++] != 0) {
                    throw new MalformedPacketException("padding is not zero");
                }
            }
        }

        void end() throws MalformedPacketException {
            if (position != limit) {
                throw new MalformedPacketException("trailing bytes");
            }
        }

        private int take(int count) throws MalformedPacketException {
            if (limit - position < count) {
                throw new MalformedPacketException("truncated packet");
            }
            position += count;
            return position - count;
        }
    }

    private static final class Output {
        private final byte[] out;
        private int position;

        Output(byte[] out) {
            this.out = out;
        }

        void begin(int type, int version, long clientCid) {
            u8(type);
            u32(version);
            BigEndian.writeLong(out, position, clientCid);
            position += Long.BYTES;
        }

        void u8(int value) {
            if (value > 0xff) {
                throw new IllegalArgumentException(value + " does not fit a byte");
            }
            out[position++] = (byte) value;
        }

        void u16(int value) {
            BigEndian.writeShort(out, position, value);
            position += Short.BYTES;
        }

        void u32(int value) {
            BigEndian.writeInt(out, position, value);
            position += Integer.BYTES;
        }

        void bytes(byte[] source) {
            System.arraycopy(source, 0, out, position, source.length);
            position += source.length;
        }

        void pad() {
            Arrays.fill(out, position, WireLimits.DATAGRAM, (byte) 0);
            position = WireLimits.DATAGRAM;
        }
    }
}
