package io.kabar.swing.input;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.look.Emoji;
import io.kabar.swing.look.EmojiLabel;
import io.kabar.swing.look.EmojiTable;
import io.kabar.swing.look.SideColumns;
import io.kabar.swing.look.Theme;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** Chooses an emoji, within the window: type to find one, arrows and Enter or the mouse take it, Escape none. */
public final class EmojiPicker extends JPanel {

    private final JLabel title = new EmojiLabel();
    private final JTextField find = new JTextField();
    private final DefaultListModel<EmojiTable.Entry> found = new DefaultListModel<>();
    private final JList<EmojiTable.Entry> list = new JList<>(found);
    private final Runnable onDone;
    private Consumer<String> onPick = emoji -> {};

    /** {@code onDone} brings the caret back to where one writes. */
    public EmojiPicker(Runnable onDone) {
        super(new MigLayout("insets 10 16 8 16, fillx", "[grow, fill, shrinkprio 200]12[180lp!, fill]", "[]6[]"));
        this.onDone = onDone;
        setName("chat.emoji");
        title.putClientProperty(FlatClientProperties.STYLE, "font: bold");
        find.setName("chat.emoji.find");
        find.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "Find: heart, laugh, done …");
        find.getAccessibleContext().setAccessibleName("Find an emoji");
        find.getDocument().addDocumentListener(new Changed(this::search));
        RunAction take = new RunAction("Take", this::take);
        find.addActionListener(take);
        list.setName("chat.emoji.list");
        list.getAccessibleContext().setAccessibleName("Emoji");
        list.setLayoutOrientation(JList.HORIZONTAL_WRAP);
        list.setVisibleRowCount(-1);
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new Cell());
        bind(find, KeyEvent.VK_DOWN, new RunAction("Go to the emoji", list::requestFocusInWindow));
        bind(list, KeyEvent.VK_ENTER, take);
        list.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent e) {
                take();
            }
        });
        getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "none");
        getActionMap().put("none", new CancelAction(this::close));
        JScrollPane scroll = SideColumns.scroll(list);
        scroll.setPreferredSize(UIScale.scale(new Dimension(300, 118)));
        add(title, "wmin 0");
        add(find, "wrap");
        add(scroll, "span 2, growx, wmin 0");
        setVisible(false);
    }

    private static void bind(JTextField on, int key, RunAction action) {
        on.getInputMap().put(KeyStroke.getKeyStroke(key, 0), key);
        on.getActionMap().put(key, action);
    }

    private static void bind(JList<?> on, int key, RunAction action) {
        on.getInputMap().put(KeyStroke.getKeyStroke(key, 0), key);
        on.getActionMap().put(key, action);
    }

    /** Asks for one, and gives it to {@code then}. */
    public void open(String what, Consumer<String> then) {
        onPick = then;
        title.setText(what);
        find.setText("");
        search();
        setVisible(true);
        revalidate();
        SwingUtilities.invokeLater(find::requestFocusInWindow);
    }

    private void search() {
        List<EmojiTable.Entry> entries = EmojiTable.find(find.getText());
        found.clear();
        found.addAll(entries);
        list.setSelectedIndex(entries.isEmpty() ? -1 : 0);
    }

    private void take() {
        EmojiTable.Entry chosen = list.getSelectedValue();
        if (chosen != null) {
            close();
            onPick.accept(chosen.emoji());
        } else if (!find.getText().isBlank()) {
            String typed = find.getText().strip();
            close();
            onPick.accept(typed); // one that is not in the table
        }
    }

    private void close() {
        setVisible(false);
        onDone.run();
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("side"));
    }

    private static final class Cell extends JLabel implements ListCellRenderer<EmojiTable.Entry> {

        Cell() {
            setHorizontalAlignment(SwingConstants.CENTER);
            setOpaque(true);
            setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
        }

        @Override
        public Component getListCellRendererComponent(
                JList<? extends EmojiTable.Entry> list,
                EmojiTable.Entry entry,
                int index,
                boolean selected,
                boolean focus) {
            setText(entry.emoji());
            setFont(Emoji.font(list.getFont().deriveFont(list.getFont().getSize2D() * 1.4f)));
            setBackground(Theme.color(selected ? "selection" : "side"));
            setForeground(list.getForeground());
            setToolTipText(entry.words());
            getAccessibleContext().setAccessibleName(entry.words());
            return this;
        }
    }
}
