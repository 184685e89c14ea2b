package io.kabar.cli.chat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.words.PeopleWording;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.cli.terminal.Screen;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a chat asks before it begins; each answer is empty where there is nobody to ask, or no wish to answer. */
final class ChatQuestions {

    static final int TRIES = 3;

    /** Servers that are offered. */
    private static final int MOST_SERVERS = 9;

    private final Screen screen;

    ChatQuestions(Screen screen) {
        this.screen = screen;
    }

    /**
     * Which server: one of those that are known, by its number, or another.
     *
     * @param known what may be typed for them, the likeliest first
     */
    @ForPeople("a number that a person types, in the digits of their keyboard")
    Optional<Start> server(List<String> known, Function<List<String>, Start> parser) {
        if (!screen.asks()) {
            return Optional.empty();
        }
        List<String> listed = known.subList(0, Math.min(MOST_SERVERS, known.size()));
        for (int i = 0; i < listed.size(); i++) {
            screen.print((i + 1) + "  " + VisibleText.onOneLine(listed.get(i)));
        }
        String question =
                "Server (" + (listed.isEmpty() ? "" : "a number, ") + "a link, or its host and perhaps port): ";
        for (int i = 0; i < TRIES; i++) {
            Optional<String> answer = screen.ask(question);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            List<String> words = Parts.words(answer.get());
            try {
                if (words.isEmpty()) {
                    continue;
                }
                boolean isNumber = words.size() == 1 && Parts.isDigits(words.get(0), 1, 2);
                int number = isNumber ? Integer.parseInt(words.get(0)) : 0;
                return Optional.of(
                        parser.apply(number > 0 && number <= listed.size() ? List.of(listed.get(number - 1)) : words));
            } catch (IllegalArgumentException e) {
                screen.print(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** Somebody's name; said why not if it is none. */
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

    /** A password of a server or an account that asks for one; an empty answer is none. */
    Optional<String> password(String address, UserName name) {
        return screen.askSecretly("Password of " + address + ", or of your account " + name + " there: ")
                .filter(answer -> !answer.isEmpty());
    }

    /** Tells why there is something to ask again. */
    void tell(String sentence) {
        screen.print(sentence);
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
