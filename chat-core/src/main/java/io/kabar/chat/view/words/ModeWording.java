package io.kabar.chat.view.words;

import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is set for a room, in words. */
public final class ModeWording {

    private ModeWording() {}

    /** What is set, in one short line: {@code moderated · slow 30 s}; empty if nothing is. */
    public static String brief(RoomModes modes) {
        return modes.values().entrySet().stream()
                .map(mode -> brief(mode.getKey(), mode.getValue()))
                .collect(Collectors.joining(" · "));
    }

    /** One mode and its value: {@code moderated}, {@code topic by moderators}, {@code not read-only}. */
    public static String brief(RoomMode mode, long value) {
        String word = mode.word();
        if (mode == RoomMode.SLOW) {
            return value == 0 ? "not slow" : "slow " + Refusals.words(Duration.ofSeconds(value));
        } else if (mode == RoomMode.USER_LIMIT) {
            return value == 0 ? "any number of users" : String.format(Locale.ROOT, "at most %,d users", value);
        } else if (mode.isRole()) {
            RoomRole role = RoomRole.of(value);
            return (mode == RoomMode.TOPIC_BY ? "topic by " : "history for ")
                    + (role == RoomRole.GUEST ? "everybody" : role.word() + "s");
        }
        return value == 0 ? "not " + word : word;
    }

    /** All modes of a room, one a line, with what each means. */
    public static String all(RoomModes modes) {
        return Arrays.stream(RoomMode.values())
                .map(mode -> pad(mode.word(), 13) + pad(mode.word(modes.value(mode)), 10) + meaning(mode))
                .collect(Collectors.joining("\n"));
    }

    private static String pad(String word, int width) {
        return word + " ".repeat(Math.max(1, width - word.length()));
    }

    /** What it means that a mode is set; short enough for a narrow terminal. */
    public static String meaning(RoomMode mode) {
        return switch (mode) {
            case INVITE_ONLY -> "members and invited enter";
            case MEMBERS_ONLY -> "only members enter";
            case MODERATED -> "only members speak";
            case READ_ONLY -> "only moderators speak";
            case HIDDEN -> "it is in no list";
            case CLOSED -> "nobody enters or speaks";
            case PASSWORD -> "who is no member needs it";
            case USER_LIMIT -> "so many may be inside";
            case SLOW -> "seconds between messages";
            case TOPIC_BY -> "who may set the topic";
            case HISTORY_FOR -> "who reads what was before";
            case QUIET -> "joins and leaves are not told";
        };
    }
}
