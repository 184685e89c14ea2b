package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A room as one client has seen it since it entered: held to the journal at each event. */
final class SeenRoom {
    final RoomName name;
    final List<ChatEvent> events = new ArrayList<>();
    /** Keys of the names of those inside. Often the same set for many clients, so it is never changed but replaced. */
    Set<String> members = Set.of();

    String topic = "";
    /** Entered and not left; stays true while the network is away. */
    boolean inside;

    long first;
    long next;
    /** Events that the journal had let go of before they could be seen. */
    long missed;

    /** When it was entered last. */
    long enteredNanos;

    private long enteredAt;
    /** Whether it was told just now that the log is another one. */
    private boolean anew;

    SeenRoom(RoomName name) {
        this.name = name;
    }

    /** What was read is not what the server has, or not any more. */
    void changed(long from, SimJournal.Log truth) {
        // Of an epoch that is lost altogether nobody can tell behind what it was written.
        World.require(
                from == 1 || !isAsRead(truth),
                () -> name + " is said to be another log from " + from + " on, but is not");
        World.require(from < next, () -> name + " is said to differ only where nothing was read");
        events.removeIf(event -> event.sequence() >= from);
        events.forEach(event -> World.require(
                event.equals(truth.entry(event.sequence()).event()),
                () -> event + " is not in the log, and nobody says so"));
        anew = true;
    }

    /** Whether everything that stands in the log was seen, and of this log, not of another with as many events. */
    boolean hasAll(SimJournal.Log truth) {
        return next == truth.last() + 1 && (!hasReadNewest() || isAsRead(truth));
    }

    /** Whether the last that is known of the log is an event, and not that some were let go of. */
    private boolean hasReadNewest() {
        return !events.isEmpty() && events.get(events.size() - 1).sequence() == next - 1;
    }

    /** Whether the newest event that was read stands in the log as it was read. */
    private boolean isAsRead(SimJournal.Log truth) {
        if (!hasReadNewest()) {
            return false;
        }
        ChatEvent newest = events.get(events.size() - 1);
        return newest.sequence() <= truth.last()
                && newest.equals(truth.entry(newest.sequence()).event());
    }

    void entered(RoomState state, World world, SimJournal.Log truth) {
        enteredNanos = world.now;
        boolean known = inside && hasReadNewest() && !anew;
        World.require(!known || isAsRead(truth), () -> name + " is another log, and nobody says so");
        if (!inside || anew) {
            anew = false;
            inside = true;
            first = state.firstRestored();
            next = first;
        }
        enteredAt = state.lastSequence();
        topic = state.topic();
        members = world.shared(
                state.members().stream().map(member -> member.name().key()).collect(Collectors.toSet()));
    }

    void saw(ChatEvent event, SimJournal.Log truth) {
        World.require(inside, "an event of a room that was left");
        boolean stands = next <= truth.last() && event.equals(truth.entry(next).event());
        boolean right = event.sequence() == next && (stands || truth.tornOff.contains(event));
        if (!right) {
            throw new AssertionError("event " + next + " of " + name + " is expected, not " + event);
        }
        next++;
        events.add(event);
        if (event.sequence() <= enteredAt) {
            return;
        }
        if (event instanceof ChatEvent.Joined joined) {
            members = new HashSet<>(members);
            members.add(joined.from().key());
        } else if (event instanceof ChatEvent.Left left) {
            members = new HashSet<>(members);
            members.remove(left.from().key());
        } else if (event instanceof ChatEvent.Topic change) {
            topic = change.topic();
        }
    }

    void gone(long from, long to, SimJournal.Log truth) {
        assertThat(from).as("gap in %s", name).isEqualTo(next);
        assertThat(to).as("gap in %s", name).isBetween(from, truth.first - 1);
        missed += to - from + 1;
        next = to + 1;
    }

    /** What was said, in order. */
    List<String> said() {
        List<String> said = new ArrayList<>();
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.Said e) {
                said.add(e.text());
            }
        }
        return said;
    }
}
