package io.kabar.chat.internal.server.log;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomRole;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room. A user is in it from the commit of a join to the commit of a leave, however many devices come and
 * go in between. Joins and leaves may be on their way to the journal, several at a time, and are committed in the order
 * they were proposed; so for each user three things are told apart:
 *
 * <pre>
 *   devices    in the room or on their way in
 *   meant      what the last proposal says: in, if there is a device, or if one may still come back
 *   committed  what the log says; others see that
 * </pre>
 */
public final class Roster {

    private static final class Place {
        private Member member;
        private int devices;
        private boolean meant;
        private boolean committed; // set by setCommitted, which counts
        private int proposals;

        private Place(Member member) {
            this.member = member;
        }

        private boolean isEmpty() {
            return devices == 0 && !meant && !committed && proposals == 0;
        }
    }

    private final Map<UserName, Place> places = new LinkedHashMap<>();
    /** Those of them whose join is committed. */
    private final ByName<Place> inOrder = new ByName<>();

    private int members;

    private void setCommitted(Place place, boolean committed) {
        if (place.committed == committed) {
            return;
        }
        place.committed = committed;
        if (committed) {
            members++;
            inOrder.put(place.member.name(), place);
        } else {
            members--;
            inOrder.remove(place.member.name());
        }
    }

    /**
     * A device of a user enters.
     *
     * @return whether a join has to be proposed; if not, the user is present or about to be
     */
    public boolean enter(UserName name, RoomRole role) {
        Place place = places.computeIfAbsent(name, key -> new Place(new Member(name, role, Presence.HERE)));
        place.devices++;
        if (place.member.role() != role) {
            place.member = new Member(place.member.name(), role, place.member.presence());
        }
        if (place.meant) {
            return false;
        }
        place.meant = true;
        place.proposals++;
        return true;
    }

    /** The log says that a user is here, but no device of theirs has come yet. */
    public void restore(UserName name, RoomRole role) {
        Place place = new Place(new Member(name, role, Presence.RECONNECTING));
        place.meant = true;
        Place before = places.put(name, place);
        if (before != null) {
            setCommitted(before, false);
        }
        setCommitted(place, true);
    }

    /**
     * A device of a user leaves.
     *
     * @return whether a leave has to be proposed
     */
    public boolean leave(UserName name) {
        Place place = places.get(name);
        if (place == null || place.devices == 0) {
            return false;
        }
        detach(name);
        return giveUp(name);
    }

    /** A join was committed. */
    public void joined(UserName name, RoomRole role) {
        Place place = places.get(name);
        if (place == null) {
            place = new Place(new Member(name, role, Presence.HERE));
            places.put(name, place);
        }
        setCommitted(place, true);
        place.meant |= place.proposals == 0; // nobody here has proposed it
        answered(name, place);
    }

    /** A leave was committed. */
    public void left(UserName name) {
        Place place = places.get(name);
        if (place != null) {
            setCommitted(place, false);
            place.meant &= place.proposals > 0;
            answered(name, place);
        }
    }

    /**
     * A join could not be stored: it did not happen.
     *
     * @return whether the devices that wait to be let in are turned away, and no longer counted; if not, they wait for
     *     a later join
     */
    public boolean joinRefused(UserName name) {
        Place place = places.get(name);
        if (place == null) {
            return false;
        }
        boolean last = place.proposals == 1;
        if (last) {
            place.devices = 0;
            place.meant = place.committed;
        }
        answered(name, place);
        return last;
    }

    /**
     * A leave could not be stored.
     *
     * @return whether it has to be proposed again, later; not if the user has come back, or has left once more
     */
    public boolean leaveRefused(UserName name) {
        Place place = places.get(name);
        if (place == null) {
            return false;
        }
        boolean last = place.proposals == 1 && !place.meant;
        if (last) {
            place.meant = place.committed; // until then nothing has happened
        }
        answered(name, place);
        return last && place.committed;
    }

    private void answered(UserName name, Place place) {
        place.proposals = Math.max(0, place.proposals - 1);
        if (place.isEmpty()) {
            places.remove(name);
        }
    }

    /** Takes a user in who is told to nobody, as in a direct conversation. */
    public void enterSilently(UserName name, RoomRole role) {
        enter(name, role);
        joined(name, role);
    }

