package io.kabar.cli.fullscreen;

import io.kabar.cli.input.Action;
import io.kabar.cli.input.EditLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is asked at the bottom of the screen, one after the other: yes or no, or words that nobody sees. */
final class Questions {

    /** Something asked; {@code cancelled} is what it means to be interrupted instead of answered. */
    private record Question(
            String words, boolean secret, Optional<String> cancelled, CompletableFuture<Optional<String>> answer) {}

    private static final Set<String> YES = Set.of("y", "yes");
    private static final Set<String> NO = Set.of("n", "no", "");

    private final Deque<Question> waiting = new ArrayDeque<>();
    private final EditLine answer = new EditLine();
    private final Consumer<String> noAnswer;

    /** Questions; {@code noAnswer} takes back what was written by somebody who did not notice that they were asked. */
    Questions(Consumer<String> noAnswer) {
        this.noAnswer = noAnswer;
    }

    boolean isOpen() {
        return !waiting.isEmpty();
    }

    /** Whether the answer is yes. */
    CompletableFuture<Boolean> ask(String words) {
        return add(words + " [y/N]", false, Optional.empty()).thenApply(Questions::isYes);
    }

    /** The same where Ctrl+C, pressed again, is a yes. */
    CompletableFuture<Boolean> askWhoLeaves(String words) {
        return add(words + " [y/N]", false, Optional.of("yes")).thenApply(Questions::isYes);
    }

    private static boolean isYes(Optional<String> typed) {
        return typed.filter(YES::contains).isPresent();
    }

    CompletableFuture<Optional<String>> askSecretly(String words) {
        return add(words, true, Optional.empty());
    }

    private CompletableFuture<Optional<String>> add(String words, boolean secret, Optional<String> cancelled) {
        Question question = new Question(words, secret, cancelled, new CompletableFuture<>());
        waiting.add(question);
        return question.answer;
    }

    /** A character was typed. */
    void type(String text) {
        answer.insert(text);
    }

    /** A key was pressed; {@code null} is one that is bound to nothing. */
    void press(@Nullable Action action) {
        if (action == Action.CANCEL) {
            settle(waiting.element().cancelled);
        } else if (action == Action.ESCAPE || action == Action.END_OF_INPUT) {
            settle(Optional.empty());
        } else if (action == Action.SEND) {
            send();
        } else if (action != null) {
            answer.perform(action);
        }
    }

    private void send() {
        String typed = answer.text();
        String word = typed.strip().toLowerCase(Locale.ROOT);
        if (waiting.element().secret) {
            settle(Optional.of(typed));
        } else if (YES.contains(word) || NO.contains(word)) {
            settle(Optional.of(word));
        } else {
            settle(Optional.empty());
            noAnswer.accept(typed);
        }
    }

    private void settle(Optional<String> with) {
        Question question = waiting.remove();
        answer.set("");
        question.answer.complete(with);
    }

    boolean isSecret() {
        return waiting.element().secret;
    }

    String words() {
        return waiting.element().words;
    }

    EditLine answer() {
        return answer;
    }
}
