package io.kabar.chat;

/**
 * A place in a room's log, as one keeps it to go on from there: a number alone may be another event tomorrow, when the
 * server was put back to an older copy or has lost the end of its log. The epoch tells which history the number belongs
 * to.
 *
 * @param epoch the server's word for the run of it that wrote there, below 2^32; 0 if it is not known
 * @param sequence number of the newest event that was read; 0 if none was
 */
public record LogPosition(long epoch, long sequence) {

    /** The largest epoch. */
    public static final long MAX_EPOCH = (1L << 32) - 1;

    /** Nothing was read, or nothing is known of it. */
    public static final LogPosition NONE = new LogPosition(0, 0);

    /** Checks both numbers. */
    public LogPosition {
        if (epoch < 0 || epoch > MAX_EPOCH || sequence < 0 || sequence > JoinHistory.MAX_SEQUENCE) {
            throw new IllegalArgumentException("An epoch is below 2^32, and events are numbered from 1.");
        }
    }

    /** Whether it says enough for a server to tell if its history is the one that was read. */
    public boolean isKnown() {
        return epoch > 0 && sequence > 0;
    }
}
