package io.kabar.chat.internal.server.log;

import io.kabar.chat.internal.wire.WireLimits;

/**
 * Positions in a log, and tokens that stand for what a packet carried of it, each in one number.
 *
 * <pre>
 *   position   number of the event, 46 bits; part of it, 6 bits: a whole event is all its positions
 *   token      number, 46 bits; how many events, or which part, 8 bits; kind, 2 bits; never 0, as numbers begin at 1
 * </pre>
 */
final class Positions {

    /** Kinds of tokens: whole events, a part that is not the last, the last one, and a gap up to an event. */
    static final int RUN = 0;

    static final int PIECE = 1;
    static final int LAST_PIECE = 2;
    static final int GAP = 3;

    /** Bits of a position that tell the part: {@link WireLimits#MESSAGE} bytes are fewer than 64 parts. */
    private static final int PART_BITS = 6;

    private Positions() {}

    static long start(long seq) {
        return seq << PART_BITS;
    }

    static long end(long seq) {
        return start(seq + 1) - 1;
    }

    static long seqOf(long position) {
        return position >>> PART_BITS;
    }

    static int partOf(long position) {
        return (int) (position & ((1 << PART_BITS) - 1));
    }

    static long token(int kind, long seq, int amount) {
        return seq << 10 | (long) amount << 2 | kind;
    }

    /** The first position a token stands for. */
    static long firstOf(long token) {
        int part = (int) (token >>> 2) & 0xff;
        return switch ((int) token & 3) {
            case RUN -> start(token >>> 10);
            case GAP -> 0;
            default -> start(token >>> 10) + part;
        };
    }

    /** The last position a token stands for: with the last part of an event comes all that is left of its positions. */
    static long lastOf(long token) {
        long seq = token >>> 10;
        int amount = (int) (token >>> 2) & 0xff;
        return switch ((int) token & 3) {
            case RUN -> end(seq + amount - 1);
            case PIECE -> start(seq) + amount;
            default -> end(seq);
        };
    }
}
