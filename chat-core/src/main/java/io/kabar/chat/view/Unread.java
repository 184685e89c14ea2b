package io.kabar.chat.view;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/** What others have said in a room since it was last looked at. */
final class Unread {

    /** What is remembered one by one of what is unread, the newest: who has read that far elsewhere has read it all. */
    private static final int REMEMBERED = 1_000;

    private record Message(long sequence, boolean mention) {}

    private final ArrayDeque<Message> newest = new ArrayDeque<>();
    private int messages;
    private int mentions;
    private long firstSequence;
    private OptionalLong firstLine = OptionalLong.empty();

    int messages() {
        return messages;
    }

    int mentions() {
        return mentions;
    }

    /** The line before which the "new" mark stands, until something new is said. */
    OptionalLong firstLine() {
        return firstLine;
    }

    /** The mark stands before another line. */
    void beginsAt(long line) {
        firstLine = OptionalLong.of(line);
    }

    void said(long sequence, long line, boolean mention) {
        if (messages++ == 0) {
            firstLine = OptionalLong.of(line);
            firstSequence = sequence;
        }
        mentions += mention ? 1 : 0;
        newest.add(new Message(sequence, mention));
        if (newest.size() > REMEMBERED) {
            newest.remove();
        }
    }

    /** What was said up to here was read elsewhere; whether less is unread now. */
    boolean readUpTo(long sequence) {
        if (messages == 0 || sequence < firstSequence) {
            return false;
        }
        newest.removeIf(message -> message.sequence() <= sequence);
        messages = newest.size();
        mentions = (int) newest.stream().filter(Message::mention).count();
        firstSequence = newest.isEmpty() ? 0 : newest.getFirst().sequence();
        return true;
    }

    /** Number of the newest event that was read, of those up to {@code seen}. */
    long readTo(long seen) {
        return messages > 0 ? firstSequence - 1 : seen;
    }

    /** From this event on the log is another one. */
    void differsFrom(long sequence) {
        firstSequence = Math.min(firstSequence, sequence);
    }

    /** Whether there was anything unread. */
    boolean markRead() {
        boolean any = messages > 0;
        messages = 0;
        mentions = 0;
        newest.clear();
        return any;
    }
}
