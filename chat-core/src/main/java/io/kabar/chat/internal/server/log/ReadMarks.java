package io.kabar.chat.internal.server.log;

import io.kabar.chat.Author;
import io.kabar.chat.UserName;
import org.jspecify.annotations.Nullable;

/** Up to where each of the two people of a conversation has read it. */
public final class ReadMarks {

    /** Nobody has looked since the server was started. */
    public static final long UNKNOWN = -1;

    /** The accounts of the two. */
    private final long one;

    private final long other;
    private long readByOne;
    private long readByOther;
    /** How the two were called when they spoke last, as far as somebody has looked. */
    private @Nullable UserName nameOfOne;

    private @Nullable UserName nameOfOther;
    /** Whether the log is being looked through for what they have said there themselves. */
    private boolean looking;

    public ReadMarks(long one, long other, boolean known) {
        this.one = one;
        this.other = other;
        readByOne = known ? 0 : UNKNOWN;
        readByOther = readByOne;
    }

    /** The account of the first of the two. */
    public long one() {
        return one;
    }

    /** The account of the second of the two. */
    public long other() {
        return other;
    }

    /** Begins to look through the log; false if that is under way already. */
    public boolean beginLook() {
        boolean begins = !looking;
        looking = true;
        return begins;
    }

    /** The log has been looked through, or could not be. */
    public void endLook() {
        looking = false;
    }

    /** The last event that somebody has read; {@link #UNKNOWN} if that is not known. */
    public long of(long account) {
        return account == one ? readByOne : readByOther;
    }

    /** How somebody was called when they spoke last; null if nobody has looked since the server was started. */
    public @Nullable UserName nameOf(long account) {
        return account == one ? nameOfOne : nameOfOther;
    }

    /** Somebody has spoken. */
    public void spoke(Author who) {
        if (who.account() == one) {
            nameOfOne = who.name();
        } else if (who.account() == other) {
            nameOfOther = who.name();
        }
    }

    /** Somebody has read up to here, or further. */
    public void read(long account, long upTo) {
        if (account == one) {
            readByOne = Math.max(readByOne, upTo);
        } else if (account == other) {
            readByOther = Math.max(readByOther, upTo);
        }
    }

    /** Somebody has said event {@code seq}: if it was all that they had not read, they have read everything. */
    public void said(long account, long seq) {
        if (of(account) == seq - 1) {
            read(account, seq);
        }
    }
}
