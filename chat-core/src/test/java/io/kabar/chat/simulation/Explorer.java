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
 * seed has everything: in each, some kinds of things never happen and others often, so that rare meetings occur. Half of
 * the worlds have one of the moods that brought rare failures to light: there, the kinds of things that met in such
 * a failure happen all the time.
 */
final class Explorer {
    private static final int MOST_CLIENTS = 5;
    private static final int MOST_DEEDS = 60;

    private static final int[] LONGEST = {WireLimits.DATAGRAM, 1452, WireLimits.LARGEST_DATAGRAM};

    /** What a world is full of. */
    private enum Mood {
        /** Everything and nothing. */
        ANY,
        /** Addresses that change while nobody looks, and change again. */
        RESTLESS,
        /** A short memory, and a journal that is slow, fails, and has less than everybody thinks. */
        FORGETFUL,
        /** People who come in and go, and servers that do. */
        REVOLVING,
        /** Long silences, in which what was overlooked is not mended by the next thing that happens. */
        QUIET
    }

    private final World world;
    private final Random random;
    private final Mood mood;
    private final List<RoomName> rooms = new ArrayList<>();
    private final List<Runnable> kinds = new ArrayList<>();

    private Explorer(World world, Mood mood) {
        this.world = world;
        this.mood = mood;
        random = world.random;
    }

    static void explore(long seed) {
        world(seed);
    }

    /** The world of this seed, at its end. */
    static World world(long seed) {
        Random settings = new Random(~seed * 0x9E37_79B9_7F4A_7C15L);
        Mood[] moods = Mood.values();
        Mood mood = settings.nextBoolean() ? Mood.ANY : moods[settings.nextInt(moods.length)];
        World world = new World(seed, made -> {
            made.password = settings.nextInt(10) == 0;
            made.historyInMemory = memory(settings, mood);
            made.rateBurst = settings.nextInt(4) == 0 ? 5 : 0;
            made.maxProposals = settings.nextInt(4) == 0 ? 4 : 8192;
            int longest = LONGEST[settings.nextInt(LONGEST.length)];
            made.datagrams = new DatagramLimits(longest, longest);
        });
        new Explorer(world, mood).run();
        return world;
    }

    private static int memory(Random settings, Mood mood) {
        if (mood == Mood.FORGETFUL) {
            return 4 + settings.nextInt(28);
        }
        return settings.nextInt(4) == 0 ? 16 : 2048;
    }

    private void run() {
        world.weather(new Weather(random));
        for (int i = random.nextInt(isAbout(Mood.REVOLVING) ? 8 : 3); i >= 0; i--) {
            rooms.add(new RoomName("room" + i));
            if (random.nextInt(isAbout(Mood.FORGETFUL, Mood.REVOLVING) ? 2 : 5)
                    == 0) { // more than fits a page, some of it in parts
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
        if (random.nextInt(isAbout(Mood.REVOLVING) ? 2 : 10) == 0) { // everybody at once, whatever is under way
            world.clients.stream().filter(SimClient::isLive).forEach(SimClient::signOut);
        }
        world.finish();
    }

    private boolean isAbout(Mood... moods) {
        return List.of(moods).contains(mood);
    }

    /** Some of the kinds of things that may happen, a few of them often. */
    private void choose() {
        List<Runnable> all = new ArrayList<>(new Accidents(world).all());
        all.addAll(new Attacker(world).all());
        Habits habits = new Habits(world, rooms);
        List<Runnable> harmless = habits.all();
        all.addAll(harmless);
        Collections.shuffle(all, random);
        int most = mood == Mood.ANY ? all.size() : 6;
        kinds.addAll(all.subList(0, 1 + random.nextInt(most)));
        kinds.addAll(characteristic(habits));
        for (int i = kinds.size() / 2 + 1; i > 0; i--) {
            kinds.add(harmless.get(0)); // joining, or nobody would be anywhere
            kinds.add(harmless.get(1)); // speaking
            kinds.add(harmless.get(random.nextInt(harmless.size())));
        }
    }

    private List<Runnable> characteristic(Habits habits) {
        Accidents accidents = new Accidents(world);
        List<Runnable> often = new ArrayList<>();
        switch (mood) {
            case ANY, QUIET -> {}
            case RESTLESS -> often.addAll(accidents.moves());
            case FORGETFUL -> {
                often.addAll(accidents.lapsesOfTheJournal());
                often.addAll(habits.talk());
            }
            case REVOLVING -> {
                often.addAll(habits.revolvingDoor());
                often.addAll(accidents.comings());
                often.addAll(accidents.lapsesOfTheJournal());
            }
        }
        return often;
    }

    private void pause() {
        if (isAbout(Mood.QUIET) && random.nextInt(3) == 0) {
            world.run(Duration.ofMillis(random.nextInt(120_000)));
            return;
        }
        int kind = random.nextInt(20);
        int most = kind < 8 ? 20 : kind < 15 ? 500 : kind < 19 ? 5_000 : 60_000;
        world.run(Duration.ofMillis(random.nextInt(most)));
    }
}
