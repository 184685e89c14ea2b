package io.kabar.chat;

import static java.util.Objects.requireNonNull;

/**
 * What programs say to each other in a room: a {@link Payload}, ordered and kept like a message. A person is shown what
 * it is and how long.
 */
public sealed interface ProgramContent extends Content permits ProgramContent.Data, ProgramContent.ValueSet {

    /** The bytes, with what they are. */
    Payload payload();

    @Override
    default String text() {
        return "";
    }

    @Override
    default int size() {
        return payload().mediaType().length() + payload().length();
    }

    /**
     * A program said something: a message that is none of text. Slow modes, mutes and floods count it as one.
     *
     * @param payload what was said; {@link Payload#NONE} once it was erased
     */
    record Data(Payload payload) implements ProgramContent {

        /** Anything may be said. */
        public Data {
            requireNonNull(payload, "payload");
        }

        @Override
        public int kind() {
            return DATA;
        }

        @Override
        public Data withoutText() {
            return new Data(Payload.NONE);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.data(this);
        }
    }

    /**
     * A value of the room was set: of each key the newest one holds, and whoever enters is told it.
     *
     * @param key its name: at most {@value #KEY_BYTES} bytes of UTF-8, not empty, no control characters
     * @param payload the value; an empty one takes the key away
     */
    record ValueSet(String key, Payload payload) implements ProgramContent {

        /** The longest key, in bytes of UTF-8. */
        public static final int KEY_BYTES = 64;

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException with a sentence if that is no key
         */
        public ValueSet {
            requireKey(key);
            payload = payload.isEmpty() ? Payload.NONE : payload;
        }

        /**
         * Checks that this may be a key.
         *
         * @throws IllegalArgumentException with a sentence if that is no key
         */
        public static void requireKey(String key) {
            if (key.isEmpty()
                    || !Limits.fits(key, KEY_BYTES)
                    || !Limits.isWhole(key)
                    || key.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "A key has 1 to " + KEY_BYTES + " bytes of UTF-8, and no control characters.");
            }
        }

        /** Whether the key is taken away. */
        public boolean isRemoved() {
            return payload.isEmpty();
        }

        @Override
        public int kind() {
            return VALUE_SET;
        }

        @Override
        public int size() {
            return key.length() + ProgramContent.super.size();
        }

        @Override
        public ValueSet withoutText() {
            return new ValueSet(key, Payload.NONE);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.valueSet(this);
        }
    }
}
