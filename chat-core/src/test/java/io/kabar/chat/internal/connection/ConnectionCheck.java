package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.lane.Deliveries;
import io.kabar.chat.internal.connection.loss.CongestionController;
import io.kabar.chat.internal.connection.loss.SentPacket;
import io.kabar.chat.internal.connection.loss.SentPackets;
import io.kabar.chat.internal.wire.WireLimits;

/** What must be so in a connection after everything it does. */
public final class ConnectionCheck {
    /** A message and its length. */
    private ConnectionCheck() {}

    /** Bytes in flight are those of the packets in flight, on each path that counts for itself; bounds are kept. */
    public static void check(Connection connection) {
        SentPackets sent = connection.sentPackets();
        CongestionController current = connection.path().congestion();
        long bytes = 0;
        int eliciting = 0;
        for (long number = sent.base(); number < sent.end(); number++) {
            SentPacket packet = sent.get(number);
            if (packet != null && packet.inFlight()) {
                eliciting++;
                CongestionController controller = packet.path.congestion();
                if (controller == current) {
                    bytes += packet.size;
                } else if (controller.bytesInFlight() < packet.size) {
                    throw new AssertionError("a packet in flight on a former path is not counted there");
                }
            }
        }
        exactly("packets in flight", sent.elicitingInFlight(), eliciting);
        exactly("bytes in flight", current.bytesInFlight(), bytes);
        bounded("parts in flight", connection.sendQueue().partsInFlight(), WireLimits.PARTS_IN_FLIGHT);
        bounded("ranges to acknowledge", connection.receivedPackets().rangeCount(), WireLimits.ACK_RANGES);
        Deliveries deliveries = connection.deliveries();
        bounded("bytes of partial events", deliveries.partialBytes(), WireLimits.PARTIAL_EVENT_BYTES);
        bounded("bytes of lanes", deliveries.laneBytes(), WireLimits.LANES_HELD);
    }

    /** Whether nothing of this end's is on its way, and nothing waits to be sent. */
    public static boolean isAtRest(Connection connection) {
        return connection.state() == Connection.State.OPEN
                && !connection.awaitsAcknowledgement()
                && connection.sendQueue().isEmpty();
    }

    private static void exactly(String what, long amount, long right) {
        if (amount != right) {
            throw new AssertionError(amount + " " + what + " instead of " + right);
        }
    }

    private static void bounded(String what, long amount, long bound) {
        if (amount < 0 || amount > bound) {
            throw new AssertionError(amount + " " + what + " of at most " + bound);
        }
    }
}
