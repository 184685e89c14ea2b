package io.kabar.cli.script;

import io.kabar.chat.ChatException;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.view.words.Refusals;
import io.kabar.cli.command.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Sends many messages in order, with as many on their way as the client takes without refusing any. */
final class Outbox {

    /** Well below what a client lets wait (1000), and far above what any server's rate lets through at once. */
    private static final int MOST_ON_THEIR_WAY = 256;

    /** Refused lines that are told one by one. */
    private static final int MOST_FAILURES = 20;

    /** Says a line under its number. */
    interface Sender {
        CompletableFuture<Receipt> send(int line, String text);
    }

    private final Sender sender;
    private final Deadline deadline;
    private final Deque<Sent> onTheirWay = new ArrayDeque<>();
    private final Map<Integer, ChatException> failures = new TreeMap<>();

    Outbox(Sender sender, Deadline deadline) {
        this.sender = sender;
        this.deadline = deadline;
    }

    /** Sends a line; waits if enough are on their way. */
    void send(int line, String text) throws InterruptedException {
        if (onTheirWay.isEmpty()) {
            deadline.progress(); // the time until there was something to send does not count
        }
        onTheirWay.add(new Sent(line, sender.send(line, text)));
        while (onTheirWay.size() >= MOST_ON_THEIR_WAY) {
            settleOldest();
        }
    }

    /** Waits until everything sent is accepted or refused. */
    void awaitAll() throws InterruptedException {
        while (!onTheirWay.isEmpty()) {
            settleOldest();
        }
    }

    /** What was refused, by line; the first 20 of them. */
    Map<Integer, ChatException> failures() {
        return failures;
    }

    private void settleOldest() throws InterruptedException {
        Sent oldest = onTheirWay.remove();
        try {
            deadline.await(oldest.receipt());
            deadline.progress();
        } catch (ChatException refused) {
            if (refused.refusal() == Refusal.TIMED_OUT || refused.refusal() == Refusal.CLOSED) {
                throw refused;
            }
            if (failures.size() < MOST_FAILURES) {
                failures.put(oldest.line(), ChatException.of(refused.refusal(), Refusals.sentence(refused), null));
            }
        }
    }

    private record Sent(int line, CompletableFuture<Receipt> receipt) {}
}
