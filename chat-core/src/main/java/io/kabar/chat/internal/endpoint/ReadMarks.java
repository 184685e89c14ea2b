package io.kabar.chat.internal.endpoint;

/** Up to where each of the two people of a conversation has read it. */
final class ReadMarks {

    /** Nobody has looked since the server was started. */
    static final long UNKNOWN = -1;

    /** By whom the two are known. */
    final String one;

    final String other;
    private long readByOne;
    private long readByOther;
    /** Whether the log is being looked through for what they have said there themselves. */
    boolean looking;

    ReadMarks(String one, String other, boolean known) {
        this.one = one;
        this.other = other;
        readByOne = known ? 0 : UNKNOWN;
        readByOther = readByOne;
    }

    /** The last event that somebody has read; {@link #UNKNOWN} if that is not known. */
    long of(String person) {
        return person.equals(one) ? readByOne : readByOther;
    }

    /** Somebody has read up to here, or further. */
    void read(String person, long upTo) {
        if (person.equals(one)) {
            readByOne = Math.max(readByOne, upTo);
        } else if (person.equals(other)) {
            readByOther = Math.max(readByOther, upTo);
        }
    }

    /** Somebody has said event {@code seq}: if it was all that they had not read, they have read everything. */
    void said(String person, long seq) {
        if (of(person) == seq - 1) {
            read(person, seq);
        }
    }
}
