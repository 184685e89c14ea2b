package io.kabar.chat.view.commands;

import io.kabar.chat.internal.text.Durations;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a word of a command is, by the name that it has in the command's usage; completion goes by it. */
@SuppressWarnings("ImmutableEnumChecker") // the names are List.of
public enum Argument {
    /** There is none, or nothing that can be completed, as a number. */
    NONE(),
    /** A room. */
    ROOM("ROOM"),
    /** Somebody's name. */
    NAME("NAME", "BEGINNING*"),
    /** Another command. */
    COMMAND("COMMAND"),
    /** Words to say. */
    TEXT("TEXT", "WORDS", "WHY", "N|#NUMBER", "#NUMBER", "NUMBER", "COUNT", "EMOJI"),
    /** How long something lasts. */
    DURATION("DURATION") {
        @Override
        public Stream<String> words() {
            return Stream.of("10m", "1h", "1d", "7d", Durations.FOREVER);
        }
    },
    /** A role in a room. */
    ROLE("ROLE") {
        @Override
        public Stream<String> words() {
            return Arrays.stream(RoomRole.values()).map(RoomRole::word);
        }
    },
    /** Something that is set for a room. */
    MODE("MODE") {
        @Override
        public Stream<String> words() {
            return Arrays.stream(RoomMode.values()).map(RoomMode::word);
        }
    },
    /** What a mode is set to. */
    VALUE("VALUE") {
        @Override
        public Stream<String> words() {
            return Stream.concat(Stream.of("on", "off"), ROLE.words());
        }
    },
    /** A pause in slow mode. */
    PAUSE("PAUSE") {
        @Override
        public Stream<String> words() {
            return Stream.of("10", "30", "60", "off");
        }
    },
    /** Something one may be able to do in a room. */
    DEED("DEED") {
        @Override
        public Stream<String> words() {
            return Arrays.stream(Deed.values()).map(Deed::word);
        }
    },
    /** Something that staff does. */
    ACT("ACT") {
        @Override
        public Stream<String> words() {
            return Arrays.stream(StaffAct.values()).map(StaffAct::word);
        }
    },
    /** That one is sure of what cannot be undone. */
    YES("yes") {
        @Override
        public Stream<String> words() {
            return Stream.of("yes");
        }
    };

    private final List<String> names;

    Argument(String... names) {
        this.names = List.of(names);
    }

    /** What the word is that has this name in a usage: {@code [WHY...]} is text. */
    public static Argument of(String parameter) {
        String name = parameter.replace("[", "").replace("]", "").replace(".", "");
        return Arrays.stream(values())
                .filter(argument -> argument.names.contains(name))
                .findFirst()
                .orElse(NONE);
    }

    /** What such a word may be, if that is the same everywhere; in lower case. */
    public Stream<String> words() {
        return Stream.empty();
    }
}
