package io.kabar.chat.internal.connection.lane;

import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to write into the next packet: the control lane, then those that have lost something, then logs and
 * lanes in rotation, then signals. A packet takes from one after the other until it is full. Of a few packets that are
 * full, one is for signals first: where a log has much to catch up with, they would wait for its end.
 */
public final class SendQueue {
    /** What may be waiting and not fit before a packet is closed. */
    private static final int MISFITS = 4;

    /** Of so many packets in a row for which logs and lanes wait, signals come first in one. */
    private static final int SIGNAL_TURN = 4;

    private static final int CONTROL = 0;

    /** Bytes that hardly any frame fits in. */
    private static final int FULL = 12;

    /** What the queue needs of its connection. */
    public interface Owner {
        boolean isOpen();

        void wake();

        void laneWritable(int lane);
    }

    private final Owner owner;
    private @Nullable Lane[] lanes = new @Nullable Lane[1];
    private final ArrayDeque<Flow> urgent = new ArrayDeque<>(2);
    private final ArrayDeque<Flow> rotation = new ArrayDeque<>(4);
    private final ArrayDeque<Flow> signals = new ArrayDeque<>(2);
    private final ArrayDeque<Flow> misfits = new ArrayDeque<>(2);
    private int partsInFlight;
    /** Packets since signals came first. */
    private int sinceSignals;

    public SendQueue(Owner owner) {
        this.owner = owner;
    }

    public Lane lane(int id) {
        if (id < 0 || id >= WireLimits.LANES) {
            throw new IllegalArgumentException("lane " + id);
        }
        if (id >= lanes.length) {
            lanes = Arrays.copyOf(lanes, id + 1);
        }
        Lane lane = lanes[id];
        if (lane == null) {
            lane = new Lane(id, this);
            lanes[id] = lane;
        }
        return lane;
    }

    /** Lets a source take part. */
    public FrameSource.Handle register(FrameSource source, FrameClass frameClass) {
        return new SourceFlow(source, frameClass, this);
    }

    public boolean lanesIdle() {
        for (Lane lane : lanes) {
            if (lane != null && lane.queuedBytes() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Nothing that waits in lanes is sent any more. */
    public void letGo() {
        for (Lane lane : lanes) {
            if (lane != null) {
                lane.letGo();
            }
        }
    }

    /** EVENT_PART frames that are not acknowledged. */
    public int partsInFlight() {
        return partsInFlight;
    }

    boolean open() {
        return owner.isOpen();
    }

    void writable(int lane) {
        owner.laneWritable(lane);
    }

    /** The flow has something to send; the caller has seen that it is not queued. */
    void enqueue(Flow flow) {
        if (flow != lanes[CONTROL]) { // the control lane is looked at first and stands in no queue
            flow.queued = true;
            queueOf(flow).addLast(flow);
        }
        owner.wake();
    }

    public boolean isEmpty() {
        return rotation.isEmpty() && urgent.isEmpty() && signals.isEmpty() && !controlWaits();
    }

    /** Fills the packet; returns notes of what is in it. */
    @Nullable
    public SentFrame fill(FrameWriter out, long now) {
        out.allowParts(WireLimits.PARTS_IN_FLIGHT - partsInFlight);
        SentFrame sent = null;
        Lane control = lanes[CONTROL];
        if (control != null && control.hasMore()) {
            sent = write(control, out, false, sent, now);
        }
        sent = drainUrgent(out, sent, now);
        if (!signals.isEmpty() && ++sinceSignals >= SIGNAL_TURN) {
            sinceSignals = 0;
            sent = drain(signals, out, sent, now);
        }
        sent = drain(rotation, out, sent, now);
        return drain(signals, out, sent, now);
    }

    public void onAcked(@Nullable SentFrame frames, long now) {
        for (SentFrame frame = frames; frame != null; frame = frame.next) {
            partsInFlight -= frame.parts;
            frame.flow.onAcked(frame, now);
            if (!frame.flow.queued && frame.flow.hasMore()) { // a lane's window has moved on
                enqueue(frame.flow);
            }
        }
    }

    public void onLost(@Nullable SentFrame frames, long now) {
        for (SentFrame frame = frames; frame != null; frame = frame.next) {
            partsInFlight -= frame.parts;
            Flow flow = frame.flow;
            flow.onLost(frame, now);
            if (flow != lanes[CONTROL] && flow.hasMore()) {
                if (flow.urgentTurns == 0) {
                    urgent.addLast(flow);
                }
                flow.urgentTurns++;
            }
        }
    }

    private @Nullable SentFrame drainUrgent(FrameWriter out, @Nullable SentFrame sent, long now) {
        SentFrame list = sent;
        for (int turns = urgent.size(); turns > 0 && out.remaining() >= FULL; turns--) {
            Flow flow = urgent.removeFirst();
            int before = out.length();
            // Beside what was lost a slice at most: who has more than that stands in rotation, too.
            list = write(flow, out, true, list, now);
            if (out.length() > before) {
                flow.urgentTurns--;
            } else if (!fresh(out)) {
                urgent.addFirst(flow); // it goes first in the next packet
                break;
            } else {
                flow.urgentTurns = 0;
            }
            if (!flow.hasMore()) {
                flow.urgentTurns = 0;
            } else if (flow.urgentTurns > 0) {
                urgent.addLast(flow);
            } else if (!flow.queued && out.length() > before) {
                flow.queued = true;
                requeue(flow, queueOf(flow), out);
            }
        }
        return list;
    }

    private @Nullable SentFrame drain(ArrayDeque<Flow> queue, FrameWriter out, @Nullable SentFrame sent, long now) {
        SentFrame list = sent;
        int turns = queue.size();
        while (turns > 0 && out.remaining() >= FULL && misfits.size() < MISFITS) {
            turns--;
            Flow flow = queue.removeFirst();
            flow.queued = false;
            int before = out.length();
            list = write(flow, out, !queue.isEmpty(), list, now);
            if (flow.queued || !flow.hasMore()) {
                continue;
            }
            if (out.length() > before) {
                flow.queued = true;
                requeue(flow, queue, out);
                turns = out.remaining() < WireLimits.EVENT_FRAME ? turns : queue.size(); // a long datagram: once more
            } else if (!fresh(out)) {
                flow.queued = true;
                misfits.addLast(flow);
            }
            // What finds nothing to write in an empty packet has to say anew that it is ready.
        }
        while (!misfits.isEmpty()) {
            queue.addFirst(misfits.removeLast());
        }
        return list;
    }

    /** Of few events may parts be missing at a time, so one is sent to its end before the next begins. */
    private static void requeue(Flow flow, ArrayDeque<Flow> queue, FrameWriter out) {
        if (out.insideEvent()) {
            queue.addFirst(flow);
        } else {
            queue.addLast(flow);
        }
    }

    private @Nullable SentFrame write(Flow flow, FrameWriter out, boolean shared, @Nullable SentFrame sent, long now) {
        SentFrame list = flow.write(out, shared, sent, now);
        if (list != null && list != sent) {
            partsInFlight += list.parts;
        }
        return list;
    }

    /** Whether a flow that writes nothing now has nothing, and not just too little space. */
    private static boolean fresh(FrameWriter out) {
        return out.length() == 0 && out.partsAllowed() && out.remaining() >= WireLimits.EVENT_FRAME;
    }

    private boolean controlWaits() {
        Lane control = lanes[CONTROL];
        return control != null && control.hasMore();
    }

    private ArrayDeque<Flow> queueOf(Flow flow) {
        return flow instanceof SourceFlow source && source.frameClass() == FrameClass.SIGNAL ? signals : rotation;
    }
}
