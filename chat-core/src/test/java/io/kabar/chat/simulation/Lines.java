package io.kabar.chat.simulation;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionStats;
import io.kabar.chat.internal.server.ServerCheck;
import java.time.Duration;
import java.util.Objects;

/**
 * Somebody who reads a long history over a line, and what is seen of it: the figures of {@code docs/performance.md}.
 */
final class Lines {
    /** More seeds and longer runs: {@code -Dworlds.full}. */
    static final boolean FULL = System.getProperty("worlds.full") != null;

    static final int EVENT = 4_000;
    /** Bytes on the line for each byte of such an event: headers of frame, packet, UDP and IP, in datagrams of 1200. */
    static final double ON_THE_LINE = 1.09;

    private static final double SECOND = 1e9;

    private Lines() {}

    /** A client that is signed in and idle, in a world whose server remembers so many megabytes. */
    static SimClient reader(World world, int megabytes) {
        world.server.remembers("archive", megabytes * 1_000_000 / EVENT, EVENT);
        SimClient reader = world.client("ada");
        world.until(reader::isLive, Duration.ofSeconds(20));
        world.run(Duration.ofSeconds(1));
        return reader;
    }

    static void readsAll(World world, SimClient reader) {
        reader.join(new RoomName("archive"), JoinHistory.from(1));
        world.until(() -> reader.isUpToDate("archive"), Duration.ofMinutes(10));
    }

    /** Events that it has read so far. */
    static long read(SimClient reader) {
        return reader.room("archive").next - 1;
    }

    /** Which share of a line of so many megabits a second it took to read so many events since {@code began}. */
    static double share(World world, long events, long began, double megabits) {
        return events * EVENT * ON_THE_LINE * 8 / 1e6 / ((world.now - began) / SECOND) / megabits;
    }

    /** What the server has counted on its connection to a client. */
    static ConnectionStats server(World world, SimClient client) {
        Connection connection = Objects.requireNonNull(client.endpoint().connection(), "not connected");
        return Objects.requireNonNull(ServerCheck.connection(world.server.endpoint(), connection.remoteCid()))
                .stats();
    }

    static void print(String format, Object... values) {
        System.out.printf("worlds: " + format + "%n", values);
    }
}
