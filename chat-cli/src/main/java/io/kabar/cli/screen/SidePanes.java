package io.kabar.cli.screen;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.RoomModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The lists at the sides: rooms and people, and who is in the room in front. */
final class SidePanes {

    private final Look look;

    SidePanes(Look look) {
        this.look = look;
    }

    /** At most {@code height} rows, around the current room; each of {@code width} cells. */
    List<AttributedString> rooms(List<RoomEntry> entries, int width, int height) {
        List<AttributedString> rows = new ArrayList<>();
        int current = 0;
        boolean people = false;
        for (int i = 0; i < entries.size(); i++) {
            RoomEntry entry = entries.get(i);
            if (entry.direct() && !people) {
                people = true;
                rows.add(row(new AttributedStringBuilder(), width));
                rows.add(row(new AttributedStringBuilder().styled(look.theme().dim(), " people"), width));
            }
            if (entry.current()) {
                current = rows.size();
            }
            rows.add(room(i + 1, entry, width));
        }
        int from = Math.max(0, Math.min(current - height / 2, rows.size() - height));
        return rows.subList(from, Math.min(rows.size(), from + height));
    }

    private AttributedString room(int number, RoomEntry entry, int width) {
        String activity = entry.activity();
        String title = look.cells().drawable(entry.title());
        int place = width - 4 - (activity.isEmpty() ? 0 : activity.length() + 1);
        AttributedStyle style = entry.current()
                ? look.theme().chosen()
                : entry.mentions() > 0
                        ? look.theme().mention()
                        : entry.unread() > 0
                                ? look.theme().bold()
                                : look.theme().plain();
        AttributedStringBuilder row = new AttributedStringBuilder()
                .styled(look.theme().dim(), look.cells().right(String.valueOf(number), 2) + " ")
                .styled(style, look.cells().left(title, place));
        if (!activity.isEmpty()) {
            row.styled(
                    entry.mentions() > 0 ? look.theme().mention() : look.theme().bold(), " " + activity);
        }
        return row(row, width);
    }

    /** Owners, staff, who is here, who is away; what has no place is counted. */
    List<AttributedString> members(RoomModel room, int width, int height) {
        List<AttributedString> rows = new ArrayList<>();
        String group = "";
        int told = 0;
        List<Member> members = room.roster();
        for (Member member : members) {
            String of = group(member);
            if (!of.equals(group)) {
                group = of;
                rows.add(row(new AttributedStringBuilder().styled(look.theme().dim(), of), width));
            }
            if (rows.size() >= height) {
                break;
            }
            rows.add(member(member, width));
            told++;
        }
        if (told < room.inside()) {
            if (rows.size() >= height) {
                rows.remove(rows.size() - 1);
                told = Math.max(0, told - 1);
            }
            String more = String.format(Locale.ROOT, "%,d more", room.inside() - told);
            rows.add(row(new AttributedStringBuilder().styled(look.theme().dim(), more), width));
        }
        return rows;
    }

    private AttributedString member(Member member, int width) {
        String name = look.cells().drawable(member.name().text());
        AttributedStringBuilder row = new AttributedStringBuilder().append(" ");
        String presence = member.presence() == Presence.HERE
                ? ""
                : " " + member.presence().word();
        AttributedStyle style = member.presence() == Presence.HERE
                ? look.theme().name(member.name())
                : look.theme().dim();
        row.styled(style, look.cells().fit(name, width - 1));
        int rest = width - 1 - look.cells().width(name);
        if (!presence.isEmpty() && rest > 2) {
            row.styled(look.theme().dim(), look.cells().fit(presence, rest));
        }
        return row(row, width);
    }

    private static String group(Member member) {
        return member.role() == RoomRole.GUEST ? "here" : member.role().word();
    }

    private AttributedString row(AttributedStringBuilder row, int width) {
        return look.padded(row, width);
    }
}
