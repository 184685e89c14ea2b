package io.kabar.chat.internal.client.calls;

import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks something that concerns no room, and has one answer. */
final class QuestionCall<T> extends PendingCall<T> {

    private final Supplier<Query> question;
    private final Function<Answer, @Nullable T> reading;
    private @Nullable T value;

    /**
     * @param question what is asked, at each asking
     * @param reading what an answer comes to; null if it is the answer to another question
     */
    QuestionCall(Supplier<Query> question, Function<Answer, @Nullable T> reading, Outcome<T> outcome) {
        super(Kind.LIST, null, outcome);
        this.question = question;
        this.reading = reading;
    }

    @Override
    Query query() {
        return question.get();
    }

    @Override
    Step answered(Answer answer, boolean more) throws MalformedPacketException {
        T read = reading.apply(answer);
        if (read == null) {
            throw unexpected(answer);
        }
        value = read;
        return Step.DONE;
    }

    @Override
    void beginAgain() {
        value = null;
    }

    @Override
    void complete() {
        if (value != null) {
            outcome.done(value);
        }
    }
}
