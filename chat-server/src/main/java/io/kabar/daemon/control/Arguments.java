package io.kabar.daemon.control;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Durations;
import io.kabar.daemon.control.Parameter.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The words that a command was given, each of them checked. */
final class Arguments {

    private final Map<Kind, String> words;

    Arguments(Map<Kind, String> words) {
        this.words = Map.copyOf(words);
    }

    /** The word of a kind that the command cannot do without. */
    String text(Kind kind) {
        String word = words.get(kind);
        if (word == null) {
            throw new IllegalStateException("the usage does not demand " + kind);
        }
        return word;
    }

    /** The word of a kind; empty if it was left out. */
    Optional<String> given(Kind kind) {
        return Optional.ofNullable(words.get(kind));
    }

    RoomName room() {
        return RoomName.of(text(Kind.ROOM));
    }

    UserName user() {
        return UserName.of(text(Kind.NAME));
    }

    /** Why, in the words of who acts; empty if they gave none. */
    String reason() {
        return given(Kind.REASON).orElse("");
    }

    /** How long; empty for good, and if nothing was said. */
    Optional<Duration> duration() {
        return given(Kind.DURATION).flatMap(Durations::parse);
    }

    long number(long standard) {
        return given(Kind.NUMBER).map(Digits::parseLong).orElse(standard);
    }
}
