package io.kabar.bench;

import java.util.Arrays;

/**
 * The messages of one room, from the moment each should be sent until every member has it. Message m is sender m modulo
 * the senders' and its text begins with m, so that a reader can tell what is missing, doubled or out of order.
 */
final class RoomTraffic {

    /**
     * Messages under way: half of what a reader lets a server send ahead, so that no reader ever has to catch up from a
     * journal, and enough to fill datagrams.
     */
    static final int WINDOW = 512;

    /** Events whose place in the log is remembered: those of the window, and joins and leaves among them. */
    private static final int PLACES = 8 * WINDOW;

    private final int members;
    private final int senders;
    private final String padding;
    private long interval;
    private final long[] intendedAt = new long[WINDOW];
    private final int[] awaitedBy = new int[WINDOW];
    private final long[] placeOf = new long[PLACES];
    private final long[] messageAt = new long[PLACES];
    private long dueAt = Long.MAX_VALUE;
    private long sent;
    private long complete;

    RoomTraffic(int members, int senders, int size) {
        this.members = members;
        this.senders = senders;
        padding = "x".repeat(size);
    }

    /**
     * The next message is due at {@code at}, and the others {@code every} so many nanoseconds; 0: as the window lets
     * them.
     */
    void start(long at, long every) {
        dueAt = at;
        interval = every;
    }

    /** No more messages are due. */
    void stop() {
        dueAt = Long.MAX_VALUE;
    }

    /** When the next message is to be sent; {@code Long.MAX_VALUE} if it has to wait for readers, or for ever. */
    long dueAt() {
        return sent - complete < WINDOW ? dueAt : Long.MAX_VALUE;
    }

    long sent() {
        return sent;
    }

    boolean allArrived() {
        return complete == sent;
    }

    /** Which of the room's senders sends the next message. */
    int nextSender() {
        return (int) (sent % senders);
    }

    /**
     * The next message. What it waits for shows in its latency, since that counts from when it was due: a server that
     * stalls cannot hide the messages it kept from being sent.
     */
    String next(long now) {
        int at = (int) (sent % WINDOW);
        intendedAt[at] = interval == 0 ? now : dueAt;
        awaitedBy[at] = members;
        dueAt = interval == 0 ? now : dueAt + interval;
        String number = sent + " ";
        sent++;
        return number + padding.substring(number.length());
    }

    /** A reader of this room, who has read nothing yet. */
    Reader reader() {
        return new Reader();
    }

    /** What one member has read. */
    final class Reader {
        private final long[] expected = new long[senders];
        private long lastSequence = -1;
        private long missing;

        private Reader() {
            Arrays.setAll(expected, sender -> sender);
        }

        /** Every event counts in the order of the log. */
        void onEvent(long sequence, Tally tally) {
            if (lastSequence >= 0 && sequence != lastSequence + 1) {
                tally.disordered++;
            }
            lastSequence = sequence;
        }

        /** One of our messages, as event {@code sequence}. */
        void onMessage(String text, long sequence, long now, Tally tally) {
            long message = numberOf(text);
            if (message < 0 || message >= sent) {
                tally.disordered++;
                return;
            }
            if (!sameForAll(sequence, message)) {
                tally.disordered++;
            }
            int sender = (int) (message % senders);
            if (message > expected[sender]) {
                tally.disordered++;
                missing += (message - expected[sender]) / senders;
            } else if (message < expected[sender]) {
                if (missing == 0) {
                    tally.doubled++;
                    return;
                }
                missing--;
            }
            expected[sender] = Math.max(expected[sender], message + senders);
            arrived(message, now, tally);
        }

        /** What was sent and is not here. */
        long lost() {
            long lost = missing;
            for (int sender = 0; sender < senders; sender++) {
                lost += Math.max(0, (sent - expected[sender] + senders - 1) / senders);
            }
            return lost;
        }
    }

    private void arrived(long message, long now, Tally tally) {
        int at = (int) (message % WINDOW);
        tally.delivered(now - intendedAt[at], intendedAt[at]);
        awaitedBy[at]--;
        while (complete < sent && awaitedBy[(int) (complete % WINDOW)] <= 0) {
            complete++;
        }
    }

    /** Whether event {@code sequence} is the same message for everybody who has read it so far. */
    private boolean sameForAll(long sequence, long message) {
        int at = (int) (sequence % PLACES);
        if (placeOf[at] < sequence) {
            placeOf[at] = sequence;
            messageAt[at] = message;
        }
        return placeOf[at] != sequence || messageAt[at] == message;
    }

    private static long numberOf(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return i == 0 ? -1 : number;
            }
            number = 10 * number + (c - '0');
        }
        return -1;
    }
}
