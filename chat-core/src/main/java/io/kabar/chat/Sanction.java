package io.kabar.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A ban from the whole server, or a mute on it.
 *
 * @param kind what somebody may not do
 * @param target who may not
 * @param since from when on
 * @param until when it ends by itself; {@link #FOREVER} if it does not
 * @param by who has imposed it; the server itself has account 0
 * @param reason in the words of whoever has; may be empty
 */
public record Sanction(Kind kind, Target target, Instant since, Instant until, Author by, String reason) {

    /** It does not end by itself. */
    public static final Instant FOREVER = Limits.LATEST;

    /** For how long one lasts that does not end by itself. */
    public static final Duration WITHOUT_END = ChronoUnit.FOREVER.getDuration();

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * For how many seconds one is imposed; 0 if it does not end by itself, or in more than a hundred years.
     *
     * @throws IllegalArgumentException with a sentence, if that is less than a second
     */
    public static long seconds(Duration howLong) {
        if (howLong.toSeconds() < 1) {
            throw new IllegalArgumentException("A ban or a mute lasts for a second at least.");
        }
        return howLong.compareTo(LONGEST) > 0 ? 0 : howLong.toSeconds();
    }

    /** What somebody may not do. */
    public enum Kind {
        /** Be on the server. */
        BAN,
        /** Say anything. */
        MUTE
    }

    /** Who is meant. */
    public sealed interface Target {}

    /** Somebody by their account, under the name they had when it was imposed. */
    public record Person(Author who) implements Target {}

    /**
     * Whoever comes from somewhere.
     *
     * @param rule by which number it is lifted
     * @param network the address or network; empty to those who may not
     *     {@linkplain io.kabar.chat.rules.Capability#SEE_ADDRESSES see} it
     */
    public record Addresses(long rule, String network) implements Target {}

    /** Whether it still holds at this time. */
    public boolean holds(Instant now) {
        return until.equals(FOREVER) || now.isBefore(until);
    }

    /** The same without an address in it. */
    public Sanction withoutAddress() {
        return target instanceof Addresses addresses
                ? new Sanction(kind, new Addresses(addresses.rule(), ""), since, until, by, reason)
                : this;
    }
}
