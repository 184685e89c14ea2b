package io.kabar.swing.transcript;

import com.formdev.flatlaf.ui.FlatUIUtils;
import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.view.SendState;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Notice;
import io.kabar.chat.view.TranscriptLine.Said;
import io.kabar.swing.look.Theme;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.IdentityHashMap;
import java.util.Locale;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;
import org.jspecify.annotations.Nullable;

/** Draws one row of a transcript; what was measured is kept, so that only what is new or visible costs anything. */
final class RowView extends JPanel implements ListCellRenderer<Row> {

    /** More than two full transcripts; what is beyond belongs to rows that are gone. */
    private static final int MAX_LAYOUTS = 12_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH);

    private final ZoneId zone;
    private final IdentityHashMap<TranscriptLine, RowLayout> layouts = new IdentityHashMap<>();
    private RowLayout.@Nullable Fonts fonts;
    private @Nullable RowLayout layout;
    private boolean selected;

    RowView(ZoneId zone) {
        super(null);
        this.zone = zone;
        setOpaque(false);
    }

    @Override
    public RowView getListCellRendererComponent(
            JList<? extends Row> list, Row row, int index, boolean isSelected, boolean hasFocus) {
        setFont(list.getFont());
        setForeground(list.getForeground());
        selected = isSelected;
        layout = layout(row, list);
        getAccessibleContext().setAccessibleName(spoken(row));
        return this;
    }

    /** What a screen reader says. */
    String spoken(Row row) {
        TranscriptLine line = row.line();
        String time = time(line) + " ";
        if (line instanceof Said said) {
            String who = said.from() + (said.action() ? " " : ": ");
            return time + who + said.text() + (said.own() ? ", " + said.state().words() : "");
        }
        return time + line.text();
    }

    /** What is put on the clipboard. */
    String copied(Row row) {
        TranscriptLine line = row.line();
        String who = line instanceof Said said ? said.action() ? "* " + said.from() + " " : said.from() + ": " : "";
        return "[" + time(line) + "] " + who + line.text();
    }

    /** The exact time, for who points at a row. */
    String tip(Row row) {
        return EXACT.format(row.line().time().atZone(zone));
    }

    @Override
    public Dimension getPreferredSize() {
        return layout == null ? new Dimension() : new Dimension(1, layout.height());
    }

    @Override
    protected void paintComponent(Graphics g) {
        RowLayout shown = layout;
        if (shown == null) {
            return;
        }
        int top = paintSeparators(g, shown);
        paintBackground(g, shown, top);
        TranscriptLine line = shown.row().line();
        if (line instanceof Said said) {
            paintSaid(g, shown, said);
        } else {
            paintTold(g, shown, line);
        }
    }

    private int paintSeparators(Graphics g, RowLayout shown) {
        int y = 0;
        if (shown.row().newDay()) {
            int height = shown.fonts().dayHeight();
            String day = DAY.format(shown.row().line().time().atZone(zone));
            paintSeparator(g, shown, day, y, height, Theme.color("line"), Theme.color("muted"));
            y += height;
        }
        if (shown.row().fresh()) {
            int height = shown.fonts().freshHeight();
            paintSeparator(g, shown, "new", y, height, Theme.color("accent"), Theme.color("accent"));
            y += height;
        }
        return y;
    }

    private void paintSeparator(Graphics g, RowLayout shown, String words, int y, int height, Color line, Color text) {
        FontMetrics small = shown.fonts().small();
        int textWidth = small.stringWidth(words);
        int textX = (getWidth() - textWidth) / 2;
        int gap = UIScale.scale(12);
        int middle = y + height / 2;
        g.setColor(line);
        g.fillRect(RowLayout.margin(), middle, textX - gap - RowLayout.margin(), 1);
        int right = textX + textWidth + gap;
        g.fillRect(right, middle, getWidth() - RowLayout.margin() - right, 1);
        g.setFont(small.getFont());
        g.setColor(text);
        FlatUIUtils.drawString(this, g, words, textX, middle + (small.getAscent() - small.getDescent()) / 2);
    }

    private void paintBackground(Graphics g, RowLayout shown, int top) {
        boolean mention = shown.row().line() instanceof Said said && said.mention();
        if (selected) {
            g.setColor(Theme.color("selection"));
            g.fillRect(0, top, getWidth(), getHeight() - top);
        } else if (mention) {
            g.setColor(Theme.color("mention"));
            g.fillRect(0, top, getWidth(), getHeight() - top);
        }
        if (mention) {
            g.setColor(Theme.color("mentionBar"));
            g.fillRect(0, top, UIScale.scale(4), getHeight() - top);
        }
    }

    private void paintSaid(Graphics g, RowLayout shown, Said said) {
        RowLayout.Fonts used = shown.fonts();
        int x = RowLayout.margin();
        if (said.action()) {
            shown.body().paint(this, g, Theme.nameColor(said.from().key()), x, shown.bodyTop());
        } else {
            if (shown.row().head()) {
                paintHead(g, shown, said, x);
            }
            boolean onItsWay = said.state().phase() == SendState.Phase.SENDING;
            Color ink = onItsWay ? Theme.color("muted") : getForeground();
            shown.body().paint(this, g, ink, x, shown.bodyTop());
        }
        if (shown.failure() != null) {
            shown.failure()
                    .paint(
                            this,
                            g,
                            Theme.color("bad"),
                            x,
                            shown.bodyTop() + shown.body().height());
        } else if (said.own()) {
            String words = said.state().words();
            int lastLine = shown.bodyTop() + shown.body().height() - used.text().getHeight();
            g.setFont(used.small().getFont());
            g.setColor(Theme.color(said.state().phase() == SendState.Phase.SENDING ? "wait" : "muted"));
            FlatUIUtils.drawString(
                    this,
                    g,
                    words,
                    getWidth() - RowLayout.margin() - used.small().stringWidth(words),
                    lastLine + used.text().getAscent());
        }
    }

    private void paintHead(Graphics g, RowLayout shown, Said said, int x) {
        RowLayout.Fonts used = shown.fonts();
        int baseline = shown.bodyTop()
                - UIScale.scale(1)
                - used.name().getHeight()
                + used.name().getAscent();
        String name = said.from().text();
        g.setFont(used.name().getFont());
        g.setColor(Theme.nameColor(said.from().key()));
        FlatUIUtils.drawString(this, g, name, x, baseline);
        g.setFont(used.small().getFont());
        g.setColor(Theme.color("muted"));
        int timeX = x + used.name().stringWidth(name) + UIScale.scale(10);
        FlatUIUtils.drawString(this, g, time(said), timeX, baseline);
    }

    private void paintTold(Graphics g, RowLayout shown, TranscriptLine line) {
        Color ink = Theme.color("muted");
        Color bar = Theme.color("line");
        if (line instanceof Notice notice) {
            switch (notice.kind()) {
                case FAILURE -> ink = bar = Theme.color("bad");
                case GAP -> ink = bar = Theme.color("wait");
                case SINCE_LEFT -> ink = bar = Theme.color("accent");
                case ANSWER -> {
                    ink = getForeground();
                    bar = Theme.color("accent");
                }
                case INFO, TOPIC -> {}
            }
        }
        int x = RowLayout.margin();
        g.setColor(bar);
        g.fillRect(x, shown.bodyTop(), UIScale.scale(2), shown.body().height());
        shown.body().paint(this, g, ink, x + UIScale.scale(14), shown.bodyTop());
    }

    private RowLayout layout(Row row, JList<?> list) {
        int width = Math.max(list.getWidth(), UIScale.scale(120));
        RowLayout.Fonts used = fonts;
        if (used == null || !used.base().equals(list.getFont())) {
            used = RowLayout.Fonts.of(this);
            fonts = used;
            layouts.clear();
        }
        RowLayout known = layouts.get(row.line());
        if (known != null && known.width() == width && known.row().equals(row)) {
            return known;
        }
        if (layouts.size() >= MAX_LAYOUTS) {
            layouts.clear();
        }
        RowLayout measured = RowLayout.of(row, width, used);
        layouts.put(row.line(), measured);
        return measured;
    }

    private String time(TranscriptLine line) {
        return TIME.format(line.time().atZone(zone));
    }
}
