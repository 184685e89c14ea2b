package io.kabar.swing.chat;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.RoomName;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.WaitingConversation;
import io.kabar.swing.look.Badge;
import io.kabar.swing.look.CellBorder;
import io.kabar.swing.look.ColumnList;
import io.kabar.swing.look.EmojiLabel;
import io.kabar.swing.look.SideColumns;
import io.kabar.swing.look.Theme;
import java.awt.Component;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.swing.DefaultListModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import net.miginfocom.swing.MigLayout;

/**
 * The rooms one is in and what is unread there, then conversations that wait to be opened, and a place to type another
 * room's name.
 */
final class RoomListView extends JPanel {

    private final DefaultListModel<Entry> entries = new DefaultListModel<>();
    private final JList<Entry> list = new ColumnList<>(entries);
    private final JTextField join = new JTextField();
    private boolean updating;
    /** Where conversations with one person begin; they have a title of their own. */
    private int firstPerson;

    /** {@code onSelect} is told of the room that was chosen, {@code onJoin} of the name that was typed. */
    RoomListView(Consumer<RoomName> onSelect, Consumer<String> onJoin) {
        super(new MigLayout("insets 12 8 10 8, fill, wrap 1", "[grow, fill]", "[][grow, fill][]"));
        setName("chat.rooms");
        JLabel title = SideColumns.title("ROOMS");
        title.setLabelFor(list);
        list.setName("chat.rooms.list");
        list.getAccessibleContext().setAccessibleName("Rooms");
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new EntryView());
        list.setOpaque(false);
        list.addListSelectionListener(e -> {
            Entry chosen = list.getSelectedValue();
            if (!updating && !e.getValueIsAdjusting() && chosen != null) {
                onSelect.accept(chosen.name());
            }
        });
        join.setName("chat.rooms.join");
        join.getAccessibleContext().setAccessibleName("Join a room");
        join.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "Join a room …");
        join.addActionListener(e -> {
            if (!join.getText().isBlank()) {
                onJoin.accept(join.getText().strip());
                join.setText("");
            }
        });
        JScrollPane scroll = SideColumns.scroll(list);
        add(title, "gapleft 8");
        add(scroll, "hmin 0");
        add(join, "wmin 0");
    }

    void show(ChatModel model) {
        List<Entry> next = Stream.concat(
                        RoomSwitcher.inOrder(model).stream().map(Entry::of),
                        model.waiting().stream().map(Entry::of))
                .toList();
        firstPerson = (int) next.stream()
                .filter(entry -> !entry.name().isDirect() && !entry.waits())
                .count();
        updating = true;
        for (int i = 0; i < next.size(); i++) {
            if (i >= entries.size()) {
                entries.addElement(next.get(i));
            } else if (!entries.get(i).equals(next.get(i))) {
                entries.set(i, next.get(i));
            }
        }
        if (entries.size() > next.size()) {
            entries.removeRange(next.size(), entries.size() - 1);
        }
        list.setSelectedIndex(
                model.current().map(RoomSwitcher.inOrder(model)::indexOf).orElse(-1));
        list.ensureIndexIsVisible(list.getSelectedIndex());
        updating = false;
    }

    JList<Entry> entries() {
        return list;
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("side"));
    }

    /** A room in the list; {@code waits}: it is a conversation that is not open. */
    record Entry(RoomName name, String title, int unread, int mentions, boolean waits) {

        static Entry of(RoomModel room) {
            return new Entry(room.name(), room.title(), room.unread(), room.mentions(), false);
        }

        static Entry of(WaitingConversation conversation) {
            return new Entry(conversation.room(), conversation.with().text(), 0, 0, true);
        }

        @Override
        public String toString() {
            if (waits) {
                return title + ", something new, not open yet";
            }
            String mentioned = mentions > 0 ? ", " + mentions + " for you" : "";
            return unread == 0 ? title : title + ", " + unread + " unread" + mentioned;
        }
    }

    /** A cell, below the title of the people if it is the first of them. */
    private final class EntryView extends JPanel implements ListCellRenderer<Entry> {

        private final JLabel people = SideColumns.title("PEOPLE");
        private final JPanel cell =
                new JPanel(new MigLayout("insets 5 8 5 8, fillx, hidemode 3", "[grow, fill]8[]", "[center]"));
        private final JLabel title = new EmojiLabel();
        private final Badge badge = new Badge();

        EntryView() {
            super(new MigLayout("insets 0, fillx, hidemode 3, wrap 1", "[grow, fill]", ""));
            setOpaque(false);
            cell.add(title, "wmin 0");
            cell.add(badge);
            cell.putClientProperty(FlatClientProperties.STYLE, "arc: 8");
            add(people, "gaptop 12, gapleft 8, gapbottom 2");
            add(cell, "wmin 0");
        }

        @Override
        public Component getListCellRendererComponent(
                JList<? extends Entry> list, Entry entry, int index, boolean selected, boolean focus) {
            title.setText(entry.title());
            title.setFont(
                    entry.unread() > 0 || entry.waits()
                            ? list.getFont().deriveFont(java.awt.Font.BOLD)
                            : list.getFont());
            title.setForeground(list.getForeground());
            if (entry.waits()) {
                badge.showNew();
            } else {
                badge.show(entry.unread(), entry.mentions() > 0);
            }
            people.setVisible(index == firstPerson && index >= 0);
            cell.setBackground(Theme.color(selected ? "selection" : "side"));
            cell.setBorder(new CellBorder(selected, focus));
            getAccessibleContext().setAccessibleName(entry.toString());
            return this;
        }
    }
}
