package io.kabar.chat.simulation;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges each event as it is committed: nothing twice, nothing that was refused, and each device in its own order. */
final class Ledger {
    private static final class Page {
        final Map<String, Long> numbers = new HashMap<>();
        final Map<String, Integer> latest = new HashMap<>();
        final Set<String> members = new HashSet<>();
        final Set<String> unsettled = new HashSet<>();
        OrderLedger order = new OrderLedger();
        AmendLedger amended = new AmendLedger();
    }

    private final Map<RoomName, Page> pages = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    /** What was in a log once and went with the end of it. */
    private final Set<String> lost = new HashSet<>();

    void committed(ChatEvent event) {
        Page page = pages.computeIfAbsent(event.room(), name -> new Page());
        page.amended.judge(event, page.order::role);
        page.order.judge(event, name -> page.members.removeIf(name::equals));
        SeenPrograms.judge(event);
        if (event.isMessage()) {
            said(page, event);
        } else if (event.isJoined()) {
            boolean news = page.members.add(event.from().key());
            World.require(news || page.unsettled.contains(event.from().key()), () -> event + " was inside already");
        } else if (event.isLeft()) {
            boolean news = page.members.remove(event.from().key());
            World.require(news || page.unsettled.contains(event.from().key()), () -> event + " was not inside");
        }
    }

    /** A join or leave was refused. The next ones may have been proposed by then, as if it had been stored. */
    void refused(ChatEvent draft) {
        if (!draft.isMessage()) {
            pages.computeIfAbsent(draft.room(), name -> new Page())
                    .unsettled
                    .add(draft.from().key());
        }
    }

    private void said(Page page, ChatEvent said) {
        String text = SeenPrograms.said(said);
        boolean isThere = said.room().isDirect() ? text.contains("/@") : text.contains("/" + said.room() + "/");
        World.require(isThere, () -> said + " was said in another room");
        World.require(!refused.contains(text), () -> said + " was refused");
        Long before = page.numbers.putIfAbsent(text, said.sequence());
        World.require(before == null, () -> said + " is event " + before + " already");
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

    /** Somebody was told that this will not be said any more: either it is in the log already, or it never is. */
    void outOfOrder(String text) {
        if (pages.values().stream().noneMatch(page -> page.numbers.containsKey(text))) {
            refused.add(text);
        }
    }

    /** A room's log ends with event {@code last} now, and these are in it. */
    void putBack(RoomName room, long last, Set<UserName> members, List<ChatEvent> log) {
        Page page = pages.computeIfAbsent(room, name -> new Page());
        page.order = new OrderLedger();
        log.forEach(event -> page.order.follow(event));
        page.amended = AmendLedger.of(log);
        page.numbers.forEach((text, number) -> {
            if (number > last) {
                lost.add(text);
            }
        });
        page.numbers.values().removeIf(number -> number > last);
        page.latest.clear();
        page.numbers.keySet().forEach(text -> page.latest.merge(device(text), number(text), Math::max));
        page.members.clear();
        members.forEach(member -> page.members.add(member.key()));
    }

    /** Whether this was in a log once and is not in its place any more. */
    boolean wasLost(String text) {
        return lost.contains(text);
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
