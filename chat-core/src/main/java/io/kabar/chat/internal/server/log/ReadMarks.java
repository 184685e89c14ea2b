package io.kabar.chat.internal.server.log;

/** Up to where each of the two people of a conversation has read it. */
public final class ReadMarks {

    /** Nobody has looked since the server was started. */
    public static final long UNKNOWN = -1;

    /** By whom the two are known. */
    private final String one;

    private final String other;
    private long readByOne;
    private long readByOther;
    /** Whether the log is being looked through for what they have said there themselves. */
    private boolean looking;

    public ReadMarks(String one, String other, boolean known) {
        this.one = one;
        this.other = other;
        readByOne = known ? 0 : UNKNOWN;
        readByOther = readByOne;
    }

    /** By what the first of the two is known. */
    public String one() {
        return one;
    }

    /** By what the second of the two is known. */
    public String other() {
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
    public long of(String person) {
        return person.equals(one) ? readByOne : readByOther;
    }

    /** Somebody has read up to here, or further. */
    public void read(String person, long upTo) {
        if (person.equals(one)) {
            readByOne = Math.max(readByOne, upTo);
        } else if (person.equals(other)) {
            readByOther = Math.max(readByOther, upTo);
        }
    }

    /** Somebody has said event {@code seq}: if it was all that they had not read, they have read everything. */
    public void said(String person, long seq) {
        if (of(person) == seq - 1) {
            read(person, seq);
        }
    }
}
