package io.kabar.swing.look;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.Component;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.ScrollPaneConstants;

/** What the columns beside the transcript have in common. */
public final class SideColumns {

    private SideColumns() {}

    public static JLabel title(String text) {
        JLabel title = new JLabel(text);
        title.putClientProperty(FlatClientProperties.STYLE, "font: 85% bold; foreground: $Kabar.muted");
        return title;
    }

    /** Scrolls without a frame, on the column's own ground. */
    public static JScrollPane scroll(Component view) {
        JScrollPane scroll = new JScrollPane(
                view, ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED, ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.setOpaque(false);
        scroll.getViewport().setOpaque(false);
        return scroll;
    }
}
