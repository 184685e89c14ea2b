package io.kabar.daemon.control;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Durations;
import io.kabar.chat.rules.Network;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A word that a command takes, as its usage has it: {@code ROOM}, {@code [DURATION]}, {@code [REASON...]}.
 *
 * @param kind what the word is
 * @param optional whether it can be left out
 * @param rest whether it is all that follows, blanks and all
 */
public record Parameter(Kind kind, boolean optional, boolean rest) {

    /** What a word can be; the names are those of the usages. */
    public enum Kind {
        ROOM(word -> {
            if (RoomName.of(word).isDirect()) {
                throw new IllegalArgumentException("A conversation of two is theirs alone.");
            }
        }),
        NAME(UserName::of),
        DURATION(Durations::parse),
        NUMBER(Digits::parseLong),
        ROLE(ModeWord::role),
        MODE(ModeWord::mode),
        VALUE(word -> {}),
        NEW_NAME(UserName::of),
        SERVER_ROLE(word -> {}),
        /** Is asked for where nobody sees what is typed, if it was not given. */
        PASSWORD(word -> {}),
        NETWORK(Network::parse),
        SWITCH(word -> {}),
        TOPIC(word -> {}),
        TEXT(word -> {}),
        REASON(word -> {}),
        COMMAND(word -> {});

        @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
        private final Consumer<String> check;

        Kind(Consumer<String> check) {
            this.check = check;
        }

        /**
         * Looks whether a word can be such.
         *
         * @throws IllegalArgumentException with a sentence, if it cannot
         */
        void check(String word) {
            check.accept(word);
        }

        /** What to call it beside a field in a window. */
        public String label() {
            String lower = name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
        }
    }

    /** A word of a usage, understood. */
    static Parameter of(String word) {
        boolean optional = word.startsWith("[") && word.endsWith("]");
        String inner = optional ? word.substring(1, word.length() - 1) : word;
        boolean rest = inner.endsWith("...");
        String name = rest ? inner.substring(0, inner.length() - 3) : inner;
        return new Parameter(Kind.valueOf(name), optional, rest);
    }

    /** Whether a word that may stand in this place does; a reason may begin where a duration was left out. */
    boolean takes(String word) {
        return !optional || kind != Kind.DURATION || Durations.isMeant(word);
    }
}
