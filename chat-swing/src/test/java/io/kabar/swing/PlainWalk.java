package io.kabar.swing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.Frame;
import java.awt.datatransfer.Clipboard;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import javax.accessibility.AccessibleContext;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JEditorPane;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenu;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JToolTip;
import javax.swing.ListCellRenderer;
import javax.swing.TransferHandler;
import javax.swing.UIManager;
import javax.swing.border.TitledBorder;
import javax.swing.plaf.basic.BasicHTML;
import javax.swing.text.JTextComponent;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a component, all that is in it, what it renders with, what it shows who points at it, what it tells who
 * cannot see it, and what it gives to the clipboard: no text may be HTML, and none may steer what shows it.
 */
final class PlainWalk {

    /** Components seen. */
    int components;
    /** Every text met: shown, told or copied. */
    final List<String> texts = new ArrayList<>();

    private PlainWalk() {}

    static PlainWalk of(Component component) {
        PlainWalk walk = new PlainWalk();
        walk.walk(component);
        return walk;
    }

    /** What a program that pastes would be offered; null if nothing is copied. */
    static @Nullable String copied(JComponent component, TransferHandler handler) {
        Clipboard clipboard = new Clipboard("a test's");
        handler.exportToClipboard(component, clipboard, TransferHandler.COPY);
        Transferable content = clipboard.getContents(null);
        if (content == null) {
            return null;
        }
        assertThat(content.getTransferDataFlavors())
                .isNotEmpty()
                .noneMatch(flavor -> flavor.getMimeType().contains("html"))
                .contains(DataFlavor.stringFlavor);
        try {
            return String.valueOf(content.getTransferData(DataFlavor.stringFlavor));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Whether nothing in it acts instead of being read. */
    static void assertReadable(String text) {
        assertThat(text)
                .matches(
                        words -> words.codePoints().noneMatch(PlainWalk::acts),
                        "has nothing that acts on what shows it");
    }

    private static boolean acts(int c) {
        return (Character.isISOControl(c) && c != '\n' && c != '\t')
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private void met(@Nullable String text) {
        if (text != null) {
            assertReadable(text);
            texts.add(text);
        }
    }

    private void walk(Component component) {
        assertThat(component).isNotInstanceOfAny(JEditorPane.class, JTabbedPane.class);
        if (component instanceof Frame frame) {
            met(frame.getTitle());
        } else if (component instanceof Dialog dialog) {
            met(dialog.getTitle());
        }
        if (component instanceof JComponent one) {
            look(one);
        }
        if (component instanceof JLabel label) {
            met(label.getText());
        } else if (component instanceof AbstractButton button) {
            met(button.getText());
        } else if (component instanceof JTextComponent text) {
            met(text.getText());
            text.selectAll();
            met(copied(text, text.getTransferHandler()));
        }
        if (component instanceof JList<?> list) {
            walkRows(list);
        }
        if (component instanceof JTable table) {
            for (int row = 0; row < table.getRowCount(); row++) {
                for (int column = 0; column < table.getColumnCount(); column++) {
                    walk(table.prepareRenderer(table.getCellRenderer(row, column), row, column));
                }
            }
            table.selectAll();
            met(copied(table, table.getTransferHandler()));
        }
        if (component instanceof JMenu menu) {
            walk(menu.getPopupMenu());
        }
        if (component instanceof Container container) {
            for (Component inner : container.getComponents()) {
                walk(inner);
            }
        }
    }

    private void look(JComponent one) {
        components++;
        if (UIManager.get(one.getUIClassID()) != null) { // whatever a look draws
            assertThat(one.getClientProperty("html.disable")).as("%s", one).isEqualTo(true);
        }
        assertThat(one.getClientProperty(BasicHTML.propertyKey)).as("%s", one).isNull();
        if (one.getBorder() instanceof TitledBorder titled) {
            met(titled.getTitle());
            titled.getMinimumSize(one);
        }
        if (!(one instanceof JToolTip)) {
            JToolTip tip = one.createToolTip();
            tip.setTipText(one.getToolTipText(new MouseEvent(one, 0, 0, 0, 5, 5, 0, false)));
            met(tip.getTipText());
            walk(tip);
        }
        AccessibleContext told = one.getAccessibleContext();
        if (told != null) {
            met(told.getAccessibleName());
            met(told.getAccessibleDescription());
        }
    }

    private <E> void walkRows(JList<E> list) {
        ListCellRenderer<? super E> renderer = list.getCellRenderer();
        for (int i = 0; i < list.getModel().getSize(); i++) {
            walk(renderer.getListCellRendererComponent(list, list.getModel().getElementAt(i), i, false, false));
        }
        int[] selected = list.getSelectedIndices();
        list.setSelectionInterval(0, list.getModel().getSize() - 1);
        met(copied(list, list.getTransferHandler()));
        list.setSelectedIndices(selected);
    }
}
