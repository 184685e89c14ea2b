package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A room's cursor in small: sends its events 1, 2, 3 ..., the large ones in parts, and what was lost again. */
final class RoomSource implements FrameSource {
    private record Slice(int seq, int offset, int length) {}

    final long room;
    final List<byte[]> events = new ArrayList<>();
    private final ArrayDeque<Slice> lost = new ArrayDeque<>();
    private final Map<Long, List<Slice>> sent = new HashMap<>();
    private int seq = 1;
    private int offset;
    private long tokens;

    RoomSource(long room) {
        this.room = room;
    }

    /** Tokens whose fate is not known. */
    int pending() {
        return sent.size();
    }

    @Override
    public long writeFrames(FrameWriter out, long now) {
        List<Slice> written = new ArrayList<>();
        while (!lost.isEmpty() && write(out, lost.peekFirst())) {
            written.add(lost.removeFirst());
        }
        while (lost.isEmpty() && seq <= events.size()) {
            Slice slice = nextSlice(out);
            if (slice.length() < 0 || !write(out, slice)) {
                break;
            }
            written.add(slice);
            offset += slice.length();
            if (offset == events.get(seq - 1).length) {
                seq++;
                offset = 0;
            }
        }
        if (written.isEmpty()) {
            return NOTHING;
        }
        sent.put(++tokens, written);
        return tokens;
    }

    private Slice nextSlice(FrameWriter out) {
        int total = events.get(seq - 1).length;
        if (FrameWriter.eventSize(room, seq, total) <= WireLimits.EVENT_FRAME) {
            return new Slice(seq, 0, total);
        }
        int room = Math.min(out.remaining(), WireLimits.EVENT_FRAME)
                - FrameWriter.eventPartOverhead(this.room, seq, total, offset, 1000);
        return new Slice(seq, offset, room < 100 ? -1 : Math.min(total - offset, room));
    }

    private boolean write(FrameWriter out, Slice slice) {
        byte[] body = events.get(slice.seq() - 1);
        return slice.length() == body.length
                ? out.event(room, slice.seq(), body)
                : out.eventPart(room, slice.seq(), body, slice.offset(), slice.length());
    }

    @Override
    public boolean hasMore() {
        return !lost.isEmpty() || seq <= events.size();
    }

    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public void onAcked(long token, long now) {
        take(token);
    }

    @Override
    public void onLost(long token, long now) {
        lost.addAll(take(token));
    }

    private List<Slice> take(long token) {
        List<Slice> slices = sent.remove(token);
        if (slices == null) {
            throw new IllegalStateException("fate of " + token + " told twice, or never sent");
        }
        return slices;
    }
}
