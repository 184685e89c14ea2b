package io.kabar.chat.simulation;

import io.kabar.chat.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What happens to clients, the server, its journal and the network between them. Each call does one such thing. */
final class Accidents {
    private final World world;
    private final Random random;

    Accidents(World world) {
        this.world = world;
        random = world.random;
    }

    /** Those by which an address becomes another one, again, or while nobody looks. */
    List<Runnable> moves() {
        return List.of(
                () -> anyone(client -> client.rebindNat(true)),
                () -> anyone(client -> client.rebindNat(false)),
                () -> anyone(this::moveOn),
                () -> anyone(this::answerFromElsewhere),
                () -> anyone(this::answerFromElsewhere),
                () -> anyone(client -> ifUp(() -> moveBehindItsBack(client))),
                () -> anyone(client -> client.nat.forgetsAfter(Duration.ofMillis(100 + random.nextInt(20_000)))),
                () -> anyone(client -> client.changeNetwork(new Weather(random))));
    }

    /** Those by which the journal is slow, fails, or has less than everybody thinks. */
    List<Runnable> lapsesOfTheJournal() {
        return List.of(
                () -> world.server.journal.delay = seconds(3).toNanos(),
                () -> world.server.journal.delay =
                        Duration.ofMillis(random.nextInt(500)).toNanos(),
                this::failJournal,
                this::forgetHistory,
                this::forgetWhileReading,
                () -> world.server.restartJournal());
    }

    /** Those by which somebody ends and comes back. */
    List<Runnable> comings() {
        return List.of(
                () -> anyone(this::startAgain),
                () -> anyone(client -> world.inTime(seconds(3), () -> startAgain(client))),
                () -> anyone(SimClient::signOut),
                () -> ifUp(() -> world.server.restart(seconds(10))),
                () -> ifUp(() -> world.server.kill(seconds(10))),
                () -> world.inTime(
                        Duration.ofMillis(random.nextInt(300)), () -> ifUp(() -> world.server.kill(seconds(2)))));
    }

    /** Those that happen to accounts: another name, a device that is shut out. */
    List<Runnable> ofAccounts() {
        return List.of(
                this::rename,
                this::rename,
                this::rename,
                () -> anyone(client -> world.server.revoke(client.name)),
                () -> world.inTime(seconds(3), this::rename));
    }

    /** A name that looks like no other, or one that may be somebody's. */
    private void rename() {
        String other = random.nextInt(4) == 0
                ? "user" + (char) ('a' + random.nextInt(8))
                : "name" + (char) ('a' + random.nextInt(20));
        anyone(client -> world.server.rename(client.name, other));
    }

    List<Runnable> all() {
        return List.of(
                () -> anyone(client -> client.rebindNat(true)),
                () -> anyone(client -> client.rebindNat(false)),
                () -> anyone(SimClient::rebindToIpv6),
                () -> anyone(client -> client.changeNetwork(new Weather(random))),
                () -> anyone(client -> client.nat.forgetsAfter(seconds(60).plusSeconds(5))),
                () -> anyone(client -> hole(client, true, true)),
                () -> anyone(client -> hole(client, true, false)),
                () -> anyone(client -> hole(client, false, true)),
                this::everybodysHole,
                () -> anyone(client -> cut(client, 100 + random.nextInt(1100))),
                () -> anyone(client -> client.freeze(seconds(60))),
                () -> anyone(SimClient::kill),
                () -> anyone(this::startAgain),
                () -> anyone(this::changePassword),
                () -> world.weather(new Weather(random)),
                () -> ifUp(() -> world.server.freeze(seconds(20))),
                () -> ifUp(() -> world.server.restart(seconds(10))),
                () -> ifUp(() -> world.server.kill(seconds(10))),
                () -> ifUp(() -> world.server.putBack(seconds(10))),
                () -> world.server.journal.delay = seconds(3).toNanos(),
                this::failJournal,
                () -> world.server.restartJournal(),
                this::forgetHistory,
                () -> world.jumpWallClock(Duration.ofSeconds(random.nextInt(20_000) - 10_000)));
    }

    /** Often short, sometimes up to so many. */
    private Duration seconds(int most) {
        double share = random.nextDouble();
        return Duration.ofMillis((long) (1000 * most * share * share * share));
    }

