package io.kabar.swing.chat;

import com.formdev.flatlaf.ui.FlatUIUtils;
import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.words.Excerpt;
import io.kabar.swing.look.Emoji;
import io.kabar.swing.look.Theme;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.font.TextAttribute;
import java.text.AttributedString;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;
import org.jspecify.annotations.Nullable;

/** Draws a message that was found: who, when, and the words around what was looked for, which is marked. */
final class HitView extends JPanel implements ListCellRenderer<Excerpt> {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    /** Characters before the first word that was looked for. */
    private static final int LEAD = 24;

    private final ZoneId zone;
    private List<String> words = List.of();
    private @Nullable Excerpt hit;
    private boolean selected;

    HitView(ZoneId zone) {
        this.zone = zone;
        setOpaque(false);
    }

    /** The words that were looked for. */
    void mark(String typed) {
        words = Parts.words(typed.toLowerCase(Locale.ROOT));
    }

    @Override
    public Component getListCellRendererComponent(
            JList<? extends Excerpt> list, Excerpt value, int index, boolean isSelected, boolean focus) {
        hit = value;
        selected = isSelected;
        setFont(list.getFont());
        setForeground(list.getForeground());
        getAccessibleContext().setAccessibleName(value.from() + ", " + when(value) + ": " + value.text());
        return this;
    }

    private String when(Excerpt of) {
        return WHEN.format(of.time().atZone(zone));
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(10, getFontMetrics(getFont()).getHeight() * 2 + UIScale.scale(10));
    }

    @Override
    protected void paintComponent(Graphics g) {
        Excerpt shown = Objects.requireNonNull(hit, "it is set before it is drawn");
        if (selected) {
            g.setColor(Theme.color("selection"));
            g.fillRect(0, 0, getWidth(), getHeight());
        }
        FontMetrics metrics = getFontMetrics(getFont());
        int x = UIScale.scale(8);
        int baseline = UIScale.scale(4) + metrics.getAscent();
        FontMetrics bold = getFontMetrics(getFont().deriveFont(Font.BOLD));
        g.setFont(bold.getFont());
        g.setColor(Theme.nameColor(key(shown.from())));
        FlatUIUtils.drawString(this, g, shown.from(), x, baseline);
        g.setFont(getFont());
        g.setColor(Theme.color("muted"));
        FlatUIUtils.drawString(this, g, when(shown), x + bold.stringWidth(shown.from()) + UIScale.scale(10), baseline);
        excerpt(g, excerpt(shown.text()), x, baseline + metrics.getHeight());
    }

    private static String key(String name) {
        try {
            return UserName.of(name).key();
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private void excerpt(Graphics g, String text, int x, int baseline) {
        AttributedString styled = new AttributedString(text);
        styled.addAttribute(TextAttribute.FONT, getFont());
        Emoji.style(styled, text, getFont());
        String lower = text.toLowerCase(Locale.ROOT);
        for (String word : words) {
            for (int at = word.isEmpty() ? -1 : lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
                // Lower case may be longer than what it is of: then the mark is a little off, and no more.
                int to = Math.min(at + word.length(), text.length());
                if (at < to) {
                    styled.addAttribute(TextAttribute.BACKGROUND, Theme.color("marked"), at, to);
                }
            }
        }
        g.setColor(getForeground());
        Object[] hints = FlatUIUtils.setRenderingHints(g);
        ((Graphics2D) g).drawString(styled.getIterator(), x, baseline);
        FlatUIUtils.resetRenderingHints(g, hints);
    }

    /** From a little before the first word on. */
    private String excerpt(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int first = words.stream()
                .filter(word -> !word.isEmpty())
                .mapToInt(lower::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(0);
        int from = Math.min(first, text.length()) - LEAD;
        if (from <= 0) {
            return text.substring(0, Math.min(text.length(), 400));
        }
        from -= Character.isLowSurrogate(text.charAt(from)) ? 1 : 0;
        return "\u2026" + text.substring(from, Math.min(text.length(), from + 400));
    }
}
