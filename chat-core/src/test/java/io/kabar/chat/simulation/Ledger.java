package io.kabar.chat.simulation;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Judges each event as it is committed: nothing twice, nothing that was refused, and each device in its own order. */
final class Ledger {
    private static final class Page {
        final Map<String, Long> numbers = new HashMap<>();
        final Map<String, Integer> latest = new HashMap<>();
        final Set<String> members = new HashSet<>();
        final Set<String> unsettled = new HashSet<>();
    }

    private final Map<RoomName, Page> pages = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    /** Events of a room that a server remembers: what comes again later than that is new to it. */
    private final int memory;
    /** The oldest event of a room that is still kept: with an event, its id is let go of. */
    private final ToLongFunction<RoomName> firstKept;

    Ledger(int memory, ToLongFunction<RoomName> firstKept) {
        this.memory = memory;
        this.firstKept = firstKept;
    }

    void committed(ChatEvent event) {
        Page page = pages.computeIfAbsent(event.room(), name -> new Page());
        if (event instanceof ChatEvent.Said said) {
            said(page, said);
        } else if (event instanceof ChatEvent.Joined) {
            boolean news = page.members.add(event.from().key());
            World.require(news || page.unsettled.contains(event.from().key()), () -> event + " was inside already");
        } else if (event instanceof ChatEvent.Left) {
            boolean news = page.members.remove(event.from().key());
            World.require(news || page.unsettled.contains(event.from().key()), () -> event + " was not inside");
        }
    }

    /** A join or leave was refused. The next ones may have been proposed by then, as if it had been stored. */
    void refused(ChatEvent draft) {
        if (!(draft instanceof ChatEvent.Said)) {
            pages.computeIfAbsent(draft.room(), name -> new Page())
                    .unsettled
                    .add(draft.from().key());
        }
    }

    private void said(Page page, ChatEvent.Said said) {
        String text = said.text();
        World.require(text.contains("/" + said.room() + "/"), () -> said + " was said in another room");
        World.require(!refused.contains(text), () -> said + " was refused");
        Long before = page.numbers.putIfAbsent(text, said.sequence());
        if (before != null) {
            boolean known = said.sequence() - before <= memory && before >= firstKept.applyAsLong(said.room());
            World.require(!known, () -> said + " is event " + before + " already");
            return;
        }
        int latest = page.latest.getOrDefault(device(text), -1);
        World.require(number(text) > latest, () -> said + " comes after number " + latest);
        page.latest.put(device(text), number(text));
    }

    /** Somebody was told that this will never be said. */
    void refused(String text) {
        refused.add(text);
        for (Page page : pages.values()) {
            World.require(!page.numbers.containsKey(text), () -> "'" + text + "' is refused but was said");
        }
    }

    /** Who has joined and not left; keys of names. */
    Set<String> members(RoomName room) {
        Page page = pages.get(room);
        return page == null ? Set.of() : page.members;
    }

    private static String device(String text) {
        return text.substring(0, text.indexOf('/'));
    }

    private static int number(String text) {
        int from = text.lastIndexOf('/') + 1;
        return Integer.parseInt(text.substring(from, text.indexOf(' ', from)));
    }
}
