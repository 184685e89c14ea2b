package io.kabar.chat.spi;

import io.kabar.chat.Limits;
import java.util.Collection;

/**
 * The small private things that a server remembers and that stand in no log of a room: bans by address, bans and mutes
 * of the whole server, invitations, who has blocked whom. A record is a value under a kind and a key; a later one of
 * the same kind and key takes the place of the former. What the values mean is the server's business.
 *
 * <p><b>Threads.</b> {@link #load} is called before the server serves. The other calls come one at a time, from a
 * worker thread, in the order in which they hold; they may block.
 *
 * <p><b>Bounds.</b> A server keeps at most {@link #MAX_RECORDS} records; see {@link Entry} for the parts of each.
 */
public interface ServerRecords extends AutoCloseable {

    /** As many records as a server keeps. */
    int MAX_RECORDS = 100_000;

    /** What the kinds of records begin with that hold addresses of people: no export has them. */
    String ADDRESSES = "address-";

    /** Longest key in characters. */
    int KEY_CHARACTERS = 256;

    /** Longest value in characters. */
    int VALUE_CHARACTERS = 2048;

    /**
     * All records that hold, in the order in which they were put. Called once, at the start.
     *
     * @throws java.io.UncheckedIOException if they cannot be read; the server does not start then
     */
    Collection<Entry> load();

    /**
     * Stores a record in place of the one of its kind and key; durable when it returns.
     *
     * @throws java.io.UncheckedIOException if it cannot be stored; the former one, if there was one, may hold or not
     */
    void put(Entry entry);

    /**
     * Removes the record of this kind and key, if there is one; durable when it returns.
     *
     * @throws java.io.UncheckedIOException if that cannot be stored
     */
    void remove(String kind, String key);

    @Override
    void close();

    /**
     * A record. All three are text of one line, without control characters; the value may be empty.
     *
     * @param kind what it is: one of few words, of lower-case letters and hyphens, such as {@code invitation}
     * @param key which one of its kind
     * @param value what is known of it
     */
    record Entry(String kind, String key, String value) {

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException with half a sentence, if a part is out of them
         */
        public Entry {
            if (kind.isEmpty()
                    || kind.length() > 32
                    || !kind.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-')) {
                throw new IllegalArgumentException("a kind of record is a word of at most 32 lower-case letters");
            }
            requireLine("key", key, KEY_CHARACTERS);
            requireLine("value", value, VALUE_CHARACTERS);
            if (key.isEmpty()) {
                throw new IllegalArgumentException("a record has a key");
            }
        }

        private static void requireLine(String what, String text, int most) {
            if (text.length() > most || !Limits.isWhole(text) || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "the " + what + " of a record is one line of at most " + most + " characters");
            }
        }

        /** The kind and the length of the rest: a value may be a secret. */
        @Override
        public String toString() {
            return "Entry[" + kind + ", " + key.length() + " and " + value.length() + " characters]";
        }
    }
}
