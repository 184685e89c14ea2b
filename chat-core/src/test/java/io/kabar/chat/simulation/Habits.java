package io.kabar.chat.simulation;

import io.kabar.chat.Content;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What users do. Each call does one such thing to somebody. */
final class Habits {
    private static final List<RoomMode> MODES = List.of(RoomMode.values());

    private final World world;
    private final Random random;
    private final List<RoomName> rooms;

    Habits(World world, List<RoomName> rooms) {
        this.world = world;
        random = world.random;
        this.rooms = rooms;
    }

    /** First joining, then speaking. */
    List<Runnable> all() {
        return List.of(
                () -> anyone(this::join),
                () -> anyone(client -> client.say(room(), 0)),
                () -> anyone(client -> client.say(room(), random.nextInt(4000))),
                () -> anyone(this::chatter),
                () -> anyone(client -> client.leave(room())),
                () -> anyone(this::rejoin),
                () -> anyone(this::direct),
                () -> anyone(client -> client.setTopic(room().text(), "topic " + random.nextInt())),
                () -> anyone(client -> client.type(room().text())),
                () -> anyone(client -> client.away(random.nextBoolean())),
                () -> anyone(SimClient::listRooms),
                () -> anyone(client -> client.listMembers(room().text())),
                () -> anyone(SimClient::signOut),
                () -> anyone(SimClient::stopReading),
                () -> anyone(SimClient::readOn),
                () -> world.client("user" + (char) ('a' + random.nextInt(8))));
    }

    /** Those by which somebody is in a room or not, in quick succession. */
    List<Runnable> revolvingDoor() {
        return List.of(
                () -> anyone(this::join),
                () -> anyone(this::rejoin),
                () -> anyone(client -> client.leave(room())),
                () -> anyone(this::lookIn),
                () -> anyone(this::lookIn),
                () -> world.client("user" + (char) ('a' + random.nextInt(3))));
    }

    /** Those by which somebody may do more or less than before. */
    List<Runnable> order() {
        return List.of(
                () -> anyone(this::join),
                () -> changes(() -> RoomChange.kick(someone(), "why")),
                () -> changes(() -> RoomChange.ban(someone(), until(), "why")),
                () -> changes(() -> RoomChange.unban(someone())),
                () -> changes(() -> RoomChange.mute(someone(), until(), "why")),
                () -> changes(() -> RoomChange.unmute(someone())),
                () -> changes(() -> RoomChange.role(someone(), RoomRole.of(random.nextInt(4)), "")),
                () -> changes(() -> RoomChange.role(someone(), RoomRole.of(random.nextInt(4)), "")),
                () -> changes(() -> RoomChange.invite(someone(), "")),
                () -> changes(() -> RoomChange.uninvite(someone(), "")),
                () -> changes(this::mode),
                () -> changes(this::mode),
                () -> changes(() -> new Content.Described("for " + random.nextInt())));
    }

    /** Those by which what was said becomes another thing, and is read again. */
    List<Runnable> amending() {
        Runnable amend = () -> anyone(client -> client.amend(room(), random));
        return List.of(
                amend,
                amend,
                amend,
                amend,
                () -> anyone(this::chatter),
                () -> anyone(client -> client.readHistory(room(), page())),
                () -> anyone(client -> client.readHistory(room(), page())),
                () -> anyone(this::rejoin),
                () -> anyone(this::join));
    }

    private HistoryRange page() {
        return random.nextBoolean()
                ? HistoryRange.newest(1 + random.nextInt(100))
                : HistoryRange.from(1 + random.nextInt(100), 1 + random.nextInt(100));
    }

    private void changes(Supplier<Content> change) {
        RoomName room = room();
        List<SimClient> owners = world.clients.stream()
                .filter(client -> client.isLive() && client.owns(room))
                .toList();
        if (owners.isEmpty() || random.nextInt(3) == 0) {
            anyone(client -> client.change(room, change.get()));
        } else {
            owners.get(random.nextInt(owners.size())).change(room, change.get());
        }
    }

    private UserName someone() {
        boolean anybody = world.clients.isEmpty() || random.nextInt(8) == 0;
        return new UserName(
                anybody
                        ? "user" + (char) ('a' + random.nextInt(8))
                        : world.clients.get(random.nextInt(world.clients.size())).name);
    }

    private Instant until() {
        return random.nextInt(4) == 0 ? RoomChange.FOREVER : world.wallClock().plusMillis(random.nextInt(200_000));
    }

