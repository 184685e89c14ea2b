package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Member;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.amended.RoomAmendments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A room as one client has seen it since it entered: held to the journal at each event. */
final class SeenRoom {
    final RoomName name;
    final List<ChatEvent> events = new ArrayList<>();
    /** Keys of the names of those inside. Often the same set for many clients, so it is never changed but replaced. */
    Set<String> members = Set.of();

    /** Those of them who have the room. */
    private final Set<String> owners = new HashSet<>();

    final SeenPrograms programs = new SeenPrograms();
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
    /** What had happened when its client began to read here. */
    private long readsFrom;
    /** From where on the log is another one, as was told just now; 0 if it was not. */
    private long changedFrom;
    /** The newest event that was read until then. */
    private @Nullable ChatEvent readBefore;

    SeenRoom(RoomName name) {
        this.name = name;
    }

    /** What was read is not what the server has, or not any more; it is entered right after this. */
    void changed(long from) {
        World.require(from < next, () -> name + " is said to differ only where nothing was read");
        readBefore = hasReadNewest() ? events.get(events.size() - 1) : null;
        events.removeIf(event -> event.sequence() >= from);
        changedFrom = from;
    }

    private void checkChange(SimJournal.Log truth) {
        // Of an epoch that is lost altogether nobody can tell behind what it was written.
        World.require(
                changedFrom == 1 || readBefore == null || !stands(readBefore, truth),
                () -> name + " is said to be another log from " + changedFrom + " on, but is not");
        events.forEach(
                event -> World.require(truth.has(event), () -> event + " is not in the log, and nobody says so"));
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
        return stands(events.get(events.size() - 1), truth);
    }

    private static boolean stands(ChatEvent event, SimJournal.Log truth) {
        return event.sequence() <= truth.last() && truth.has(event);
    }

    /** @param current whether the server that says so has not died since */
    void entered(RoomState state, World world, SimJournal.Log truth, boolean current) {
        enteredNanos = world.now;
        boolean anew = changedFrom > 0;
        if (current && anew) {
            checkChange(truth);
        } else if (current && inside && hasReadNewest()) {
            World.require(isAsRead(truth), () -> name + " is another log, and nobody says so");
        }
        if (!inside || anew) {
            changedFrom = 0;
            inside = true;
            first = state.firstRestored();
            next = first;
            readsFrom = state.lastSequence();
        }
        enteredAt = state.lastSequence();
        topic = state.topic();
        programs.entered(state, truth, current);
        owners.clear();
        state.members().forEach(this::changed);
        members = world.shared(
                state.members().stream().map(member -> member.name().key()).collect(Collectors.toSet()));
    }

    void saw(ChatEvent event, SimJournal.Log truth) {
        World.require(inside, "an event of a room that was left");
        boolean stands = next <= truth.last() && truth.isAs(truth.entry(next).event(), event);
        boolean right = event.sequence() == next && (stands || truth.wasTornOff(event));
        if (!right) {
            throw new AssertionError("event " + next + " of " + name + " is expected, not " + event);
        }
        if (truth.tornOff.isEmpty()) {
            ChatEvent deletion = truth.deletionOf(event, readsFrom);
            World.require(
                    deletion == null || event.equals(event.withoutText()),
                    () -> event + " is read by who came in after it was deleted by " + deletion);
        }
        next++;
        events.add(event);
        if (event.sequence() <= enteredAt) {
            return;
        }
        programs.saw(event);
        if (event.content() instanceof RoomChange change) {
            boolean closes = change.kind() == Content.MODES_SET;
            members = new HashSet<>(members);
            members.removeIf(key -> event.endsStayOf(named(key)) && !(closes && owners.contains(key)));
        } else if (event.isJoined()) {
            members = new HashSet<>(members);
            members.add(event.from().key());
        } else if (event.isLeft()) {
            members = new HashSet<>(members);
            members.remove(event.from().key());
        } else if (event.isTopic()) {
            topic = event.text();
        }
    }

    /** Names here are their keys: no two of them are alike. */
    private static UserName named(String key) {
        return new UserName(key);
    }

    /** A member is as this says. */
    void changed(Member member) {
        if (member.role() == RoomRole.OWNER) {
            owners.add(member.name().key());
        } else {
            owners.remove(member.name().key());
        }
    }

    boolean hasOwner(UserName user) {
        return owners.contains(user.key());
    }

    /** What a view makes of what was seen is what the log says, for every message that was seen. */
    void checkAmended(SimJournal.Log truth) {
        if (!truth.tornOff.isEmpty() || events.isEmpty()) {
            return;
        }
        RoomAmendments shown = new RoomAmendments();
        events.forEach(event -> shown.apply(event, new UserName("nobody")));
        AmendLedger all = truth.upTo(next - 1);
        for (ChatEvent event : events) {
            if (event.isSaid()) {
                RoomAmendments.State state = shown.of(event.sequence());
                all.requireShown(event, state);
                state.text()
                        .ifPresent(text -> World.require(
                                truth.entry(all.editOf(event.sequence()))
                                        .event()
                                        .text()
                                        .equals(text),
                                () -> event + " reads " + text));
            }
        }
    }

    void gone(long from, long to, SimJournal.Log truth) {
        assertThat(from).as("gap in %s", name).isEqualTo(next);
        assertThat(to).as("gap in %s", name).isBetween(from, Math.max(truth.mostForgotten, truth.mostHidden()));
        missed += to - from + 1;
        next = to + 1;
    }

    /** What was said, in order. */
    List<String> said() {
        List<String> said = new ArrayList<>();
        for (ChatEvent event : events) {
            if (event.isSaid()) {
                said.add(event.text());
            }
        }
        return said;
    }
}
