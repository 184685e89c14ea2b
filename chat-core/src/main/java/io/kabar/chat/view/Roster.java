package io.kabar.chat.view;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomChange;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomRole;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is in a room: owners, staff, then everybody by name. */
final class Roster {

    private static final Comparator<Member> ORDER =
            Comparator.comparing(Member::role).reversed().thenComparing(Member::name);

    private final Map<UserName, Member> members = new HashMap<>();
    /** The same, in order. A view asks for all of them at each change of anything, so they are not sorted each time. */
    private final NavigableSet<Member> inOrder = new TreeSet<>(ORDER);

    private @Nullable List<Member> sorted;
    /** Of how many more it is known only that they are there. */
    private int untold;

    void reset(Collection<Member> all, int inside) {
        members.clear();
        inOrder.clear();
        sorted = null;
        all.forEach(this::put);
        counted(inside);
    }

    /** So many are there, known or not. */
    void counted(int inside) {
        untold = Math.max(0, inside - members.size());
    }

    /** How many are there, known or not. */
    int inside() {
        return members.size() + untold;
    }

    private void put(Member member) {
        forget(member.name());
        members.put(member.name(), member);
        inOrder.add(member);
        sorted = null;
    }

    /**
     * Somebody came or went; the role of who came is told separately if it is not the usual one. If there are people
     * inside who were not told, whoever speaks is one of them.
     */
    void apply(ChatEvent event) {
        if (event.isJoined()) {
            joined(event.from());
        } else if (untold > 0 && event.isMessage() && event.author().account() > 0) {
            spoke(event.from());
        } else if (event.isLeft()) {
            left(event.from());
        } else if (event.content() instanceof RoomChange) {
            boolean closed = event.content() instanceof RoomChange.ModesSet;
            List.copyOf(members.values()).stream()
                    .filter(member -> event.endsStayOf(member.name()))
                    .filter(member -> !closed || member.role() != RoomRole.OWNER)
                    .forEach(member -> left(member.name()));
        }
    }

    private void joined(UserName who) {
        if (!members.containsKey(who)) {
            put(new Member(who, RoomRole.GUEST, Presence.HERE));
        }
    }

    private void spoke(UserName who) {
        if (!members.containsKey(who)) {
            joined(who);
            untold--;
        }
    }

    void left(UserName who) {
        if (!forget(who) && untold > 0) {
            untold--;
        }
    }

    private boolean forget(UserName who) {
        Member known = members.remove(who);
        if (known != null) {
            inOrder.remove(known);
            sorted = null;
        }
        return known != null;
    }

    /** A change of somebody who has left meanwhile comes too late and must not bring them back. */
    void changed(Member member) {
        if (members.containsKey(member.name())) {
            put(member);
        }
    }

    Optional<Member> find(UserName who) {
        return Optional.ofNullable(members.get(who));
    }

    List<Member> sorted() {
        List<Member> known = sorted;
        if (known == null) {
            known = List.copyOf(inOrder);
            sorted = known;
        }
        return known;
    }
}
