package io.kabar.chat.internal.connection.lane;

import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Puts events together that were too large for one packet, within a bound on their number and bytes. */
final class PartialEvents {
    /** Pieces of one event: bounds what keeping them sorted may cost. */
    private static final int PIECES = 256;

    /** Complete ones remembered, so that a part that comes twice does not begin an event that never completes. */
    private static final int REMEMBERED = 2 * WireLimits.PARTIAL_EVENTS;

    private static final class Partial {
        final long log;
        final long seq;
        final int total;
        final RangeSet present = new RangeSet();
        byte[] body = {};

        Partial(long log, long seq, int total) {
            this.log = log;
            this.seq = seq;
            this.total = total;
        }
    }

    private final List<Partial> partials = new ArrayList<>(0);
    private int bytes;

    /** log and seq of each, one after the other; the oldest is overwritten first. */
    private long @Nullable [] complete;

    private int completed;

    /** Takes a part; returns the event's body if it was the last one missing. */
    byte @Nullable [] add(Frame.EventPart part) throws ProtocolViolation {
        Partial partial = find(part.log(), part.seq());
        if (partial == null) {
            if (wasComplete(part.log(), part.seq())) {
                return null;
            }
            if (partials.size() == WireLimits.PARTIAL_EVENTS) {
                throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "too many partial events");
            }
            partial = new Partial(part.log(), part.seq(), part.total());
            partials.add(partial);
        }
        if (partial.total != part.total()) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "event has changed its length");
        }
        int end = part.offset() + part.bytes().length;
        reserve(partial, end);
        System.arraycopy(part.bytes(), 0, partial.body, part.offset(), part.bytes().length);
        partial.present.add(part.offset(), end);
        if (partial.present.count() > PIECES) {
            throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "event in too many pieces");
        }
        if (partial.present.from(0) > 0 || partial.present.to(0) < partial.total) {
            return null;
        }
        drop(partial);
        remember(partial);
        return partial.body; // of its full length, since its last byte came
    }

    /** Parts of these events will not be completed any more. */
    void drop(long log, long from, long to) {
        for (int i = partials.size() - 1; i >= 0; i--) {
            Partial partial = partials.get(i);
            if (partial.log == log && partial.seq >= from && partial.seq <= to) {
                drop(partial);
                remember(partial);
            }
        }
    }

    /** All events of these logs may come again, from their first part on. */
    void forget(LongPredicate logs) {
        for (int i = partials.size() - 1; i >= 0; i--) {
            if (logs.test(partials.get(i).log)) {
                drop(partials.get(i));
            }
        }
        long[] ids = complete;
        for (int i = 0; ids != null && i < ids.length; i += 2) {
            ids[i] = logs.test(ids[i]) ? -1 : ids[i];
        }
    }

    /** Bytes held. */
    int bytes() {
        return bytes;
    }

    /** The body grows with what has come, not with what was announced. */
    private void reserve(Partial partial, int end) throws ProtocolViolation {
        int held = partial.body.length;
        if (end <= held) {
            return;
        }
        int capacity = Math.min(partial.total, Math.max(end, 2 * held));
        bytes += capacity - held;
        if (bytes > WireLimits.PARTIAL_EVENT_BYTES) {
            throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "too many bytes of partial events");
        }
        partial.body = Arrays.copyOf(partial.body, capacity);
    }

    private void drop(Partial partial) {
        partials.remove(partial);
        bytes -= partial.body.length;
    }

    private @Nullable Partial find(long log, long seq) {
        for (Partial partial : partials) {
            if (partial.log == log && partial.seq == seq) {
                return partial;
            }
        }
        return null;
    }

    private void remember(Partial partial) {
        long[] ids = complete;
        if (ids == null) {
            ids = new long[2 * REMEMBERED];
            Arrays.fill(ids, -1);
            complete = ids;
        }
        int at = 2 * (completed++ % REMEMBERED);
        ids[at] = partial.log;
        ids[at + 1] = partial.seq;
    }

    private boolean wasComplete(long log, long seq) {
        long[] ids = complete;
        if (ids != null) {
            for (int i = 0; i < ids.length; i += 2) {
                if (ids[i] == log && ids[i + 1] == seq) {
                    return true;
                }
            }
        }
        return false;
    }
}
