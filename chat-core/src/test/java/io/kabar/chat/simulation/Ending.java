package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What must be so at the end of every run, whatever happened before. */
final class Ending {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** What somebody has used up of a day's budget is remembered until it has grown back. */
    private static final Duration UNTIL_FORGOTTEN = Duration.ofHours(25);

    private final World world;

    private Ending(World world) {
        this.world = world;
    }

    static Ending of(World world) {
        return new Ending(world);
    }

    /**
     * The weather clears; everything under way arrives; everybody sees the same; everybody goes, and nothing is left.
     */
    void finish() {
        world.trace("end", () -> "the weather clears");
        world.weather(Link::clear);
        world.clients.forEach(client -> client.nat.neverForgets());
        world.server.journal.failing = false;
        world.server.journal.delay = Math.min(world.server.journal.delay, 50_000_000);
        world.clients.stream().filter(client -> !client.isDead()).forEach(SimClient::readOn);
        until(() -> world.server.isUp() && world.clients.stream().allMatch(this::isQuiet), "everybody has seen all");
        world.clients.forEach(this::checkCalls);
        world.clients.stream().filter(SimClient::isLive).forEach(this::checkValues);
        world.clients.stream()
                .filter(SimClient::isLive)
                .forEach(client ->
                        client.rooms.values().forEach(room -> room.checkAmended(world.server.journal.log(room.name))));
        until(
                () -> world.clients.stream()
                        .noneMatch(client -> client.isLive() && world.server.isShutOut(client.name)),
                "devices that were shut out are out");
        checkMembers();
        leaveNothingBehind();
    }

    private void until(BooleanSupplier condition, String what) {
        until(condition, what, PATIENCE);
    }

    private void until(BooleanSupplier condition, String what, Duration patience) {
        world.trace("end", () -> "until " + what);
        try {
            world.until(condition, patience);
        } catch (AssertionError e) {
            String left = world.server.endpoint().held() + " at the server, which wakes at "
                    + world.server.endpoint().nextTimeout();
            throw new AssertionError("not " + what + ": " + e.getMessage() + left, e);
        }
    }

    /** Everything asked for is answered, and everything that was said is seen. */
    private boolean isQuiet(SimClient client) {
        if (client.isDead()) {
            return true;
        }
        boolean caughtUp = client.closed != null
                || client.rooms.values().stream()
                        .allMatch(room -> !room.inside || room.hasAll(world.server.journal.log(room.name)));
        return client.openCalls() == 0
                && !client.isFrozen()
                && caughtUp
                && (client.signedIn != null || client.closed != null);
    }

    /** What was accepted stands where the receipt says; what was refused has been judged by the ledger. */
    private void checkCalls(SimClient client) {
        for (Call call : client.calls) {
            if (call.text.isEmpty() || call.receipt == null) {
                continue;
            }
            if (world.ledger.wasLost(call.text)) {
                continue; // the log was put back to before it
            }
            ChatEvent event = said(call, call.receipt.sequence());
            assertThat(event.isMessage()).isTrue();
            assertThat(SeenPrograms.said(event)).isEqualTo(call.text);
            assertThat(client.names).contains(event.from().text());
        }
    }

    /** Who has seen everything has the values that the log has made. */
    private void checkValues(SimClient client) {
        client.rooms.values().stream().filter(room -> room.inside).forEach(room -> {
            SimJournal.Log truth = world.server.journal.log(room.name);
            if (room.next == truth.last() + 1) {
                room.programs.check(client.device + " in " + room.name, truth, truth.last());
            }
        });
    }

    /** What became of a call; who speaks to a person by name does not say in which room. */
    private ChatEvent said(Call call, long sequence) {
        if (call.room.person().isEmpty()) {
            return world.server.journal.log(call.room).entry(sequence).event();
        }
        return world.server.journal.logs().entrySet().stream()
                .filter(log -> log.getKey().isDirect() && log.getValue().last() >= sequence)
                .map(log -> log.getValue().entry(sequence).event())
                .filter(event -> event.text().equals(call.text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(call + " is in no conversation"));
    }

    /** Whoever is gone has left at last; all members of a room see the same members, and those are the ones inside. */
    private void checkMembers() {
        until(
                () -> told().stream()
                                .allMatch(room -> world.ledger.members(room).equals(inside(room)))
                        && world.clients.stream().allMatch(this::isQuiet),
                "the members of each room are those inside");
        until(
                () -> {
                    Set<RoomName> rooms = told();
                    return world.clients.stream()
                            .filter(SimClient::isLive)
                            .allMatch(client -> client.rooms.values().stream()
                                    .filter(room -> room.inside && rooms.contains(room.name))
                                    .allMatch(room -> room.members.equals(inside(room.name))));
                },
                "everybody sees the members of their rooms");
    }

    /** The rooms whose logs say who is inside; one may become quiet at the end still. */
    private Set<RoomName> told() {
        return world.server.journal.logs().keySet().stream()
                .filter(room -> !room.isDirect() && !wasQuiet(room))
                .collect(Collectors.toSet());
    }

    /** Whether it ever was no event who enters: then the log does not say who is inside. */
    private boolean wasQuiet(RoomName room) {
        SimJournal.Log log = world.server.journal.log(room);
        return LongStream.rangeClosed(1, log.last())
                .mapToObj(seq -> log.entry(seq).event().content())
                .anyMatch(content -> content instanceof RoomChange.ModesSet set && set.turnsOn(RoomMode.QUIET));
    }

    private boolean isDone(String kind) {
        return Integer.valueOf(0).equals(world.server.endpoint().held().get(kind));
    }

    private Set<String> inside(RoomName room) {
        return world.clients.stream()
                .filter(client -> client.isLive() && client.isIn(room.text()))
                .map(client -> new UserName(client.name).key())
                .collect(Collectors.toSet());
    }

    private void leaveNothingBehind() {
        world.clients.stream().filter(SimClient::isLive).forEach(SimClient::signOut);
        until(
                () -> world.server.endpoint().nextTimeout() == Long.MAX_VALUE
                        && world.server.endpoint().handshaking() == 0
                        && world.server.journal.waiting.isEmpty()
                        && world.clients.stream().allMatch(client -> client.isDead() || client.isOver())
                        // What somebody asked for with their last packet may still be read, or looked through.
                        && isDone("pages")
                        && isDone("searches"),
                "everybody is gone",
                UNTIL_FORGOTTEN);
        world.check();
        assertThat(world.server.endpoint().held())
                .allSatisfy((kind, amount) -> assertThat(amount)
                        .as("%s left behind at the server", kind)
                        .isZero());
        assertThat(world.clients).allMatch(client -> client.isDead() || client.openCalls() == 0);
        world.clients.stream().filter(client -> !client.isDead()).forEach(SimClient::checkEmpty);
    }
}
