package io.kabar.chat.internal.server.limits;

/**
 * How much of some work is done a second for everybody together, counted in steps of it. What was begun is done whole
 * and paid for afterwards; a second's worth may be done at once. Without a limit it only counts.
 */
public final class WorkBudget {

    private static final long SECOND = 1_000_000_000L;

    private final long stepsPerSecond;
    private long spent;
    /** When all that was done is paid for. */
    private long paidAt = Long.MIN_VALUE / 2; // a clock may be below zero

    /**
     * A budget.
     *
     * @param stepsPerSecond 0 = no limit
     */
    public WorkBudget(long stepsPerSecond) {
        this.stepsPerSecond = stepsPerSecond;
    }

    /** Nanoseconds until more may be done; 0 for now. */
    public long waitNanos(long now) {
        return Math.max(0, paidAt - now);
    }

    /** Pays for so many steps. */
    public void spend(long steps, long now) {
        spent += steps;
        if (stepsPerSecond == 0) {
            return;
        }
        paidAt = Math.max(paidAt, now - SECOND) + steps * SECOND / stepsPerSecond;
    }

    /** Steps done so far. */
    public long spent() {
        return spent;
    }
}
