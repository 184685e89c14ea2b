package io.kabar.bench;

/**
 * What is asked of a server.
 *
 * @param sessions clients, spread evenly over the rooms
 * @param senders of them, those who write, in each room; everybody reads
 * @param size bytes of a message
 * @param rate messages a second in all rooms together; 0 for as fast as the slowest reader takes them
 * @param warmupSeconds of full load before anything counts
 * @param durationSeconds that count
 * @param idleSeconds of silence before the load, to see what being there costs
 */
record Load(
        int sessions,
        int rooms,
        int senders,
        int size,
        int rate,
        int warmupSeconds,
        int durationSeconds,
        int idleSeconds) {

    /** More need more ports than an address has, or more memory than this driver wants. */
    static final int MAX_SESSIONS = 50_000;
    /** What every server takes, whatever its limit is set to. */
    static final int MAX_SIZE = 4096;
    /** Room for the message's number, by which deliveries are checked. */
    static final int MIN_SIZE = 16;

    private static final int MAX_RATE = 1_000_000;
    private static final int MAX_SECONDS = 3600;

    Load {
        check("--sessions", sessions, 1, MAX_SESSIONS);
        check("--rooms", rooms, 1, sessions);
        check("--senders", senders, 1, sessions / rooms);
        check("--size", size, MIN_SIZE, MAX_SIZE);
        check("--rate", rate, 0, MAX_RATE);
        check("--warmup", warmupSeconds, 0, MAX_SECONDS);
        check("--duration", durationSeconds, 1, MAX_SECONDS);
        check("--idle", idleSeconds, 0, MAX_SECONDS);
    }

    boolean full() {
        return rate == 0;
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is a number from " + least + " to " + most + ", not " + value
                    + ("--senders".equals(option) ? "; a room has no more members." : "."));
        }
    }
}
