package io.kabar.cli.screen;

import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionInfo;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Draws the screen of a chat at any size. Confined to the model's executor. */
public final class ScreenPainter {

    private final Look look;

    public ScreenPainter(Look look) {
        this.look = look;
    }

    /** Whether a screen so wide shows the list of rooms if nobody says otherwise. */
    public static boolean hasRooms(int columns) {
        return Arrangement.hasRooms(columns);
    }

    /** Whether a screen so wide shows who is in a room if nobody says otherwise. */
    public static boolean hasRoster(int columns) {
        return Arrangement.hasRoster(columns);
    }

    /**
     * The picture; exactly {@code rows} rows, none wider than {@code columns}.
     *
     * @param shown what of it is to be seen
     */
    public Picture paint(ChatModel model, ConnectionInfo info, Shown shown, int columns, int rows, Instant now) {
        InputPane input = InputPane.draw(look, shown.writing(), columns, Math.max(1, rows / 3));
        Optional<RoomModel> room = model.current();
        OptionalLong firstNew = room.map(RoomModel::firstUnread).orElse(OptionalLong.empty());
        List<AttributedString> picture = new ArrayList<>();
        if (shown.bare()) {
            int height = Math.max(1, rows - input.rows().size());
            picture.addAll(new TranscriptPane(look, model.transcript(), firstNew, shown.chosen(), columns, height, now)
                    .draw(shown.scroll()));
        } else {
            Arrangement arrangement =
                    Arrangement.of(columns, rows, new Arrangement.Wishes(shown.rooms(), shown.roster()));
            List<RoomEntry> entries = RoomEntry.of(model);
            boolean wide = rows >= 4;
            int chrome = (arrangement.ruled() ? 2 : 0) + (wide ? 2 : 0);
            int height = Math.max(1, rows - chrome - input.rows().size());
            if (wide) {
                picture.add(head(room, arrangement));
            }
            if (arrangement.ruled()) {
                picture.add(ruler(arrangement));
            }
            List<AttributedString> middle = new TranscriptPane(
                            look, model.transcript(), firstNew, shown.chosen(), arrangement.middle(), height, now)
                    .draw(shown.scroll());
            picture.addAll(beside(arrangement, entries, room, middle, height));
            if (arrangement.ruled()) {
                picture.add(ruler(arrangement));
            }
            if (wide) {
                List<UserName> typing = room.map(in -> in.typing(now)).orElse(List.of());
                picture.add(new StatusBar(look)
                        .draw(
                                model.status(),
                                info,
                                typing,
                                entries,
                                shown.scroll().below(),
                                shown.hint(),
                                columns));
            }
        }
        int above = picture.size();
        picture.addAll(input.rows());
        List<AttributedString> fitting =
                picture.size() <= rows ? picture : picture.subList(picture.size() - rows, picture.size());
        int cut = picture.size() - fitting.size();
        return new Picture(fitting, above + input.cursorRow() - cut, input.cursorColumn());
    }

    private AttributedString head(Optional<RoomModel> room, Arrangement arrangement) {
        AttributedStringBuilder row = new AttributedStringBuilder();
        if (arrangement.hasRooms()) {
            row.styled(look.theme().dim(), look.cells().left(" rooms", arrangement.rooms()));
            side(row);
        }
        String dot = " " + look.glyphs().dot() + " ";
        String title =
                room.map(in -> (in.name().isDirect() ? "@" : "") + in.title()).orElse("no room");
        String topic = room.map(in -> (in.topic().isEmpty() ? "" : dot + in.topic())
                        + (in.retention().isEmpty() ? "" : dot + in.retention()))
                .orElse(dot + "/join one");
        String fitting = look.cells().fit(look.cells().drawable(title), arrangement.middle());
        int rest = arrangement.middle() - look.cells().width(fitting);
        row.styled(look.theme().bold(), fitting)
                .append(look.cells().left(look.cells().drawable(topic), rest));
        if (arrangement.hasRoster()) {
            side(row);
            row.styled(
                    look.theme().dim(),
                    look.cells().fit(room.map(in -> "members " + in.inside()).orElse(""), arrangement.roster()));
        }
        return row.toAttributedString();
    }

    private void side(AttributedStringBuilder row) {
        row.styled(look.theme().dim(), look.glyphs().vertical()).append(" ");
    }

    private AttributedString ruler(Arrangement arrangement) {
        String cross = look.glyphs().cross();
        String line = look.glyphs().horizontal();
        StringBuilder row = new StringBuilder(line.repeat(arrangement.columns()));
        if (arrangement.hasRooms()) {
            row.replace(arrangement.rooms(), arrangement.rooms() + 1, cross);
        }
        if (arrangement.hasRoster()) {
            int at = arrangement.columns() - arrangement.roster() - 2;
            row.replace(at, at + 1, cross);
        }
        return new AttributedString(row, look.theme().dim());
    }

    private List<AttributedString> beside(
            Arrangement arrangement,
            List<RoomEntry> entries,
            Optional<RoomModel> room,
            List<AttributedString> middle,
            int height) {
        if (!arrangement.hasRooms() && !arrangement.hasRoster()) {
            return middle;
        }
        SidePanes panes = new SidePanes(look);
        List<AttributedString> left =
                arrangement.hasRooms() ? panes.rooms(entries, arrangement.rooms(), height) : List.of();
        List<AttributedString> right = arrangement.hasRoster() && room.isPresent()
                ? panes.members(room.get(), arrangement.roster(), height)
                : List.of();
        List<AttributedString> rows = new ArrayList<>();
        for (int i = 0; i < middle.size(); i++) {
            AttributedStringBuilder row = new AttributedStringBuilder();
            if (arrangement.hasRooms()) {
                row.append(i < left.size() ? left.get(i) : blank(arrangement.rooms()));
                side(row);
            }
            row.append(middle.get(i));
            if (arrangement.hasRoster()) {
                int used = look.cells().width(middle.get(i).toString());
                row.style(AttributedStyle.DEFAULT).append(" ".repeat(Math.max(0, arrangement.middle() - used)));
                side(row);
                row.append(i < right.size() ? right.get(i) : AttributedString.EMPTY);
            }
            rows.add(row.toAttributedString());
        }
        return rows;
    }

    private static AttributedString blank(int width) {
        return new AttributedString(" ".repeat(width));
    }
}
