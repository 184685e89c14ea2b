package io.kabar.chat.internal.server.room;

import io.kabar.chat.RoomChange;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.rules.RoomRole;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who else has a room, of those who exist: an account that was removed keeps its role in the log, and nobody has it.
 */
final class Owners {

    private final LiveRooms rooms;
    private final RoomOrder order;
    /** Accounts that the store does not have. It gives no number twice, so it never will. */
    private final Set<Long> gone = new HashSet<>(0);

    Owners(LiveRooms rooms, RoomOrder order) {
        this.rooms = rooms;
        this.order = order;
    }

    private boolean isHere(long account) {
        User user = rooms.users().of(account);
        return user != null && user.isHere();
    }

    /** The owners beside an account, but for those of whom it is known that they do not exist. */
    private List<Long> beside(long account) {
        return order.rules().ownersBeside(account).stream()
                .filter(other -> !gone.contains(other) || isHere(other))
                .toList();
    }

    /** Whether an account has the room alone, as far as that is known. */
    boolean isAlone(long account) {
        return order.rules().role(account) == RoomRole.OWNER && beside(account).isEmpty();
    }

    /** Whether the others have to be looked up before such a change is judged: it makes an owner less. */
    boolean areToBeLookedUp(RoomChange.OfSomebody change) {
        List<Long> others = beside(change.whom().account());
        return change instanceof RoomChange.RoleGiven given
                && given.role() != RoomRole.OWNER
                && order.rules().role(change.whom().account()) == RoomRole.OWNER
                && !others.isEmpty()
                && others.stream().noneMatch(this::isHere);
    }

    /**
     * Asks the account store for the others, one after the other, until it has one of them.
     *
     * @param known runs when it has, or has none
     * @param unknown runs if the store cannot answer
     */
    void lookUp(RoomChange.OfSomebody change, Runnable known, Runnable unknown) {
        if (!areToBeLookedUp(change)) {
            known.run();
            return;
        }
        long other = beside(change.whom().account()).get(0);
        rooms.lookups()
                .find(
                        other,
                        account -> {
                            if (account != null) {
                                known.run();
                            } else {
                                gone.add(other);
                                lookUp(change, known, unknown);
                            }
                        },
                        unknown);
    }
}
