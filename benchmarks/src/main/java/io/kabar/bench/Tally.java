package io.kabar.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What all clients have seen so far; latencies only of messages that were due in the time that counts. */
final class Tally {

    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);

    int signedIn;
    int inside;
    long deliveries;
    long doubled;
    long disordered;
    private final Histogram latencies = new Histogram(LONGEST, 3);
    private long countsFrom = Long.MAX_VALUE;
    private long countsUntil = Long.MAX_VALUE;

    void countFrom(long from, long until) {
        countsFrom = from;
        countsUntil = until;
    }

    void delivered(long latency, long intendedAt) {
        deliveries++;
        if (intendedAt >= countsFrom && intendedAt < countsUntil) {
            latencies.recordValue(Math.max(0, Math.min(latency, LONGEST)));
        }
    }

    Histogram latencies() {
        return latencies;
    }
}
