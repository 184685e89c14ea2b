package io.kabar.swing.chat;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.words.Excerpt;
import io.kabar.swing.actions.CancelAction;
import io.kabar.swing.actions.RunAction;
import io.kabar.swing.look.ColumnList;
import io.kabar.swing.look.SideColumns;
import io.kabar.swing.look.Theme;
import java.awt.Dimension;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.time.ZoneId;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** Finds messages in the room in front, in all that is kept of it: a list of hits, each of which is gone to. */
final class FindBar extends JPanel {

    private final JTextField words = new JTextField();
    private final JLabel told = new JLabel(" ");
    private final JButton older = new JButton(new RunAction("Look further back", this::goOn));
    private final DefaultListModel<Excerpt> hits = new DefaultListModel<>();
    private final JList<Excerpt> list = new ColumnList<>(hits);
    private final JScrollPane scroll = SideColumns.scroll(list);
    private final HitView hitView;
    private final ChatModel model;
    private final CommandRunner runner;
    private final LongConsumer onGo;
    private final Runnable onDone;
    private @Nullable RoomModel room;
    private OptionalLong before = OptionalLong.empty();
    /** Answers to what was asked before are nobody's any more. */
    private int asked;

    /** {@code onGo} goes to a message, {@code onDone} brings the caret back to where one writes. */
    FindBar(ChatModel model, CommandRunner runner, ZoneId zone, LongConsumer onGo, Runnable onDone) {
        super(new MigLayout("insets 8 16 8 16, fillx, hidemode 3", "[grow, fill]8[]8[]", "[]6[]"));
        this.model = model;
        this.runner = runner;
        this.onGo = onGo;
        this.onDone = onDone;
        hitView = new HitView(zone);
        setName("chat.find");
        words.setName("chat.find.words");
        words.getAccessibleContext().setAccessibleName("Find in this room");
        words.addActionListener(new RunAction("Find", this::search));
        words.putClientProperty(FlatClientProperties.TEXT_FIELD_SHOW_CLEAR_BUTTON, true);
        told.setName("chat.find.told");
        told.putClientProperty(FlatClientProperties.STYLE, "foreground: $Kabar.muted");
        older.setName("chat.find.older");
        older.setVisible(false);
        JButton close = new JButton(new CancelAction(this::close));
        close.setText("Close");
        close.setName("chat.find.close");
        list.setName("chat.find.hits");
        list.getAccessibleContext().setAccessibleName("Found");
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(hitView);
        list.setOpaque(false);
        RunAction go = new RunAction("Go there", this::go);
        list.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "go");
        list.getActionMap().put("go", go);
        list.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent e) {
                go();
            }
        });
        words.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_DOWN, 0), "hits");
        words.getActionMap().put("hits", new RunAction("Go to what is found", list::requestFocusInWindow));
        getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "close");
        getActionMap().put("close", new CancelAction(this::close));
        scroll.setPreferredSize(UIScale.scale(new Dimension(300, 150)));
        scroll.setVisible(false);
        add(words, "wmin 80lp");
        add(older);
        add(close, "wrap");
        add(told, "span 3, wmin 0, wrap");
        add(scroll, "span 3, growx, wmin 0");
        setVisible(false);
    }

    /** Asks what to find in the room in front. */
    void open() {
        RoomModel front = model.current().orElse(null);
        if (front != room) {
            room = front;
            clear("Enter finds messages with all the words, also those that are not shown yet.");
        }
        words.putClientProperty(
                FlatClientProperties.PLACEHOLDER_TEXT, "Find in " + (front == null ? "no room" : front.title()));
        setVisible(true);
        revalidate();
        words.selectAll();
        SwingUtilities.invokeLater(words::requestFocusInWindow);
    }

    /** Another room is in front: what was found is not of it. */
    void follow() {
        if (isVisible() && model.current().orElse(null) != room) {
            setVisible(false);
        }
    }

    private void close() {
        setVisible(false);
        onDone.run();
    }

    private void clear(String words) {
        asked++;
        hits.clear();
        before = OptionalLong.empty();
        older.setVisible(false);
        scroll.setVisible(false);
        told.setText(words);
    }

    private void search() {
        clear("Searching \u2026");
        hitView.mark(words.getText());
        ask();
    }

    private void goOn() {
        told.setText("Searching \u2026");
        ask();
    }

    private void ask() {
        RoomModel in = room;
        if (in == null || words.getText().isBlank()) {
            told.setText("Say what to find.");
            return;
        }
        int mine = ++asked;
        var unused = runner.find(in, words.getText().strip(), before).thenAccept(found -> {
            if (mine == asked) {
                show(found);
            }
        });
    }

    private void show(CommandRunner.Found found) {
        found.hits().forEach(hits::addElement);
        before = found.before();
        older.setVisible(before.isPresent());
        scroll.setVisible(!hits.isEmpty());
        String more = before.isPresent() ? "; there may be older ones" : "; nothing older is kept";
        told.setText(
                !found.failure().isEmpty()
                        ? found.failure()
                        : String.format(
                                Locale.ROOT,
                                hits.size() == 1 ? "%,d message%s." : "%,d messages%s.",
                                hits.size(),
                                more));
        if (!hits.isEmpty() && list.getSelectedIndex() < 0) {
            list.setSelectedIndex(0);
        }
        revalidate();
    }

    private void go() {
        Excerpt hit = list.getSelectedValue();
        if (hit != null) {
            onGo.accept(hit.sequence());
        }
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("side"));
    }
}
