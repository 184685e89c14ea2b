package io.kabar.cli.chat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.view.words.PeopleWording;
import io.kabar.cli.terminal.Screen;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a chat asks before it begins; each answer is empty where there is nobody to ask, or no wish to answer. */
final class ChatQuestions {

    private static final int TRIES = 3;

    private final Screen screen;

    ChatQuestions(Screen screen) {
        this.screen = screen;
    }

    Optional<UserName> name() {
        for (int i = 0; i < TRIES; i++) {
            Optional<String> answer = screen.ask("Your name: ");
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(UserName.of(answer.get()));
            } catch (IllegalArgumentException e) {
                screen.print(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** An empty answer is no password. */
    Optional<String> password() {
        return screen.askSecretly("Password (none if the server is open): ").filter(answer -> !answer.isEmpty());
    }

    /**
     * How much history, {@code usual} when the answer is just yes.
     *
     * @param left how long ago the user left the room, if they were there before; then yes means from there on
     */
    @ForPeople("a number that a person types, in the digits of their keyboard")
    Optional<JoinHistory> history(JoinHistory usual, Optional<Duration> left) {
        String question = left.map(ago -> "Go on where you left (" + PeopleWording.ago(ago) + ")?")
                .orElse("Restore history?");
        for (int i = 0; i < TRIES; i++) {
            Optional<String> answer = screen.ask(question + " [Y/n, or a number of messages] ");
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            String word = answer.get().strip().toLowerCase(Locale.ROOT);
            if (word.isEmpty() || word.equals("y") || word.equals("yes")) {
                return Optional.of(usual);
            }
            if (word.equals("n") || word.equals("no")) {
                return Optional.of(JoinHistory.NONE);
            }
            try {
                return Optional.of(JoinHistory.last(Integer.parseInt(word)));
            } catch (NumberFormatException e) {
                screen.print("Answer yes, no, or how many messages (0 to " + JoinHistory.MAX_LAST + ").");
            } catch (IllegalArgumentException e) {
                screen.print(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }
}
