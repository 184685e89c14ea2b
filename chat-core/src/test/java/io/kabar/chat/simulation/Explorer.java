package io.kabar.chat.simulation;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes up a world: how bad the network is, who is there, what they do and what befalls them, all of it from the seed. No
 * seed has everything: in each, some kinds of things never happen and others often, so that rare meetings occur.
 */
final class Explorer {
    private static final int MOST_CLIENTS = 5;
    private static final int MOST_DEEDS = 60;

    private static final int[] LONGEST = {WireLimits.DATAGRAM, 1452, WireLimits.LARGEST_DATAGRAM};

    private final World world;
    private final Random random;
    private final List<RoomName> rooms = new ArrayList<>();
    private final List<Runnable> kinds = new ArrayList<>();

    private Explorer(World world) {
        this.world = world;
        random = world.random;
    }

    static void explore(long seed) {
        world(seed);
    }

    /** The world of this seed, at its end. */
    static World world(long seed) {
        Random settings = new Random(~seed);
        World world = new World(seed, made -> {
            made.password = settings.nextInt(10) == 0;
            made.historyInMemory = settings.nextInt(4) == 0 ? 16 : 2048;
            made.rateBurst = settings.nextInt(4) == 0 ? 5 : 0;
            made.maxProposals = settings.nextInt(4) == 0 ? 4 : 8192;
            int longest = LONGEST[settings.nextInt(LONGEST.length)];
            made.datagrams = new DatagramLimits(longest, longest);
        });
        new Explorer(world).run();
        return world;
    }

    private void run() {
        world.weather(new Weather(random));
        for (int i = random.nextInt(3); i >= 0; i--) {
            rooms.add(new RoomName("room" + i));
            if (random.nextInt(5) == 0) { // more than fits a page, some of it in parts
                world.server.remembers("room" + i, random.nextInt(300), 1 + random.nextInt(1200));
            }
        }
        for (int i = 1 + random.nextInt(MOST_CLIENTS); i > 0; i--) {
            world.client("user" + (char) ('a' + i));
        }
        world.run(Duration.ofMillis(random.nextInt(3000)));
        choose();
        for (int i = random.nextInt(MOST_DEEDS); i >= 0; i--) {
            kinds.get(random.nextInt(kinds.size())).run();
            pause();
        }
        world.finish();
    }

    /** Some of the kinds of things that may happen, a few of them often. */
    private void choose() {
        List<Runnable> all = new ArrayList<>(new Accidents(world).all());
        all.addAll(new Attacker(world).all());
        List<Runnable> harmless = new Habits(world, rooms).all();
        all.addAll(harmless);
        Collections.shuffle(all, random);
        kinds.addAll(all.subList(0, 1 + random.nextInt(all.size())));
        for (int i = kinds.size() / 2 + 1; i > 0; i--) {
            kinds.add(harmless.get(0)); // joining, or nobody would be anywhere
            kinds.add(harmless.get(1)); // speaking
            kinds.add(harmless.get(random.nextInt(harmless.size())));
        }
    }

    private void pause() {
        int kind = random.nextInt(20);
        int most = kind < 8 ? 20 : kind < 15 ? 500 : kind < 19 ? 5_000 : 60_000;
        world.run(Duration.ofMillis(random.nextInt(most)));
    }
}