    /** A join of somebody is on its way who was here without one. */
    public void joins(UserName name) {
        Place place = places.get(name);
        if (place != null) {
            place.proposals++;
        }
    }

    /** The join of somebody who is here without one could not be stored: they stay so. */
    public void staysWithoutJoin(UserName name) {
        Place place = places.get(name);
        if (place != null) {
            answered(name, place);
        }
    }

    /**
     * By the log somebody is here.
     *
     * @return whether they were let go of silently: then their leave is on its way from now on
     */
    public boolean goes(UserName name) {
        Place place = places.get(name);
        if (place != null) {
            return false;
        }
        place = new Place(new Member(name, RoomRole.GUEST, Presence.RECONNECTING));
        places.put(name, place);
        setCommitted(place, true);
        place.proposals = 1;
        return true;
    }

    /** No joins and leaves are on their way any more: here is who is meant to be, and nobody else. */
    public void settle() {
        places.values().removeIf(place -> {
            place.proposals = 0;
            setCommitted(place, place.meant);
            return place.isEmpty();
        });
    }

    /** Whether the user is here or on their way in, and not on their way out. */
    public boolean isMeant(UserName name) {
        Place place = places.get(name);
        return place != null && place.meant;
    }

    /** Whether the user's join is committed and no leave is under way. */
    public boolean isPresent(UserName name) {
        Place place = places.get(name);
        return place != null && place.committed && place.meant && place.proposals == 0;
    }

    /** Takes a device away without the user leaving; {@link #giveUp} may follow. */
    public void detach(UserName name) {
        Place place = places.get(name);
        if (place != null && place.devices > 0) {
            place.devices--;
        }
    }

    /**
     * A user without a device did not come back in time.
     *
     * @return whether a leave has to be proposed
     */
    public boolean giveUp(UserName name) {
        Place place = places.get(name);
        if (place == null || place.devices > 0 || !place.meant) {
            return false;
        }
        place.meant = false;
        place.proposals++;
        return true;
    }

    /**
     * A member's presence, as far as it is known.
     *
     * @return the changed member, or null if there is no such member or nothing changed
     */
    public @Nullable Member presence(UserName name, Presence presence) {
        Place place = places.get(name);
        if (place == null || place.member.presence() == presence) {
            return null;
        }
        place.member = new Member(place.member.name(), place.member.role(), presence);
        return place.member;
    }

    /**
     * A user has another role from now on.
     *
     * @return whether that is news to those who see the member
     */
    public boolean role(UserName name, RoomRole role) {
        Place place = places.get(name);
        if (place == null || place.member.role() == role) {
            return false;
        }
        place.member = new Member(place.member.name(), role, place.member.presence());
        return place.committed;
    }

    /** The member of this name; null if no join of theirs is committed. */
    public @Nullable Member member(UserName name) {
        Place place = places.get(name);
        return place != null && place.committed ? place.member : null;
    }

    /** The members whose join is committed. */
    public List<Member> members() {
        return members(Integer.MAX_VALUE);
    }

    /** The first members whose join is committed, at most so many. */
    public List<Member> members(int most) {
        int count = Math.min(most, members);
        List<Member> first = new ArrayList<>(count);
        Iterator<Place> next = places.values().iterator();
        while (first.size() < count) {
            Place place = next.next();
            if (place.committed) {
                first.add(place.member);
            }
        }
        return first;
    }

    /**
     * Some members in the order of their names, at most so many.
     *
     * @param beginning of their names, in either case; empty for any
     * @param behind a name: only those behind it; empty for all
     */
    public Page page(String beginning, String behind, int most) {
        List<Member> page = inOrder.page(beginning, behind, most + 1).stream()
                .map(place -> place.member)
                .toList();
        boolean rest = page.size() > most;
        return new Page(rest ? page.subList(0, most) : page, rest);
    }

    /** Some members, and whether there are others behind them. */
    public record Page(List<Member> members, boolean rest) {}

    /** The users who are here, coming or going. */
    public List<UserName> names() {
        return List.copyOf(places.keySet());
    }

    /** How many members there are. */
    public int size() {
        return members;
    }

    /** Users who are here, coming or going. */
    public int places() {
        return places.size();
    }

    /** Whether nobody is here, coming or going. */
    public boolean isEmpty() {
        return places.isEmpty();
    }
}
