package io.kabar.chat.internal.room;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is in a room. A user is in it from the commit of a join to the commit of a leave, however many devices come and go
 * in between.
 *
 * <pre>
 *              enter                 joined               leave (last device)          left
 *   (nobody) ─────────► JOINING ──────────────► PRESENT ──────────────────► LEAVING ─────────► (nobody)
 *                          │ refused               ▲                           │ enter
 *                          ▼                       └──── joined ◄── REJOINING ◄┘
 *                       (nobody)
 * </pre>
 */
public final class Roster {

    private enum Phase {
        JOINING,
        PRESENT,
        LEAVING,
        REJOINING
    }

    private static final class Place {
        private Member member;
        private Phase phase = Phase.JOINING;
        private int devices;

        private Place(Member member) {
            this.member = member;
        }
    }

    private final Map<String, Place> places = new LinkedHashMap<>();

    /**
     * A device of a user enters.
     *
     * @return whether a join has to be proposed; if not, the user is present or about to be
     */
    public boolean enter(UserName name, Role role) {
        Place place = places.get(name.key());
        boolean first = place == null;
        if (place == null) {
            place = new Place(new Member(name, role, Presence.HERE));
            places.put(name.key(), place);
        }
        place.devices++;
        if (place.phase == Phase.LEAVING) {
            place.phase = Phase.REJOINING;
            return true;
        }
        return first;
    }

    /**
     * A device of a user leaves.
     *
     * @return whether a leave has to be proposed
     */
    public boolean leave(UserName name) {
        Place place = places.get(name.key());
        if (place == null || place.devices == 0) {
            return false;
        }
        place.devices--;
        return place.devices == 0 && depart(place);
    }

    private static boolean depart(Place place) {
        place.phase = Phase.LEAVING;
        return true;
    }

    /** A join was committed. */
    public void joined(UserName name, Role role) {
        Place place = places.computeIfAbsent(name.key(), key -> new Place(new Member(name, role, Presence.HERE)));
        if (place.phase != Phase.LEAVING) {
            place.phase = Phase.PRESENT;
        }
    }

    /** A leave was committed. */
    public void left(UserName name) {
        Place place = places.get(name.key());
        if (place != null && place.phase == Phase.LEAVING) {
            places.remove(name.key());
        } else if (place != null) {
            place.phase = Phase.REJOINING;
        }
    }

    /** A join could not be stored: it did not happen. */
    public void joinRefused(UserName name) {
        places.remove(name.key());
    }

    /** Takes a user in who is told to nobody, as in a direct conversation. */
    public void enterSilently(UserName name, Role role) {
        enter(name, role);
        joined(name, role);
    }

    /** Lets a user go who is told to nobody. */
    public void leaveSilently(UserName name) {
        if (leave(name)) {
            places.remove(name.key());
        }
    }

    /** Whether the user's join is committed and no leave is under way. */
    public boolean isPresent(UserName name) {
        Place place = places.get(name.key());
        return place != null && place.phase == Phase.PRESENT;
    }

    /** Whether a user is present without any device: silent, and perhaps soon back. */
    public boolean isAbandoned(UserName name) {
        Place place = places.get(name.key());
        return place != null && place.devices == 0 && place.phase == Phase.PRESENT;
    }

    /** Takes a device away without the user leaving; {@link #leave} may follow through {@link #giveUp}. */
    public void detach(UserName name) {
        Place place = places.get(name.key());
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
        Place place = places.get(name.key());
        return place != null && place.devices == 0 && place.phase == Phase.PRESENT && depart(place);
    }

    /**
     * A member's presence, as far as it is known.
     *
     * @return the changed member, or null if there is no such member or nothing changed
     */
    public @org.jspecify.annotations.Nullable Member presence(UserName name, Presence presence) {
        Place place = places.get(name.key());
        if (place == null || place.member.presence() == presence) {
            return null;
        }
        place.member = new Member(place.member.name(), place.member.role(), presence);
        return place.member;
    }

    /** The members whose join is committed. */
    public List<Member> members() {
        List<Member> members = new ArrayList<>(places.size());
        for (Place place : places.values()) {
            if (place.phase == Phase.PRESENT || place.phase == Phase.LEAVING) {
                members.add(place.member);
            }
        }
        return members;
    }

    /** How many members there are. */
    public int size() {
        int size = 0;
        for (Place place : places.values()) {
            if (place.phase == Phase.PRESENT || place.phase == Phase.LEAVING) {
                size++;
            }
        }
        return size;
    }

    /** Whether nobody is here, coming or going. */
    public boolean isEmpty() {
        return places.isEmpty();
    }
}
