package io.kabar.chat.spi;

import io.kabar.chat.Content;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.StaffAction;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a change as words: {@code target=7 until=2026-01-31T12:00:00Z name=bob}. The name is the last of them
 * and goes to the end, whatever is in it.
 */
final class ChangeFields {

    private static final String NAME = "name=";
    private static final String TAKEN_BACK = "taken-back";

    private ChangeFields() {}

    // Writing

    static String facts(RoomChange change) {
        return change.acceptChange(FACTS_OF);
    }

    static String facts(StaffAction done) {
        return "action=" + done.action() + about(done.whom(), "");
    }

    private static final RoomChange.Visitor<String> FACTS_OF = new RoomChange.Visitor<>() {
        @Override
        public String roleGiven(RoomChange.RoleGiven given) {
            return about(given.whom(), " role=" + given.role().word()).strip();
        }

        @Override
        public String banned(RoomChange.Banned banned) {
            return about(banned.whom(), " until=" + banned.until()).strip();
        }

        @Override
        public String kicked(RoomChange.Kicked kicked) {
            return about(kicked.whom(), "").strip();
        }

        @Override
        public String muted(RoomChange.Muted muted) {
            return about(muted.whom(), " until=" + muted.until()).strip();
        }

        @Override
        public String invited(RoomChange.Invited invited) {
            return about(invited.whom(), invited.takenBack() ? " " + TAKEN_BACK : "")
                    .strip();
        }

        @Override
        public String modesSet(RoomChange.ModesSet set) {
            StringBuilder facts = new StringBuilder();
            set.changes()
                    .forEach((mode, value) -> facts.append(facts.isEmpty() ? "" : " ")
                            .append(mode.word())
                            .append('=')
                            .append(value));
            return facts.toString();
        }
    };

    private static String about(Whom whom, String facts) {
        return (whom.account() == 0 ? "" : " target=" + whom.account())
                + facts
                + (whom.name().isEmpty() ? "" : " " + NAME + whom.name());
    }

    // Reading

    /** The change of this type; null if there is none. */
    static @Nullable Content parse(String type, String facts, String text) {
        return switch (type) {
            case "role" -> new RoomChange.RoleGiven(whom(facts), role(fact(facts, "role")), text);
            case "banned" ->
                new RoomChange.Banned(whom(facts), EventFields.parseTime("until", fact(facts, "until")), text);
            case "kicked" -> new RoomChange.Kicked(whom(facts), text);
            case "muted" ->
                new RoomChange.Muted(whom(facts), EventFields.parseTime("until", fact(facts, "until")), text);
            case "invited" -> new RoomChange.Invited(whom(facts), isTakenBack(facts), text);
            case "modes" -> new RoomChange.ModesSet(modes(facts), text);
            case "staff" -> new StaffAction(fact(facts, "action"), whom(facts), text);
            default -> null;
        };
    }

    private static Whom whom(String facts) {
        int name = nameAt(facts);
        String target = find(facts, "target");
        return new Whom(
                target == null ? 0 : EventFields.parseNumber("target", target),
                name < 0 ? "" : facts.substring(name + NAME.length()));
    }

    private static int nameAt(String facts) {
        if (facts.startsWith(NAME)) {
            return 0;
        }
        int at = facts.indexOf(" " + NAME);
        return at < 0 ? -1 : at + 1;
    }

    private static RoomRole role(String word) {
        return RoomRole.of(word).orElseThrow(() -> new IllegalArgumentException("its role is of a newer version"));
    }

    private static Map<RoomMode, Long> modes(String facts) {
        Map<RoomMode, Long> modes = new EnumMap<>(RoomMode.class);
        for (String fact : Parts.words(facts)) {
            int at = Math.max(0, fact.indexOf('='));
            RoomMode mode = RoomMode.of(fact.substring(0, at))
                    .orElseThrow(() -> new IllegalArgumentException("its modes are of a newer version"));
            modes.put(mode, EventFields.parseNumber(mode.word(), fact.substring(at + 1)));
        }
        return modes;
    }

    private static String fact(String facts, String name) {
        String value = find(facts, name);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return value;
    }

    private static boolean isTakenBack(String facts) {
        return Parts.words(beforeName(facts)).contains(TAKEN_BACK);
    }

    private static String beforeName(String facts) {
        int end = nameAt(facts);
        return end < 0 ? facts : facts.substring(0, end);
    }

    private static @Nullable String find(String facts, String name) {
        for (String fact : Parts.words(beforeName(facts))) {
            if (fact.startsWith(name + "=")) {
                return fact.substring(name.length() + 1);
            }
        }
        return null;
    }
}
