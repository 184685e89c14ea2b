package io.kabar.chat.simulation;

import io.kabar.chat.internal.server.core.Verdict;
import java.time.Duration;

/**
 * A host program that cannot make up its mind: its verdicts come soon, late, too late, never, or twice and not the
 * same. It forbids nothing but to say something, which nobody gets over otherwise. Once the world is about to end it
 * allows everything, so that nothing waits for ever.
 */
final class Verdicts {

    /** Brings a verdict to the server a while later, if that is the same one still. */
    interface Answer {
        void give(long delayNanos, long questionId, Verdict verdict);
    }

    private static final Verdict ALLOWED = new Verdict.Allowed();
    private static final Verdict REFUSED = new Verdict.Refused("Not that, and not now.");

    private final World world;
    private final Answer answer;

    Verdicts(World world, Answer answer) {
        this.world = world;
        this.answer = answer;
    }

    void onSignIn(long questionId) {
        decide(questionId, ALLOWED);
    }

    void onEntry(long questionId) {
        decide(questionId, ALLOWED);
    }

    void onSpeech(long questionId) {
        decide(questionId, !world.isEnding() && world.random.nextInt(6) == 0 ? REFUSED : ALLOWED);
    }

    private void decide(long questionId, Verdict verdict) {
        if (world.isEnding()) {
            answer.give(0, questionId, verdict);
            return;
        }
        switch (world.random.nextInt(10)) {
            case 0 -> world.trace("host", () -> "forgets question " + questionId);
            case 1 -> answer.give(upTo(Duration.ofSeconds(9)), questionId, verdict);
            case 2 -> {
                long first = upTo(Duration.ofMillis(50));
                answer.give(first, questionId, verdict);
                answer.give(
                        first + upTo(Duration.ofMillis(50)) + 1, questionId, verdict == ALLOWED ? REFUSED : ALLOWED);
            }
            case 3 -> answer.give(upTo(Duration.ofMillis(5)), questionId, new Verdict.Missing());
            default -> answer.give(upTo(Duration.ofMillis(200)), questionId, verdict);
        }
    }

    private long upTo(Duration most) {
        return world.random.nextLong(most.toNanos());
    }
}
