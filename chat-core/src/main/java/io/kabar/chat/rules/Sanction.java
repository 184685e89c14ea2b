package io.kabar.chat.rules;

import io.kabar.chat.Author;
import io.kabar.chat.Limits;
import java.time.Instant;

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
     * @param network the address or network; empty to those who may not {@linkplain Capability#SEE_ADDRESSES see} it
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
