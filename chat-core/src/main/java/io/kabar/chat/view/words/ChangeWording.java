package io.kabar.chat.view.words;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.StaffAction;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Changes of who may do what, in words. */
public final class ChangeWording {

    private ChangeWording() {}

    /** What happened in an event of which only its kind has words. */
    public static String of(ChatEvent event) {
        String by = event.from().text();
        return event.content().accept(new Content.Visitor<String>() {
            @Override
            public String change(RoomChange change) {
                String reason = change.reason().isEmpty() ? "" : " (" + VisibleText.onOneLine(change.reason()) + ")";
                return by + " " + change.acceptChange(DONE) + reason;
            }

            @Override
            public String described(Content.Described described) {
                return described.text().isEmpty()
                        ? by + " cleared the description"
                        : by + " described the room: " + VisibleText.onOneLine(described.text());
            }

            @Override
            public String data(ProgramContent.Data data) {
                return by + " sent " + PayloadWording.of(data.payload());
            }

            @Override
            public String valueSet(ProgramContent.ValueSet set) {
                String key = VisibleText.onOneLine(set.key());
                return set.isRemoved()
                        ? by + " took the value of " + key + " away"
                        : by + " set " + key + " to " + PayloadWording.of(set.payload());
            }

            @Override
            public String edited(Amendment.Edited edited) {
                return AmendmentWording.of(event);
            }

            @Override
            public String deleted(Amendment.Deleted deleted) {
                return AmendmentWording.of(event);
            }

            @Override
            public String reacted(Amendment.Reacted reacted) {
                return AmendmentWording.of(event);
            }

            @Override
            public String staffAction(StaffAction done) {
                return by + " " + VisibleText.onOneLine(done.text());
            }

            @Override
            public String other(Content content) {
                return by + " did something that is too new for this client.";
            }
        });
    }

    private static final RoomChange.Visitor<String> DONE = new RoomChange.Visitor<>() {
        @Override
        public String roleGiven(RoomChange.RoleGiven given) {
            return given.role() == RoomRole.GUEST
                    ? "took the role of " + whom(given.whom())
                    : "made " + whom(given.whom()) + " " + given.role().word();
        }

        @Override
        public String banned(RoomChange.Banned banned) {
            return banned.isLifted()
                    ? "let " + whom(banned.whom()) + " in again"
                    : "banned " + whom(banned.whom()) + until(banned.until());
        }

        @Override
        public String kicked(RoomChange.Kicked kicked) {
            return "put " + whom(kicked.whom()) + " out";
        }

        @Override
        public String muted(RoomChange.Muted muted) {
            return muted.isLifted()
                    ? "let " + whom(muted.whom()) + " speak again"
                    : "muted " + whom(muted.whom()) + until(muted.until());
        }

        @Override
        public String invited(RoomChange.Invited invited) {
            return invited.takenBack()
                    ? "took the invitation of " + whom(invited.whom()) + " back"
                    : "invited " + whom(invited.whom());
        }

        @Override
        public String modesSet(RoomChange.ModesSet set) {
            List<String> words = new ArrayList<>();
            for (Map.Entry<RoomMode, Long> mode : set.changes().entrySet()) {
                words.add(mode.getKey().word().replace('-', ' ') + " "
                        + mode.getKey().word(mode.getValue()));
            }
            return words.isEmpty() ? "changed nothing" : "set " + String.join(", ", words);
        }
    };

    private static String whom(RoomChange.Whom whom) {
        return whom.name().isEmpty()
                ? String.format(Locale.ROOT, "account %d", whom.account())
                : VisibleText.onOneLine(whom.name());
    }

    private static String until(Instant until) {
        return until.equals(RoomChange.FOREVER) ? "" : " until " + until.truncatedTo(ChronoUnit.SECONDS);
    }
}
