package io.kabar.chat.internal.server.order;

import io.kabar.chat.Refusal;

/**
 * Why something does not happen.
 *
 * @param refusal its kind
 * @param sentence for the person
 * @param waitNanos until it may be tried again; 0 if that is of no use
 */
public record Denial(Refusal refusal, String sentence, long waitNanos) {

    static Denial forGood(String sentence) {
        return new Denial(Refusal.NOT_ALLOWED, sentence, 0);
    }
}
