package io.kabar.chat.simulation;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes up a world: how bad the network is, who is there, what they do and what befalls them, all of it from the seed.
 * No seed has everything: in each, some kinds of things never happen and others often, so that rare meetings occur.
 * Half of the worlds have one of the moods that brought rare failures to light: there, the kinds of things that met in
 * such a failure happen all the time.
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

    /** What the ways there and back are like beside the weather, in one world of four: what rarely meets by chance. */
    private enum Ways {
        /** Packets overtake each other all the time. */
        OVERTAKING,
        /** Coarse clocks: timers are late. */
        LATE,
        /** Clients are seen at several addresses, all of them live. */
        SEVERAL,
        /** Delays that become longer and shorter. */
        STEPS
    }

    private final World world;
    private final Random random;
    private final Mood mood;
    private final List<RoomName> rooms = new ArrayList<>();
    /** Whether people here have roles, and use them. */
    private boolean keepsOrder;

    private boolean changesAccounts;
    /** Whether programs meet here. */
    private boolean hasPrograms;
    /** Whether people here edit, delete and react. */
    private boolean amends;
    /** Participants of the server's own program. */
    private int participants;

    /** What their callbacks take. */
    private Duration callbacks = Duration.ZERO;

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
        boolean authorizes = new Random(seed * 0xB529_7A4D_3F84_D5B5L + 7).nextInt(6) == 0; // apart, as the ways below
        World world = new World(seed, made -> {
            made.authorizes = authorizes;
            made.password = settings.nextInt(10) == 0;
            made.historyInMemory = memory(settings, mood);
            made.rateBurst = settings.nextInt(4) == 0 ? 5 : 0;
            made.quietAt = Math.floorMod(seed, 5) == 2 ? 3 + Math.floorMod(seed / 5, 3) : 256;
            made.maxProposals = settings.nextInt(4) == 0 ? 4 : 8192;
            int longest = LONGEST[settings.nextInt(LONGEST.length)];
            made.datagrams = new DatagramLimits(longest, longest);
        });
        Explorer explorer = new Explorer(world, mood);
        Random ways =
                new Random(seed * 0xD134_2543_DE82_EF95L + 1); // apart, so that the other worlds stay what they are
        explorer.keepsOrder = new Random(seed * 0x9FB2_1C65_1E98_DF25L + 11).nextInt(3) == 0;
        explorer.changesAccounts = new Random(seed * 0xA24B_AED4_963E_E407L + 13).nextInt(4) == 0;
        explorer.hasPrograms = new Random(seed * 0xC2B2_AE3D_27D4_EB4FL + 17).nextInt(4) == 0;
        explorer.amends = new Random(seed * 0xC13F_A9A9_02A6_328FL + 17).nextInt(3) == 0;
        Random inner = new Random(seed * 0xE703_7ED1_A0B4_28DBL + 19);
        explorer.participants = inner.nextInt(4) == 0 ? 1 + inner.nextInt(2) : 0;
        explorer.callbacks = Duration.ofMillis(inner.nextBoolean() ? 0 : inner.nextInt(3000));
        explorer.run(ways.nextInt(4) == 0 ? Ways.values()[ways.nextInt(Ways.values().length)] : null);
        return world;
    }

    private static int memory(Random settings, Mood mood) {
        if (mood == Mood.FORGETFUL) {
            return 4 + settings.nextInt(28);
        }
        return settings.nextInt(4) == 0 ? 16 : 2048;
    }

    private void run(@Nullable Ways ways) {
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
        for (int i = 0; i < participants; i++) {
            world.participant("bot" + (char) ('a' + i)).callbacks = callbacks;
        }
        world.run(Duration.ofMillis(random.nextInt(3000)));
        if (ways != null) {
            find(ways);
        }
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

    private void find(Ways ways) {
        switch (ways) {
            case OVERTAKING ->
                world.weather(link -> {
                    link.jitter = link.delay / 8 + random.nextLong(link.delay + 1);
                    link.reordering = 0.1;
                });
            case LATE -> world.lateness = 15_600_000;
            case SEVERAL -> world.clients.forEach(this::scatter);
            case STEPS -> step(20);
        }
    }

    /** From now on a client is at two to four addresses, until it moves. */
    private void scatter(SimClient client) {
        List<InetSocketAddress> addresses = new ArrayList<>(List.of(client.address()));
        boolean sameHost = random.nextBoolean();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            addresses.add(world.freshAddress(sameHost ? client.address() : null));
        }
        client.nat.alternates(addresses, 1 + random.nextInt(8));
    }

    private void step(int times) {
        world.inTime(Duration.ofMillis(100 + random.nextInt(3000)), () -> {
            long delay = Duration.ofMillis(1 + random.nextInt(150)).toNanos();
            world.clients.forEach(client -> {
                client.up.delay = delay;
                client.down.delay = delay;
            });
            if (times > 0) {
                step(times - 1);
            }
        });
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
        if (keepsOrder) {
            kinds.addAll(habits.order());
            kinds.addAll(habits.order());
            kinds.addAll(habits.revolvingDoor());
            kinds.addAll(habits.talk());
        }
        if (hasPrograms) {
            kinds.addAll(habits.programs());
            kinds.addAll(habits.programs());
            kinds.addAll(new Accidents(world).lapsesOfTheJournal()); // values are read back from where the log is not
            kinds.addAll(new Accidents(world).comings());
        }
        if (changesAccounts) {
            kinds.addAll(new Accidents(world).ofAccounts());
            kinds.addAll(habits.talk());
        }
        if (amends) {
            kinds.addAll(habits.amending());
            kinds.addAll(habits.amending());
        }
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
