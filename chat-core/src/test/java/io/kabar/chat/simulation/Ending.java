package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.room.LogEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must be so at the end of every run, whatever happened before. */
final class Ending {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final World world;

    private Ending(World world) {
        this.world = world;
    }

    static Ending of(World world) {
        return new Ending(world);
    }

    void finish() {
        world.weather(Link::clear);
        world.server.journal.failing = false;
        world.clients.stream().filter(client -> !client.isDead()).forEach(SimClient::readOn);
        world.until(() -> world.server.isUp() && world.clients.stream().allMatch(this::isQuiet), PATIENCE);
        world.server.journal.logs().forEach(this::checkLog);
        world.clients.forEach(this::checkCalls);
        checkMembers();
        leaveNothingBehind();
    }

    /** Everything asked for is answered, and everything that was said is seen. */
    private boolean isQuiet(SimClient client) {
        if (client.isDead()) {
            return true;
        }
        boolean caughtUp = client.closed != null
                || client.rooms.values().stream()
                        .allMatch(room -> !room.inside
                                || room.next
                                        == world.server.journal.log(room.name).last() + 1);
        return client.openCalls() == 0 && caughtUp && (client.signedIn != null || client.closed != null);
    }

    /** Nothing twice; what one device said in the order it was said; joins and leaves in turn. */
    private void checkLog(RoomName room, SimJournal.Log log) {
        Set<String> texts = new HashSet<>();
        Map<String, Integer> latest = new HashMap<>();
        Set<String> inside = new HashSet<>();
        for (LogEntry entry : log.entries) {
            ChatEvent event = entry.event();
            if (event instanceof ChatEvent.Said said) {
                assertThat(texts.add(said.text())).as("%s is new", said).isTrue();
                assertThat(number(said.text()))
                        .as("order of %s", said)
                        .isGreaterThan(latest.getOrDefault(device(said.text()), -1));
                latest.put(device(said.text()), number(said.text()));
                assertThat(said.text()).as("what is said in %s", room).contains("/" + room + "/");
            } else if (event instanceof ChatEvent.Joined joined) {
                assertThat(inside.add(joined.from().key()))
                        .as("%s is news", joined)
                        .isTrue();
            } else if (event instanceof ChatEvent.Left left) {
                assertThat(inside.remove(left.from().key()))
                        .as("%s is news", left)
                        .isTrue();
            }
        }
    }

    private static String device(String text) {
        return text.substring(0, text.indexOf('/'));
    }

    private static int number(String text) {
        String digits = text.substring(text.lastIndexOf('/') + 1).replaceAll("[^0-9]", "");
        return Integer.parseInt(digits);
    }

    /** What was accepted stands where the receipt says; what was refused stands nowhere. */
    private void checkCalls(SimClient client) {
        for (Call call : client.calls) {
            if (call.text.isEmpty()) {
                continue;
            }
            SimJournal.Log log = world.server.journal.log(call.room);
            if (call.receipt != null) {
                LogEntry entry = log.entry(call.receipt.sequence());
                assertThat(entry.event()).isInstanceOfSatisfying(ChatEvent.Said.class, said -> {
                    assertThat(said.text()).isEqualTo(call.text);
                    assertThat(said.from().text()).isEqualTo(client.name);
                });
            }
        }
    }

    /** All members of a room see the same members. */
    private void checkMembers() {
        Map<RoomName, Set<String>> truth = new HashMap<>();
        for (SimClient client : world.clients) {
            client.rooms.values().stream()
                    .filter(room -> room.inside && client.isLive())
                    .forEach(room -> truth.computeIfAbsent(room.name, name -> new TreeSet<>())
                            .add(new UserName(client.name).key()));
        }
        for (SimClient client : world.clients) {
            client.rooms.values().stream()
                    .filter(room -> room.inside && client.isLive() && !room.name.isDirect())
                    .forEach(room -> assertThat(room.members.keySet())
                            .as("members of %s, as %s sees them", room.name, client.name)
                            .containsAll(truth.get(room.name)));
        }
    }

    private void leaveNothingBehind() {
        world.clients.stream().filter(SimClient::isLive).forEach(SimClient::signOut);
        world.until(
                () -> world.server.endpoint().activeSessions() == 0
                        && world.server.endpoint().handshaking() == 0
                        && world.server.endpoint().nextTimeout() == Long.MAX_VALUE,
                PATIENCE);
        assertThat(world.clients).allMatch(client -> client.isDead() || client.openCalls() == 0);
        assertThat(world.server.journal.waiting).isEmpty();
    }
}
