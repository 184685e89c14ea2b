package io.kabar.chat.view;

import io.kabar.chat.Amended;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.UserName;
import io.kabar.chat.view.amended.RoomAmendments;
import io.kabar.chat.view.words.AmendmentWording;
import io.kabar.chat.view.words.Reading;
import io.kabar.chat.view.words.VisibleText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of messages that answer others, or that were edited, deleted or reacted to: each reads as it is by now,
 * whichever came first, the message or what was done to it. What is done to a message that is not shown waits for it.
 */
final class AmendedLines {

    /** Lines of which it is remembered how they read at first. */
    private static final int MOST = 2 * Transcript.MAX_LINES;

    /** A line as it was said. */
    private record Said(long ref, String words) {}

    private final Transcript transcript;
    private final Observers observers;
    private final RoomAmendments amendments = new RoomAmendments();
    private final Map<Long, Said> asSaid = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Said> eldest) {
            boolean isFull = size() > MOST;
            if (isFull) {
                answers.computeIfPresent(eldest.getValue().ref, (ref, numbers) -> {
                    numbers.remove(eldest.getKey());
                    return numbers.isEmpty() ? null : numbers;
                });
            }
            return isFull;
        }
    };
    /** By the message that they answer, which of these lines quote it. */
    private final Map<Long, Set<Long>> answers = new HashMap<>();

    AmendedLines(Transcript transcript, Observers observers) {
        this.transcript = transcript;
        this.observers = observers;
    }

    /** Nothing is known any more of what happens behind the lines that stand. */
    void clear() {
        amendments.clear();
        asSaid.clear();
        answers.clear();
    }

    /** How a message reads that gets its line now. */
    Reading read(ChatEvent event, String words) {
        Said said = new Said(event.ref(), words);
        asSaid.put(event.sequence(), said);
        if (said.ref > 0) {
            answers.computeIfAbsent(said.ref, none -> new LinkedHashSet<>(2)).add(event.sequence());
        }
        return read(event.sequence(), said);
    }

    private Reading read(long sequence, Said said) {
        RoomAmendments.State state = amendments.of(sequence);
        if (state.isDeleted() || said.words.isEmpty()) {
            return Reading.deleted(AmendmentWording.deleted(state.deletion()));
        }
        return new Reading(
                said.ref == 0 ? Optional.empty() : Optional.of(quote(said.ref)),
                state.text().map(VisibleText::of).orElse(said.words),
                state.text().isPresent(),
                false,
                state.reactions());
    }

    /** A message as an answer to it quotes it. */
    Reading.Quote quote(long ref) {
        TranscriptLine.Said line = transcript.said(ref);
        return line == null
                ? new Reading.Quote(ref, "", "")
                : new Reading.Quote(
                        ref,
                        line.from().text(),
                        AmendmentWording.shortly(line.reading().text()));
    }

    /**
     * Something was done to a message.
     *
     * @param isNews whether it is told to who prints each line once
     */
    void apply(ChatEvent event, UserName self, boolean isNews) {
        boolean changed = amendments.apply(event, self);
        if (changed && readAnew(event.ref()) && isNews) {
            observers.onAmended(transcript, event.ref(), AmendmentWording.of(event));
        }
    }

    /** A page of history tells what was done to messages, before it is shown or behind that. */
    void merge(List<Amended> told) {
        told.forEach(amendments::merge);
        told.forEach(each -> readAnew(each.sequence()));
    }

    /** Messages that were not shown are: answers to them quote their words now. */
    void shown(List<ChatEvent> events) {
        events.forEach(event -> readAnswers(event.sequence()));
    }

    private void readAnswers(long target) {
        for (long answer : List.copyOf(answers.getOrDefault(target, Set.of()))) {
            Said said = asSaid.get(answer);
            if (said != null) {
                readLine(answer, said);
            }
        }
    }

    /** Tells whether the message has a line. */
    private boolean readAnew(long target) {
        TranscriptLine.Said line = transcript.said(target);
        if (line == null) {
            return false;
        }
        Reading known = line.reading();
        Said said = asSaid.computeIfAbsent(
                target,
                none -> new Said(known.quote().map(Reading.Quote::sequence).orElse(0L), known.text()));
        readLine(target, said);
        readAnswers(target);
        return true;
    }

    private void readLine(long sequence, Said said) {
        TranscriptLine.@Nullable Said line = transcript.said(sequence);
        if (line != null) {
            transcript.replace(line.as(read(sequence, said)));
        }
    }
}
