package io.kabar.storage.csv.folder;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.OwnText;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a room's log is kept: so many days, so many of the newest events, whichever ends first; everything; or
 * nothing. What is too old goes by whole segments, which are made small enough that little more than this is ever kept.
 * No day counts for more than a tenth of a number of events, so that nobody can push out of a room in an hour what was
 * said before.
 *
 * @param days {@link #UNBOUNDED} if age does not matter
 * @param events {@link #UNBOUNDED} if their number does not matter
 */
@OwnText("the operator writes how long to keep, in kabar.toml or on the command line")
public record Retention(long days, long events) {

    /** Stands for no bound. */
    public static final long UNBOUNDED = Long.MAX_VALUE;
    /** What holds if nobody says anything. */
    public static final Retention STANDARD = new Retention(30, 100_000);

    public static final Retention FOREVER = new Retention(UNBOUNDED, UNBOUNDED);
    /** Nothing is written; the numbers of the events go on all the same. */
    public static final Retention NONE = new Retention(0, 0);

    /** What {@link #parse} takes, for people. */
    public static final String FORM = "forever, none, or such as \"30 days, 100000 events\"";

    /** Longer than any log: beyond it days could not be counted in nanoseconds. */
    private static final long MOST_DAYS = 36_500;

    private static final long MOST_EVENTS = 1_000_000_000_000L;
    private static final Pattern PART = Pattern.compile("(\\d[\\d_]{0,18})\\s*(days?|events?)");

    /** Parts a bound is divided into, so that not much more than the bound is kept. */
    private static final int PARTS = 10;

    /**
     * Reads what a person wrote.
     *
     * @throws IllegalArgumentException if it is not of the {@link #FORM}
     */
    public static Retention parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.equals("forever")) {
            return FOREVER;
        } else if (words.equals("none")) {
            return NONE;
        }
        long days = UNBOUNDED;
        long events = UNBOUNDED;
        for (String part : words.split("\\s*(,|\\bor\\b)\\s*", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("must be " + FORM);
            }
            boolean inDays = matcher.group(2).startsWith("day");
            long most = inDays ? MOST_DAYS : MOST_EVENTS;
            long bound = Digits.parseLong(matcher.group(1).replace("_", ""));
            if (bound < 1 || bound > most || (inDays ? days : events) != UNBOUNDED) {
                throw new IllegalArgumentException("must be " + FORM);
            }
            days = inDays ? bound : days;
            events = inDays ? events : bound;
        }
        return new Retention(days, events);
    }

    /** What {@link #parse} reads as this. */
    public String text() {
        if (keepsNothing()) {
            return "none";
        } else if (days == UNBOUNDED && events == UNBOUNDED) {
            return "forever";
        }
        String inDays = days == UNBOUNDED ? "" : days + " days";
        String inEvents = events == UNBOUNDED ? "" : events + " events";
        return inDays + (inDays.isEmpty() || inEvents.isEmpty() ? "" : ", ") + inEvents;
    }

    /** Whether events are not kept at all. */
    public boolean keepsNothing() {
        return events == 0;
    }

    /** What is told to those who join, to follow "History is". */
    public String sentence() {
        String forDays = "kept for " + (days == 1 ? "a day" : days + " days");
        if (keepsNothing()) {
            return "not kept: what is shown is in memory only, until the server stops";
        } else if (days == UNBOUNDED && events == UNBOUNDED) {
            return "kept forever";
        } else if (days == UNBOUNDED) {
            return "kept for at least the newest " + grouped(events) + " events";
        }
        return forDays
                + (events == UNBOUNDED ? "" : ", of a busy room at least the newest " + grouped(events) + " events");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Whether time makes events go. */
    public boolean isByAge() {
        return days != UNBOUNDED && !keepsNothing();
    }

    /** How old an event may become. */
    public Duration age() {
        return Duration.ofDays(days);
    }

    /** From the first to the last event of one segment, at most. */
    public Duration segmentSpan() {
        return isByAge() ? Duration.ofDays(Math.max(1, days / PARTS)) : Duration.ofSeconds(Long.MAX_VALUE);
    }

    /** Whether their number makes events go. */
    public boolean isByNumber() {
        return events != UNBOUNDED && !keepsNothing();
    }

    /** Events in one segment that goes on from one day to the next, at most {@code most}. */
    public long segmentEvents(long most) {
        return Math.max(1, Math.min(most, events / PARTS));
    }
}