    private void anyone(Consumer<SimClient> accident) {
        List<SimClient> there =
                world.clients.stream().filter(client -> !client.isDead()).toList();
        if (!there.isEmpty()) {
            accident.accept(there.get(random.nextInt(there.size())));
        }
    }

    private void ifUp(Runnable accident) {
        if (world.server.isUp()) {
            accident.run();
        }
    }

    /** Moves, and moves again about when it is asked whether it has. */
    private void moveOn(SimClient client) {
        long wait = 0;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            client.rebindNat(random.nextInt(4) > 0);
            wait += client.up.delay + client.down.delay + random.nextInt(100_000_000);
            client.away(random.nextBoolean()); // so that the server hears from there
            world.in(Duration.ofNanos(random.nextLong(wait + 1)), () -> client.rebindNat(random.nextInt(4) > 0));
        }
    }

    /** Moves, stands still when it is asked whether it has, and has moved again when it answers. */
    private void answerFromElsewhere(SimClient client) {
        if (client.isFrozen()) {
            return;
        }
        client.rebindNat(random.nextBoolean());
        client.away(random.nextBoolean()); // so that the server hears from there
        long roundTrip = client.up.delay + client.down.delay + 20_000_000;
        world.inTime(
                Duration.ofNanos(random.nextLong(roundTrip)), () -> client.freeze(Duration.ofNanos(2 * roundTrip)));
        world.in(
                Duration.ofNanos(roundTrip + random.nextLong(2 * roundTrip)),
                () -> client.rebindNat(random.nextInt(4) > 0));
    }

    /** Moves while the server or its own program stands still: what comes of it is seen at one moment. */
    private void moveBehindItsBack(SimClient client) {
        Duration still = seconds(20);
        if (random.nextBoolean()) {
            client.freeze(still);
        } else {
            world.server.freeze(still);
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            long wait = random.nextLong(still.toNanos() + 50_000_000);
            world.in(Duration.ofNanos(wait), () -> client.rebindNat(random.nextInt(4) > 0));
        }
    }

    private void hole(SimClient client, boolean up, boolean down) {
        client.up.blackHole |= up;
        client.down.blackHole |= down;
        world.in(seconds(40), () -> {
            client.up.blackHole = false;
            client.down.blackHole = false;
        });
    }

    private void everybodysHole() {
        Duration time = seconds(200);
        world.clients.forEach(client -> {
            client.up.blackHole = true;
            client.down.blackHole = true;
        });
        world.in(
                time,
                () -> world.clients.forEach(client -> {
                    client.up.blackHole = false;
                    client.down.blackHole = false;
                }));
    }

    private void cut(SimClient client, int mtu) {
        client.up.cut = mtu;
        client.down.cut = mtu;
        world.in(seconds(20), () -> {
            client.up.cut = Integer.MAX_VALUE;
            client.down.cut = Integer.MAX_VALUE;
        });
    }

    /** That of somebody who has one: a participant is let in by its program. */
    private void changePassword(SimClient client) {
        if (!client.isInner()) {
            world.server.changePassword(client.name);
        }
    }

    private void startAgain(SimClient client) {
        client.kill();
        client.startedAgain();
    }

    private void failJournal() {
        world.trace("journal", () -> "fails");
        world.server.journal.failing = true;
        world.in(seconds(20), () -> {
            world.trace("journal", () -> "works again");
            world.server.journal.failing = false;
        });
    }

    /** The journal loses something while it takes its time, and the room goes on. */
    private void forgetWhileReading() {
        world.server.journal.delay = Duration.ofMillis(50 + random.nextInt(500)).toNanos();
        world.inTime(Duration.ofMillis(random.nextInt(500)), this::forgetHistory);
    }

    private void forgetHistory() {
        List<RoomName> rooms = List.copyOf(world.server.journal.logs().keySet());
        if (!rooms.isEmpty()) {
            RoomName room = rooms.get(random.nextInt(rooms.size()));
            SimJournal.Log log = world.server.journal.log(room);
            world.server.forgetBefore(
                    room, log.first + random.nextLong(log.last() + 2 - log.first), random.nextInt(4) == 0);
        }
    }
}
