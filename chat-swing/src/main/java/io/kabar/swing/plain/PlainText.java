package io.kabar.swing.plain;

import java.util.List;
import java.util.Objects;
import javax.swing.JComponent;
import javax.swing.JList;
import javax.swing.JTable;
import javax.swing.JTree;
import javax.swing.UIDefaults;
import javax.swing.UIManager;
import javax.swing.plaf.ComponentUI;

/**
 * Takes from every component of this program the right to read its text as HTML, before it has any: labels, buttons,
 * menus, tooltips, renderers, titles of borders, questions. Otherwise whoever sets a topic that begins with
 * {@code <html>} has each window fetch what it names.
 *
 * <p>A component asks its look for a delegate when it is made, and again whenever the look changes. Here it is given
 * the look's own, with the ban that Swing provides for. What takes no heed of the ban, {@code JEditorPane} and
 * {@code JTabbedPane}, must not be shown text of others; the build forbids them. What is copied is plain text, too
 * ({@link PlainCopy}).
 */
public final class PlainText {

    private static final String LOOKS = "Kabar.looks";

    private PlainText() {}

    /** From now on holds for all components that a look with these defaults draws. */
    public static UIDefaults only(UIDefaults defaults) {
        UIDefaults looks = new UIDefaults();
        looks.put("ClassLoader", defaults.get("ClassLoader"));
        for (Object key : List.copyOf(defaults.keySet())) {
            if (key instanceof String id && id.endsWith("UI") && defaults.get(id) instanceof String delegate) {
                looks.put(id, delegate);
                defaults.put(id, PlainText.class.getName());
            }
        }
        defaults.put(LOOKS, looks);
        return defaults;
    }

    /** For Swing: the delegate of a component. */
    public static ComponentUI createUI(JComponent component) {
        component.putClientProperty("html.disable", true);
        if (component instanceof JList<?> || component instanceof JTable || component instanceof JTree) {
            component.setTransferHandler(new PlainCopy()); // the look's own makes HTML of what is copied
        }
        UIDefaults looks = (UIDefaults) Objects.requireNonNull(UIManager.get(LOOKS), "the look has been set up");
        return looks.getUI(component);
    }
}
