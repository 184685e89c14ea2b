package io.kabar.cli.screen;

import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionInfo;
import io.kabar.chat.view.Status;
import io.kabar.chat.view.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * One row that always answers: am I connected, is it safe, who is writing. Where there is little place it says so in
 * fewer words, and leaves out what answers none of these.
 */
final class StatusBar {

    /** Something to tell in fewer and fewer words; {@code keeps} is how long it keeps its words beside others. */
    private record Segment(int keeps, AttributedStyle style, List<String> forms) {

        Segment shorter() {
            return new Segment(keeps, style, forms.subList(1, forms.size()));
        }

        String words() {
            return forms.get(0);
        }
    }

    private final Look look;

    StatusBar(Look look) {
        this.look = look;
    }

    /**
     * The row.
     *
     * @param below lines below what is in sight
     */
    AttributedString draw(
            Status status,
            ConnectionInfo info,
            List<UserName> typing,
            List<RoomEntry> rooms,
            int below,
            String chosen,
            int width) {
        List<Segment> segments = new ArrayList<>();
        segments.add(state(status));
        boolean live = status.kind() == Status.Kind.LIVE || status.kind() == Status.Kind.CATCHING_UP;
        if (live) {
            segments.add(quality(info));
        }
        String key = info.key().fingerprint();
        segments.add(new Segment(6, look.theme().plain(), List.of("encrypted, key " + key, "key " + key, key)));
        if (live && !typing.isEmpty()) {
            String who = typing.get(0) + (typing.size() > 1 ? " +" + (typing.size() - 1) : "");
            segments.add(new Segment(
                    7,
                    look.theme().bold(),
                    List.of(
                            Wording.typing(typing) + " ...",
                            who + " ...",
                            look.cells().fit(who, 8) + "...")));
        }
        String activity = activity(rooms);
        if (!activity.isEmpty()) {
            segments.add(new Segment(4, look.theme().mention(), List.of(activity, "")));
        }
        if (!chosen.isEmpty()) {
            segments.add(new Segment(5, look.theme().bold(), List.of(chosen, "")));
        }
        if (below > 0) {
            String arrow = look.glyphs().down() + " " + below;
            segments.add(new Segment(5, look.theme().plain(), List.of(arrow + " more", arrow)));
        }
        return row(segments, width);
    }

    private Segment state(Status status) {
        AttributedStyle style = switch (status.kind()) {
            case LIVE -> look.theme().good();
            case CONNECTING, CATCHING_UP, SEARCHING -> look.theme().waiting();
            case SIGNED_OUT -> look.theme().failure();
        };
        String mark = look.cells().drawable(status.kind().mark()) + " ";
        String words = status.words();
        String few = status.kind() == Status.Kind.SEARCHING
                ? "searching" + (status.queued() > 0 ? " (" + status.queued() + " queued)" : "")
                : words;
        return new Segment(8, style, List.of(mark + words, mark + few));
    }

    private Segment quality(ConnectionInfo info) {
        String trip = String.format(Locale.ROOT, "%.1f ms", info.roundTrip().toNanos() / 1e6);
        String loss = String.format(Locale.ROOT, "%.0f %% loss", info.lossPercent());
        return new Segment(
                1, look.theme().plain(), List.of(trip + " " + look.glyphs().dot() + " " + loss, trip, ""));
    }

    /** {@code 2:3 4:1!}: by the number of the room, {@code !} where this user is named. */
    private static String activity(List<RoomEntry> rooms) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < rooms.size(); i++) {
            if (rooms.get(i).unread() > 0) {
                all.add((i + 1) + ":" + rooms.get(i).activity());
            }
        }
        return String.join(" ", all);
    }

    private AttributedString row(List<Segment> all, int width) {
        List<Segment> segments = new ArrayList<>(all);
        while (width(segments) > width) {
            int weakest = -1;
            for (int i = 0; i < segments.size(); i++) {
                boolean canGive = segments.get(i).forms.size() > 1;
                if (canGive && (weakest < 0 || segments.get(i).keeps < segments.get(weakest).keeps)) {
                    weakest = i;
                }
            }
            if (weakest < 0) {
                break;
            }
            segments.set(weakest, segments.get(weakest).shorter());
        }
        List<Segment> shown = shown(segments);
        AttributedStringBuilder row = new AttributedStringBuilder().append(" ");
        for (int i = 0; i < shown.size(); i++) {
            if (i > 0) {
                row.styled(look.theme().dim(), " " + look.glyphs().vertical() + " ");
            }
            row.styled(shown.get(i).style, shown.get(i).words());
        }
        return look.cells().width(row.toString()) <= width
                ? row.toAttributedString()
                : new AttributedString(look.cells().fit(row.toString(), width));
    }

    private int width(List<Segment> segments) {
        return 1
                + look.cells()
                        .width(shown(segments).stream().map(Segment::words).collect(Collectors.joining("   ")));
    }

    private static List<Segment> shown(List<Segment> segments) {
        return segments.stream().filter(segment -> !segment.words().isEmpty()).toList();
    }
}
