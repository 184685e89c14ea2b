package io.kabar.storage.csv.layout;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells how late it certainly is, so that nothing is deleted on the word of a clock that has just jumped.
 *
 * <p>It keeps a time of its own, which goes on with the time that the server runs. As long as the machine's clock is no
 * more than {@link #JUMP} away from it, the clock is believed, and the own time is set by it. What the own time has
 * gained in that way is added up, and drains {@link #DRAIN} times as fast as the server runs; if it comes to more than
 * {@link #JUMP}, the clock is not believed either: many steps make a jump. A clock that has jumped, or the server was
 * long away, is believed once it has stayed where it is while the server ran for {@link #LASTS}. Until then the own
 * time goes on by itself. What is too old is judged by the earlier of the two, so a clock that is behind deletes
 * nothing either.
 *
 * <p>Pure: both clocks are handed in. For one thread.
 */
final class ClockJudge {

    /** More than suspended laptops, time zones set wrong and nights without a server make. */
    static final Duration JUMP = Duration.ofHours(24);
    /** Running time in which somebody, or a time server, sets a clock right. */
    static final Duration LASTS = Duration.ofHours(24);

    /** A machine that runs, or is awake, for eight hours of twenty-four keeps up. */
    static final int DRAIN = 2;

    /**
     * What is to be remembered until the next start.
     *
     * @param known the own time
     * @param away how far the clock is ahead of it, or behind, if it is not believed; else zero
     * @param lasted for how long the server has run since the clock is there
     * @param gained what the own time was set forward by, and has not drained yet
     */
    record State(Instant known, Duration away, Duration lasted, Duration gained) {

        /** A time to begin with. */
        static State at(Instant known) {
            return new State(known, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
    }

    /** What a look at the clock has found. */
    enum Verdict {
        /** The clock is believed. */
        BELIEVED,
        /** The clock has jumped just now. */
        JUMPED,
        /** The clock is still where it jumped to. */
        DOUBTED,
        /** The clock has stayed where it jumped to for so long that it is believed from now on. */
        BELIEVED_AGAIN
    }

    private State state;
    private Instant clock;

    ClockJudge(State state) {
        this.state = state;
        clock = state.known();
    }

    State state() {
        return state;
    }

    /** Takes notice of the machine's clock; {@code ran} is how long the server has run since the last time. */
    Verdict look(Instant now, Duration ran) {
        clock = now;
        Instant own = state.known().plus(ran);
        Duration away = Duration.between(own, now);
        Duration drained = positive(state.gained().minus(ran.multipliedBy(DRAIN)));
        Duration gained = positive(drained.plus(away));
        if (away.abs().compareTo(JUMP) <= 0 && gained.compareTo(JUMP) <= 0) {
            state = new State(now, Duration.ZERO, Duration.ZERO, gained);
            return Verdict.BELIEVED;
        }
        boolean stayed =
                !state.away().isZero() && away.minus(state.away()).abs().compareTo(JUMP) <= 0;
        Duration lasted = stayed ? state.lasted().plus(ran) : Duration.ZERO;
        if (lasted.compareTo(LASTS) >= 0) {
            state = State.at(now);
            return Verdict.BELIEVED_AGAIN;
        }
        state = new State(own, stayed ? state.away() : away, lasted, drained);
        return stayed ? Verdict.DOUBTED : Verdict.JUMPED;
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** How far the clock was away at the last look; zero while it is believed. */
    Duration away() {
        return state.away();
    }

    /** By what is judged whether something is too old. */
    Instant certain() {
        return clock.isBefore(state.known()) ? clock : state.known();
    }
}
