package io.kabar.chat.view;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is in a room: owners, staff, then everybody by name. */
final class Roster {

    private static final Comparator<Member> ORDER =
            Comparator.comparing(Member::role).reversed().thenComparing(Member::name);

    private final Map<UserName, Member> members = new HashMap<>();

    void reset(Collection<Member> all) {
        members.clear();
        all.forEach(member -> members.put(member.name(), member));
    }

    /** Somebody came; their role is told separately if it is not the usual one. */
    void joined(UserName who) {
        members.putIfAbsent(who, new Member(who, Role.MEMBER, Presence.HERE));
    }

    void left(UserName who) {
        members.remove(who);
    }

    /** A change of somebody who has left meanwhile comes too late and must not bring them back. */
    void changed(Member member) {
        members.replace(member.name(), member);
    }

    Optional<Member> find(UserName who) {
        return Optional.ofNullable(members.get(who));
    }

    List<Member> sorted() {
        return members.values().stream().sorted(ORDER).toList();
    }
}
