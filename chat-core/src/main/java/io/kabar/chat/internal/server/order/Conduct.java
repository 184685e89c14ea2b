package io.kabar.chat.internal.server.order;

import io.kabar.chat.Content;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.Refusal;
import io.kabar.chat.Sanction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one person has said lately, in all rooms together, and whether they may go on. */
public final class Conduct {

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    /** Texts of a person that are remembered. */
    private static final int REMEMBERED = 4;

    private final Order order;
    /** Null until something is said. */
    private @Nullable Texts texts;

    private long saidAt = Long.MIN_VALUE; // a clock may be below zero

    /** Nothing was said. */
    public Conduct(Order order) {
        this.order = order;
    }

    /**
     * What speaks against somebody's saying something anywhere; null if nothing does.
     *
     * @param unlimited whether they are exempt from limits on how much one says
     */
    public @Nullable Denial toSaying(long account, boolean unlimited, Content content, long now, Instant time) {
        Sanction mute = order.mutes().find(account, time);
        if (mute != null) {
            return Denial.forGood(order.sentence(Order.MUTED, mute));
        }
        if (unlimited || !content.isMessage()) {
            return null;
        }
        int most = order.repeats();
        if (most > 0 && texts != null && texts.times(hash(content), now) >= most) {
            return new Denial(Refusal.RATE_LIMITED, "You have said that " + most + " times within a minute.", 0);
        }
        long pause = Duration.ofSeconds(order.switches().slowSeconds()).toNanos();
        long wait = pause == 0 || saidAt == Long.MIN_VALUE ? 0 : saidAt + pause - now;
        return wait > 0
                ? new Denial(
                        Refusal.RATE_LIMITED,
                        "The whole server is in slow mode: one message in "
                                + order.switches().slowSeconds() + " seconds.",
                        wait)
                : null;
    }

    /** It is said. */
    public void said(Content content, long now) {
        if (!content.isMessage()) {
            return;
        }
        saidAt = now;
        if (texts == null) {
            texts = new Texts();
        }
        texts.said(hash(content), now);
    }

    /** Until when nothing of it may be forgotten, were its user to come back. */
    public long mattersUntil() {
        long slow = Duration.ofSeconds(order.switches().slowSeconds()).toNanos();
        long window = order.repeats() > 0 ? WINDOW : 0;
        return saidAt == Long.MIN_VALUE ? Long.MIN_VALUE : saidAt + Math.max(slow, window);
    }

    private static int hash(Content content) {
        return content instanceof ProgramContent program ? program.payload().hashCode() : hash(content.text());
    }

    /** Of a text without regard to case and outer blanks; two that have the same by chance are no harm. */
    private static int hash(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + Character.toLowerCase(text.charAt(i));
        }
        return hash;
    }

    /** The last few different texts, each with how often it was said since when. */
    private static final class Texts {
        private final int[] hashes = new int[REMEMBERED];
        private final int[] times = new int[REMEMBERED];
        private final long[] since = new long[REMEMBERED];

        int times(int hash, long now) {
            int place = place(hash);
            return place < 0 || now - since[place] > WINDOW ? 0 : times[place];
        }

        void said(int hash, long now) {
            int before = times(hash, now);
            int place = place(hash);
            place = place < 0 ? oldest() : place;
            if (before == 0) {
                hashes[place] = hash;
                since[place] = now;
            }
            times[place] = before + 1;
        }

        private int place(int hash) {
            for (int i = 0; i < REMEMBERED; i++) {
                if (times[i] > 0 && hashes[i] == hash) {
                    return i;
                }
            }
            return -1;
        }

        private int oldest() {
            int oldest = 0;
            for (int i = 0; i < REMEMBERED; i++) {
                if (times[i] == 0) {
                    return i;
                }
                oldest = since[i] < since[oldest] ? i : oldest;
            }
            return oldest;
        }
    }
}
