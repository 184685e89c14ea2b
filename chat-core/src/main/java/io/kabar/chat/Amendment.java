package io.kabar.chat;

/**
 * Something that is done to an event of the room which happened before: to the one that {@link ChatEvent#ref} tells. It
 * is an event of its own, with a number of its own, and comes behind what it is about.
 *
 * <p>What was deleted has no text any more, wherever it is read; of several edits the newest counts; of each account
 * and emoji one reaction counts, until it is taken back.
 */
public sealed interface Amendment extends Content {

    /**
     * A message reads otherwise from now on.
     *
     * @param text how; may hold several lines
     */
    record Edited(String text) implements Amendment {

        /** Checks the bounds: see {@link Limits}. */
        public Edited {
            Limits.requireText(text);
        }

        @Override
        public int kind() {
            return EDITED;
        }

        @Override
        public Edited withoutText() {
            return new Edited("");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.edited(this);
        }
    }

    /**
     * A message is gone: its text and that of its edits are given to nobody any more.
     *
     * @param reason why, in the words of whoever did it; may be empty
     */
    record Deleted(String reason) implements Amendment {

        /** Checks the bounds: see {@link Limits}. */
        public Deleted {
            Limits.requireLine(reason);
        }

        @Override
        public int kind() {
            return DELETED;
        }

        @Override
        public String text() {
            return reason;
        }

        @Override
        public Deleted withoutText() {
            return new Deleted("");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.deleted(this);
        }
    }

    /**
     * Somebody reacts to a message, or takes such a reaction back.
     *
     * @param emoji with what: 1 to {@value Limits#EMOJI_BYTES} bytes without a space; empty if it was erased
     * @param takenBack whether it does not count any more
     */
    record Reacted(String emoji, boolean takenBack) implements Amendment {

        /** Checks the bounds: see {@link Limits}. */
        public Reacted {
            Limits.requireEmoji(emoji);
        }

        @Override
        public int kind() {
            return REACTED;
        }

        @Override
        public String text() {
            return emoji;
        }

        @Override
        public Reacted withoutText() {
            return new Reacted("", takenBack);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reacted(this);
        }
    }
}
