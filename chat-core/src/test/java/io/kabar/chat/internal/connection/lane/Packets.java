package io.kabar.chat.internal.connection.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.FrameReader;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link SendQueue} and the packets it fills, without a network. */
final class Packets implements SendQueue.Owner {
    /** What became of one packet. */
    record Packet(List<Frame> frames, @Nullable SentFrame notes) {
        /** Each frame in short: what it is of, and how many bytes it carries. */
        List<String> text() {
            return frames.stream().map(Packets::text).toList();
        }

        int laneBytes(int lane) {
            int bytes = 0;
            for (Frame frame : frames) {
                bytes += frame instanceof Frame.Lane piece && piece.lane() == lane ? piece.bytes().length : 0;
            }
            return bytes;
        }
    }

    final SendQueue queue = new SendQueue(this);
    final List<Integer> writable = new ArrayList<>();
    boolean open = true;
    int wakes;
    private final byte[] out = new byte[WireLimits.LARGEST_DATAGRAM];

    /** The next packet, of so many bytes of frames. */
    Packet next(int space) {
        FrameWriter writer = new FrameWriter(out, 0, space);
        SentFrame notes = queue.fill(writer, 0);
        assertThat(writer.length()).isLessThanOrEqualTo(space);
        return new Packet(frames(Arrays.copyOf(out, writer.length())), notes);
    }

    void acked(Packet packet) {
        queue.onAcked(packet.notes(), 0);
    }

    void lost(Packet packet) {
        queue.onLost(packet.notes(), 0);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void wake() {
        wakes++;
    }

    @Override
    public void laneWritable(int lane) {
        writable.add(lane);
    }

    private static List<Frame> frames(byte[] packet) {
        List<Frame> frames = new ArrayList<>();
        FrameReader reader = new FrameReader(packet, 0, packet.length);
        try {
            for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
        } catch (MalformedPacketException e) {
            throw new AssertionError("frames that do not decode", e);
        }
        return frames;
    }

    private static String text(Frame frame) {
        if (frame instanceof Frame.Lane lane) {
            return "lane " + lane.lane() + " " + lane.offset() + "+" + lane.bytes().length;
        } else if (frame instanceof Frame.Event event) {
            return "event " + event.log() + ":" + event.seq();
        } else if (frame instanceof Frame.EventPart part) {
            return "part " + part.log() + ":" + part.seq() + " " + part.offset() + "+" + part.bytes().length;
        } else if (frame instanceof Frame.Signal signal) {
            return "signal " + signal.log();
        }
        return frame.toString();
    }
}
