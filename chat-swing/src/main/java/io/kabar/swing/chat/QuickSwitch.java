package io.kabar.swing.chat;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.view.ChatModel;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.input.Changed;
import io.kabar.swing.look.ColumnList;
import io.kabar.swing.look.EmojiLabel;
import io.kabar.swing.look.SideColumns;
import io.kabar.swing.look.Theme;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.DefaultListModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** Goes anywhere by a few letters: rooms one is in, rooms of the server, people, commands. */
final class QuickSwitch extends JPanel {

    private final JTextField typed = new JTextField();
    private final DefaultListModel<Destination> found = new DefaultListModel<>();
    private final JList<Destination> list = new ColumnList<>(found);
    private final ChatModel model;
    private final Supplier<CompletableFuture<List<RoomSummary>>> rooms;
    private final Consumer<Destination> onGo;
    private final Runnable onDone;
    private List<RoomSummary> known = List.of();

    /**
     * Goes by {@code onGo}.
     *
     * @param rooms asks for the rooms of the server
     * @param onDone brings the caret back to where one writes
     */
    QuickSwitch(
            ChatModel model,
            Supplier<CompletableFuture<List<RoomSummary>>> rooms,
            Consumer<Destination> onGo,
            Runnable onDone) {
        super(new MigLayout("insets 8 16 8 16, fillx", "[grow, fill]", "[]6[]"));
        this.model = model;
        this.rooms = rooms;
        this.onGo = onGo;
        this.onDone = onDone;
        setName("chat.switch");
        typed.setName("chat.switch.typed");
        typed.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "Go to a room, a person, a command");
        typed.getAccessibleContext().setAccessibleName("Go to a room, a person, a command");
        typed.getDocument().addDocumentListener(new Changed(this::search));
        typed.addActionListener(new RunAction("Go", this::go));
        list.setName("chat.switch.found");
        list.getAccessibleContext().setAccessibleName("Where to go");
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new DestinationView());
        list.setFocusable(false);
        list.setOpaque(false);
        list.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent e) {
                go();
            }
        });
        bind(KeyEvent.VK_DOWN, () -> step(1));
        bind(KeyEvent.VK_UP, () -> step(-1));
        getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "close");
        getActionMap().put("close", new CancelAction(this::close));
        JScrollPane scroll = SideColumns.scroll(list);
        scroll.setPreferredSize(UIScale.scale(new Dimension(300, 210)));
        add(typed, "wrap");
        add(scroll, "growx, wmin 0");
        setVisible(false);
    }

    private void bind(int key, Runnable body) {
        typed.getInputMap().put(KeyStroke.getKeyStroke(key, 0), key);
        typed.getActionMap().put(key, new RunAction("Choose", body));
    }

    void open() {
        typed.setText("");
        setVisible(true);
        revalidate();
        search();
        SwingUtilities.invokeLater(typed::requestFocusInWindow);
        var unused = rooms.get()
                .whenComplete((all, failure) -> SwingUtilities.invokeLater(() -> {
                    known = failure == null ? all : known;
                    search();
                }));
    }

    private void close() {
        setVisible(false);
        onDone.run();
    }

    private void search() {
        found.clear();
        found.addAll(Destination.find(model, known, typed.getText()));
        list.setSelectedIndex(found.isEmpty() ? -1 : 0);
        list.ensureIndexIsVisible(0);
    }

    private void step(int by) {
        if (!found.isEmpty()) {
            int next = Math.floorMod(list.getSelectedIndex() + by, found.size());
            list.setSelectedIndex(next);
            list.ensureIndexIsVisible(next);
        }
    }

    private void go() {
        Destination chosen = list.getSelectedValue();
        if (chosen != null) {
            close();
            onGo.accept(chosen);
        }
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("side"));
    }

    private static final class DestinationView extends JPanel implements ListCellRenderer<Destination> {

        private final JLabel name = new JLabel();
        private final JLabel about = new EmojiLabel();

        DestinationView() {
            super(new MigLayout("insets 3 8 3 8, fillx", "[]12[grow, fill]", "[center]"));
            about.putClientProperty(FlatClientProperties.STYLE, "font: 90%; foreground: $Kabar.muted");
            putClientProperty(FlatClientProperties.STYLE, "arc: 8");
            add(name);
            add(about, "wmin 0");
        }

        @Override
        public Component getListCellRendererComponent(
                JList<? extends Destination> list, Destination value, int index, boolean selected, boolean focus) {
            name.setText(value.name());
            name.setForeground(list.getForeground());
            about.setText(value.about());
            setBackground(Theme.color(selected ? "selection" : "side"));
            getAccessibleContext().setAccessibleName(value.name() + ", " + value.about());
            return this;
        }
    }
}
