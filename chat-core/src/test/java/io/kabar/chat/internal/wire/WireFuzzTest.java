package io.kabar.chat.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, decoders give a value or throw {@link MalformedPacketException}. */
class WireFuzzTest {
    private static final int ROUNDS = 30_000;

    private final byte[] data = new byte[WireLimits.DATAGRAM];

    @Test
    void any_bytes_are_frames_or_malformed() {
        int wellFormed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            int length = random.nextInt(random.nextBoolean() ? 16 : 300);
            for (int i = 0; i < length; i++) {
                // Small numbers make more sense as types and lengths.
                data[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(13));
            }
            wellFormed += readFrames(length);
        }
        assertThat(wellFormed).as("the fuzzer gets behind the first byte").isGreaterThan(ROUNDS / 50);
    }

    @Test
    void damaged_frames_are_frames_or_malformed() {
        int damaged = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            int length = damage(writeFrames(random), random);
            damaged += 1 - readFrames(length);
        }
        assertThat(damaged).as("damage shows").isGreaterThan(ROUNDS / 50);
    }

    @Test
    void any_bytes_are_a_packet_or_malformed() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            random.nextBytes(data);
            data[0] = (byte) (0xc0 + random.nextInt(6));
            if (random.nextBoolean()) {
                BigEndian.writeInt(data, 1, random.nextInt(4) == 0 ? 0 : Packet.VERSION_2);
            }
            readPacket(random.nextInt(4) == 0 ? WireLimits.DATAGRAM : random.nextInt(200));
        }
    }

    @Test
    void damaged_packets_are_packets_or_malformed() {
        int wellFormed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            int length = PacketCodec.encode(packet(random), data);
            wellFormed += readPacket(damage(length, random));
        }
        assertThat(wellFormed).isGreaterThan(ROUNDS / 50);
    }

    /** 1 if the frames are well-formed. */
    private int readFrames(int length) {
        // A copy of the very length, so that reading beyond the end is seen.
        FrameReader reader = new FrameReader(Arrays.copyOf(data, length), 0, length);
        try {
            List<Frame> frames = new ArrayList<>();
            for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
            assertThat(frames).hasSizeLessThanOrEqualTo(WireLimits.FRAMES);
            return 1;
        } catch (MalformedPacketException e) {
            assertThat(e).hasMessageNotContaining("null");
            assertThat(e.getStackTrace()).isEmpty();
            return 0;
        }
    }

    private int readPacket(int length) {
        try {
            PacketCodec.decode(Arrays.copyOf(data, length), 0, length);
            return 1;
        } catch (MalformedPacketException e) {
            return 0;
        }
    }

    private int damage(int length, Random random) {
        int damaged = switch (random.nextInt(3)) {
            case 0 -> random.nextInt(length + 1);
            case 1 -> Math.min(data.length, length + random.nextInt(4));
            default -> length;
        };
        for (int i = random.nextInt(4); i > 0 && damaged > 0; i--) {
            data[random.nextInt(damaged)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    private int writeFrames(Random random) {
        FrameWriter out = new FrameWriter(data, 0, 200);
        byte[] body = new byte[random.nextInt(1, 60)];
        random.nextBytes(body);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            long room = random.nextLong(VarInt.MAX);
            switch (random.nextInt(9)) {
                case 0 -> out.ping();
                case 1 -> out.ack(random.nextInt(100_000), new long[] {500, 900, 20, 60, 7, 7}, 3);
                case 2 -> out.close(random.nextInt(100), new byte[random.nextInt(20)]);
                case 3 -> out.pathChallenge(random.nextLong());
                case 4 -> out.lane(random.nextInt(65), random.nextInt(1 << 20), body, 0, body.length);
                case 5 -> out.event(room, random.nextInt(1 << 20), body);
                case 6 -> out.eventPart(room, 3, body, body.length / 2, body.length - body.length / 2);
                case 7 -> out.gap(room, 1, random.nextInt(1, 1000));
                default -> out.signal(room, body);
            }
        }
        return out.length();
    }

    private static Packet packet(Random random) {
        byte[] key = new byte[Packet.KEY_LENGTH];
        byte[] token = new byte[random.nextInt(100)];
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(key);
        random.nextBytes(noise);
        long cid = random.nextLong();
        return switch (random.nextInt(5)) {
            case 0 -> new Packet.Hello(Packet.VERSION_2, cid, key);
            case 1 -> new Packet.Retry(Packet.VERSION_2, cid, key, token);
            case 2 -> new Packet.Init(Packet.VERSION_2, cid, token, noise);
            case 3 -> new Packet.Reply(Packet.VERSION_2, cid, noise);
            default -> new Packet.VersionNegotiation(cid, List.of(random.nextInt(), random.nextInt()));
        };
    }
}