    private RoomChange mode() {
        RoomMode mode = MODES.get(random.nextInt(MODES.size()));
        long most = mode == RoomMode.SLOW ? 20 : Math.min(3, mode.largest());
        return RoomChange.mode(mode, random.nextBoolean() ? 0 : random.nextLong(most + 1));
    }

    /** Those of programs that meet in rooms. */
    List<Runnable> programs() {
        return List.of(
                () -> anyone(this::join),
                () -> anyone(client -> client.send(room(), random.nextInt(4000))),
                () -> anyone(this::setsValue),
                () -> anyone(this::setsValue),
                () -> anyone(this::setsValue),
                () -> anyone(this::signals),
                () -> anyone(this::rejoin));
    }

    /** Of a few keys, so that they are set again and taken away, too. */
    private void setsValue(SimClient client) {
        RoomName room = room();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String text = random.nextInt(4) == 0
                    ? ""
                    : SimClient.padded("value " + random.nextInt() + ' ', random.nextInt(1500));
            Payload value = text.isEmpty() ? Payload.NONE : Payload.text(text);
            client.change(room, new ProgramContent.ValueSet("key " + random.nextInt(6), value));
        }
    }

    private void signals(SimClient client) {
        RoomName room = room();
        int pause = 1 + random.nextInt(100);
        for (int i = random.nextInt(40); i >= 0; i--) {
            world.inTime(Duration.ofMillis((long) i * pause), () -> {
                if (!client.isDead() && client.closed == null) {
                    client.signal(room, random.nextBoolean() ? "at" : "");
                }
            });
        }
    }

    /** Those by which a log grows and is read. */
    List<Runnable> talk() {
        return List.of(
                () -> anyone(this::chatter),
                () -> anyone(client -> client.say(room(), random.nextInt(4000))),
                () -> anyone(this::rejoin),
                () -> anyone(this::join),
                () -> anyone(this::look),
                () -> anyone(SimClient::stopReading),
                () -> anyone(SimClient::readOn));
    }

    /** Asks for something that takes the server a while. */
    private void look(SimClient client) {
        RoomName room = room();
        switch (random.nextInt(3)) {
            case 0 -> client.readHistory(room, HistoryRange.newest(1 + random.nextInt(100)));
            case 1 -> client.search(room, "user");
            default -> client.listMembers(room.text());
        }
    }

    /** Comes in, asks for something perhaps, and goes before long in one way or another. */
    private void lookIn(SimClient client) {
        join(client, room());
        if (random.nextBoolean()) {
            look(client);
        }
        Duration stay = Duration.ofMillis(random.nextInt(random.nextBoolean() ? 20 : 400));
        int way = random.nextInt(8);
        world.inTime(stay, () -> {
            if (client.isDead() || client.closed != null) {
                return;
            }
            switch (way) {
                case 0 -> client.signOut();
                case 1 -> client.kill();
                case 2 -> {
                    client.kill();
                    client.startedAgain();
                }
                default -> client.leave(room());
            }
        });
    }

    private RoomName room() {
        return rooms.get(random.nextInt(rooms.size()));
    }

    private void anyone(Consumer<SimClient> deed) {
        List<SimClient> there = world.clients.stream()
                .filter(client -> !client.isDead() && client.closed == null)
                .toList();
        if (there.isEmpty()) {
            world.client("user" + (char) ('a' + random.nextInt(8)));
        } else {
            deed.accept(there.get(random.nextInt(there.size())));
        }
    }

    private void join(SimClient client) {
        join(client, room());
    }

    private void join(SimClient client, RoomName room) {
        if (client.isOutside(room)) {
            int kind = random.nextInt(3);
            client.join(
                    room,
                    kind == 0
                            ? JoinHistory.NONE
                            : kind == 1 ? JoinHistory.last(random.nextInt(100)) : JoinHistory.from(1));
        }
    }

    private void chatter(SimClient client) {
        for (int i = 5 + random.nextInt(40); i > 0; i--) {
            client.say(room(), random.nextInt(200));
        }
    }

    /** Out and in again without a pause. */
    private void rejoin(SimClient client) {
        RoomName room = room();
        client.leave(room);
        join(client, room);
    }

    private void direct(SimClient client) {
        String other = "user" + (char) ('a' + random.nextInt(8));
        if (!other.equals(client.name)) {
            RoomName room = RoomName.with(new UserName(other));
            join(client, room);
            client.say(room, 0);
        }
    }
}
