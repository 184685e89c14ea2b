package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Amended;
import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What later events have changed of a piece of history. A server tells their numbers; edits and deletions that are not
 * in the piece itself are read as any history is, some neighbours at a time.
 */
final class AmendedPieces {

    /** Events that are not needed between two that are, so that both are read at once. */
    private static final int NEIGHBOURS = 8;

    /** Pieces that are read for one; what stands in others is told without its words. */
    private static final int MOST_READ = 32;

    private record Told(Answer.Amended.Item item, long asOf) {}

    private final RoomName room;
    private final TreeMap<Long, Told> told = new TreeMap<>();

    AmendedPieces(RoomName room) {
        this.room = room;
    }

    void clear() {
        told.clear();
    }

    void add(Answer.Amended piece, Answer.History range) throws MalformedPacketException {
        for (Answer.Amended.Item item : piece.items()) {
            boolean possible = item.target() >= range.from()
                    && item.target() <= range.to()
                    && follows(item.edit(), item.target(), piece.asOf())
                    && follows(item.deletion(), item.target(), piece.asOf());
            if (!possible || told.put(item.target(), new Told(item, piece.asOf())) != null) {
                throw new MalformedPacketException("an amendment that cannot be");
            }
        }
    }

    private static boolean follows(long number, long target, long asOf) {
        return number == 0 || (number > target && number <= asOf);
    }

    /** Tells of a piece once its edits and deletions are known. */
    void complete(HistoryPage page, Outcome<HistoryPage> outcome, PendingCalls calls) {
        Map<Long, ChatEvent> known = new HashMap<>();
        page.events().forEach(event -> known.put(event.sequence(), event));
        HistoryPieces.read(calls, room, missing(known), outcome, rest -> {
            known.putAll(rest);
            return amended(page, known);
        });
    }

    private List<HistoryRange> missing(Map<Long, ChatEvent> known) {
        TreeSet<Long> numbers = new TreeSet<>();
        for (Told each : told.values()) {
            numbers.add(each.item().edit());
            numbers.add(each.item().deletion());
        }
        numbers.remove(0L);
        numbers.removeAll(known.keySet());
        List<HistoryRange> spans = new ArrayList<>();
        long from = 0;
        long to = 0;
        for (long number : numbers) {
            if (to > 0 && number - to <= NEIGHBOURS && number - from < HistoryRange.MAX) {
                to = number;
                continue;
            }
            if (to > 0) {
                spans.add(HistoryRange.from(from, (int) (to - from + 1)));
            }
            from = number;
            to = number;
        }
        if (to > 0) {
            spans.add(HistoryRange.from(from, (int) (to - from + 1)));
        }
        return spans.subList(0, Math.min(MOST_READ, spans.size()));
    }

    private HistoryPage amended(HistoryPage page, Map<Long, ChatEvent> known) {
        List<Amended> amended = new ArrayList<>(told.size());
        for (Told each : told.values()) {
            Answer.Amended.Item item = each.item();
            amended.add(new Amended(
                    item.target(),
                    each.asOf(),
                    find(known, item.edit()).filter(event -> event.content() instanceof Amendment.Edited),
                    find(known, item.deletion()).filter(event -> event.content() instanceof Amendment.Deleted),
                    item.deletion() != 0,
                    item.reactions()));
        }
        return new HistoryPage(page.room(), page.events(), page.firstKept(), page.lastSequence(), amended);
    }

    private static Optional<ChatEvent> find(Map<Long, ChatEvent> known, long number) {
        return Optional.ofNullable(known.get(number));
    }
}
