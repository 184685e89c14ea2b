package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.endpoint.SignalOrder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Remembers everything a connection delivers. */
class RecordingSink implements ConnectionSink {
    record Closed(boolean byPeer, long code, String reason) {}

    final Map<Integer, List<byte[]>> messages = new HashMap<>();
    final Map<Long, Map<Long, byte[]>> events = new HashMap<>();
    final List<String> gaps = new ArrayList<>();
    final List<byte[]> signals = new ArrayList<>();
    private final SignalOrder order = new SignalOrder(64);
    final List<InetSocketAddress> moves = new ArrayList<>();
    final List<Integer> writable = new ArrayList<>();
    int eventsInAll;
    int readies;
    int closings;

    @Nullable
    Closed closed;

    List<byte[]> messages(int lane) {
        return messages.computeIfAbsent(lane, id -> new ArrayList<>());
    }

    Map<Long, byte[]> events(long room) {
        return events.computeIfAbsent(room, id -> new TreeMap<>());
    }

    @Override
    public void onMessage(int lane, byte[] message) {
        messages(lane).add(message);
    }

    @Override
    public void onEvent(long room, long seq, byte[] body) {
        eventsInAll++;
        events(room).put(seq, body);
    }

    @Override
    public void onGap(long room, long from, long to) {
        gaps.add(room + ":" + from + "-" + to);
    }

    @Override
    public boolean onSignal(long room, long packet, byte[] body) {
        boolean isNews = order.admits(room, packet);
        if (isNews) {
            signals.add(body);
        }
        return isNews;
    }

    @Override
    public void onReady() {
        readies++;
    }

    @Override
    public void onPathChanged(InetSocketAddress from, InetSocketAddress to) {
        moves.add(to);
    }

    @Override
    public void onLaneWritable(int lane) {
        writable.add(lane);
    }

    @Override
    public void onClosed(boolean byPeer, long code, String reason) {
        closings++;
        closed = new Closed(byPeer, code, reason);
    }
}
