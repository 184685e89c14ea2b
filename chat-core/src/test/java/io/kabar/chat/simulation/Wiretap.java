package io.kabar.chat.simulation;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionTap;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees every datagram as it is sent and can open it: no key is used for two connections and no packet number twice
 * under a key, through updates of keys, new sign-ins and restarts; and a person can read what is said.
 */
final class Wiretap {
    private record Tapped(ConnectionTap connection, boolean toServer, long serverCid) {}

    /** A datagram as its sender meant it. */
    record Seen(long serverCid, ConnectionTap.@Nullable Opened packet, String otherwise) {
        @Override
        public String toString() {
            return packet == null ? otherwise : "#" + packet.number() + brief(packet);
        }
    }

    private final Map<Long, Tapped> byCid = new HashMap<>();
    /** How many packets of each kind were sent outside connections. */
    final Map<String, Integer> greetings = new TreeMap<>();
    /** When they were sent. */
    final Map<String, List<Long>> greetedAt = new TreeMap<>();
    /** Key updates seen, in both directions. */
    int updates;

    private final Set<String> secrets = new HashSet<>();

    /** A client has a new connection and has not used it yet. */
    void tap(Connection client) {
        ConnectionTap tap = ConnectionTap.of(client);
        World.require(secrets.add(tap.secrets()), "two connections have the same keys");
        byCid.put(client.remoteCid(), new Tapped(tap, true, client.remoteCid()));
        byCid.put(client.localCid(), new Tapped(tap, false, client.remoteCid()));
    }

    /** Somebody sends. */
    Seen sees(boolean toServer, byte[] datagram, long now) {
        World.require(
                datagram.length <= WireLimits.LARGEST_DATAGRAM, () -> "a datagram of " + datagram.length + " bytes");
        if (!PacketCodec.isProtected(datagram[0])) {
            String greeting = greeting(datagram);
            greetings.merge(greeting, 1, Integer::sum);
            greetedAt.computeIfAbsent(greeting, kind -> new ArrayList<>()).add(now);
            return new Seen(0, null, greeting);
        }
        Tapped tapped = byCid.get(PacketCodec.destinationCid(datagram, 0));
        if (tapped == null) {
            return new Seen(0, null, "reset, or a packet of a stranger");
        }
        World.require(tapped.toServer == toServer, "a packet with its sender's own id");
        ConnectionTap.Opened opened = tapped.connection.open(toServer, datagram);
        updates += opened.update() ? 1 : 0;
        return new Seen(tapped.serverCid, opened, "");
    }

    private static String greeting(byte[] datagram) {
        try {
            Packet packet = PacketCodec.decode(datagram, 0, datagram.length);
            return packet.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
        } catch (MalformedPacketException e) {
            throw new AssertionError("a malformed packet is sent", e);
        }
    }

    private static String brief(ConnectionTap.Opened packet) {
        StringJoiner text = new StringJoiner(", ", packet.phase() == 0 ? " [" : "'" + packet.phase() + " [", "]");
        packet.frames().forEach(frame -> text.add(brief(frame)));
        return text.toString();
    }

    private static String brief(Frame frame) {
        if (frame instanceof Frame.Ack ack) {
            List<String> ranges = new ArrayList<>();
            for (int i = 0; i < ack.rangeCount(); i++) {
                ranges.add(ack.smallest(i) + "-" + ack.largest(i));
            }
            return "ACK " + String.join(" ", ranges);
        } else if (frame instanceof Frame.Lane lane) {
            return "LANE " + lane.lane() + " @" + lane.offset() + "+" + lane.bytes().length;
        } else if (frame instanceof Frame.Event event) {
            return "EVENT " + event.log() + " #" + event.seq();
        } else if (frame instanceof Frame.EventPart part) {
            return "PART " + part.log() + " #" + part.seq() + " @" + part.offset() + "/" + part.total();
        } else if (frame instanceof Frame.Signal signal) {
            return "SIGNAL " + signal.log();
        }
        return frame.toString();
    }
}
