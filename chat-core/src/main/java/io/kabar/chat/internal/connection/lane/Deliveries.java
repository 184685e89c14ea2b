package io.kabar.chat.internal.connection.lane;

import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The receiving end of what frames carry for the application: lanes, events, gaps and signals. */
public final class Deliveries {
    private final DeliverySink sink;
    private final BooleanSupplier open;
    private int acceptedLanes = WireLimits.LANES;
    /** The lanes beside lane 0 that may be used without a bound of their own; null if all may. */
    private @Nullable BitSet named;

    private @Nullable LaneReceiver[] lanes = new @Nullable LaneReceiver[1];
    private int laneBytes;
    private @Nullable PartialEvents partials;

    /** {@code open} tells whether the application still wants to hear anything; it may change its mind any time. */
    public Deliveries(DeliverySink sink, BooleanSupplier open) {
        this.sink = sink;
        this.open = open;
    }

    public void acceptLanes(int count) {
        acceptedLanes = count;
    }

    public void acceptNamedLanes() {
        acceptedLanes = WireLimits.LANES;
        named = new BitSet(WireLimits.LANES);
        named.set(0);
    }

    public void nameLane(int lane) {
        if (named != null) {
            named.set(lane);
        }
    }

    public void onLane(Frame.Lane frame) throws ProtocolViolation {
        if (frame.lane() >= acceptedLanes) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "lane " + frame.lane() + " is not open yet");
        }
        LaneReceiver receiver = receiver(frame.lane());
        int before = receiver.bytes();
        receiver.add(frame);
        for (byte[] message = receiver.poll(); message != null; message = receiver.poll()) {
            sink.onMessage(frame.lane(), message);
            if (!open.getAsBoolean()) {
                return;
            }
        }
        laneBytes += receiver.bytes() - before;
        if (laneBytes > WireLimits.LANES_HELD) {
            throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "too many bytes of messages that are not complete");
        }
        if (isEarly(frame.lane()) && receiver.bytes() > 0 && earlyBytes() > WireLimits.EARLY_LANES_HELD) {
            throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "too many bytes on lanes without a name");
        }
    }

    private boolean isEarly(int lane) {
        return named != null && !named.get(lane);
    }

    private int earlyBytes() {
        int bytes = 0;
        for (int lane = 0; lane < lanes.length; lane++) {
            LaneReceiver receiver = lanes[lane];
            bytes += receiver != null && isEarly(lane) ? receiver.bytes() : 0;
        }
        return bytes;
    }

    public void onEvent(Frame.Event frame) {
        if (partials != null) {
            partials.drop(frame.log(), frame.seq(), frame.seq());
        }
        sink.onEvent(frame.log(), frame.seq(), frame.body());
    }

    public void onEventPart(Frame.EventPart frame) throws ProtocolViolation {
        PartialEvents events = partials;
        if (events == null) {
            events = new PartialEvents();
            partials = events;
        }
        byte[] body = events.add(frame);
        if (body != null) {
            sink.onEvent(frame.log(), frame.seq(), body);
        }
    }

    public void onGap(Frame.Gap frame) {
        if (partials != null) {
            partials.drop(frame.log(), frame.from(), frame.to());
        }
        sink.onGap(frame.log(), frame.from(), frame.to());
    }

    /** These logs are of no interest any more: if their events come again, they are new. */
    public void forgetLogs(LongPredicate logs) {
        if (partials != null) {
            partials.forget(logs);
        }
    }

    /** Whether it is news, which it is not if a newer packet has undone it. */
    public boolean onSignal(Frame.Signal frame, long number) {
        return sink.onSignal(frame.log(), number, frame.body());
    }

    /** Nothing that has come so far is of interest any more. */
    public void letGo() {
        lanes = new @Nullable LaneReceiver[1];
        laneBytes = 0;
        partials = null;
    }

    /** Bytes held of messages that are not complete. */
    public int laneBytes() {
        return laneBytes;
    }

    /** Bytes held of events that are not complete. */
    public int partialBytes() {
        return partials == null ? 0 : partials.bytes();
    }

    private LaneReceiver receiver(int lane) {
        if (lane >= lanes.length) {
            lanes = Arrays.copyOf(lanes, lane + 1);
        }
        LaneReceiver receiver = lanes[lane];
        if (receiver == null) {
            receiver = new LaneReceiver();
            lanes[lane] = receiver;
        }
        return receiver;
    }
}
