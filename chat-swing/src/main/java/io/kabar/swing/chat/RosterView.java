package io.kabar.swing.chat;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.Wording;
import io.kabar.swing.actions.TalkToAction;
import io.kabar.swing.look.CellBorder;
import io.kabar.swing.look.ColumnList;
import io.kabar.swing.look.ContextMenu;
import io.kabar.swing.look.SideColumns;
import io.kabar.swing.look.Theme;
import java.awt.Component;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.DefaultListModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.KeyStroke;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import net.miginfocom.swing.MigLayout;

/** Who is in the room; Enter or a double click talks to one of them alone. */
final class RosterView extends JPanel {

    private final DefaultListModel<Member> members = new DefaultListModel<>();
    private final JList<Member> list = new ColumnList<>(members);
    private final JLabel title = SideColumns.title("HERE");
    private List<Member> shown = List.of();

    RosterView(Consumer<UserName> onTalkTo, Function<Member, Optional<JPopupMenu>> menu) {
        super(new MigLayout("insets 12 8 10 8, fill, wrap 1", "[grow, fill]", "[][grow, fill]"));
        setName("chat.roster");
        title.setLabelFor(list);
        list.setName("chat.roster.list");
        list.getAccessibleContext().setAccessibleName("People in this room");
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new MemberView());
        list.setOpaque(false);
        TalkToAction talk = new TalkToAction(
                () -> Optional.ofNullable(list.getSelectedValue()).map(Member::name), onTalkTo);
        list.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "talk-to");
        list.getActionMap().put("talk-to", talk);
        list.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent e) {
                if (e.getClickCount() == 2) {
                    talk.actionPerformed(new ActionEvent(list, ActionEvent.ACTION_PERFORMED, "talk-to"));
                }
            }
        });
        bindMenu(menu);
        add(title, "gapleft 8");
        add(SideColumns.scroll(list), "hmin 0");
    }

    private void bindMenu(Function<Member, Optional<JPopupMenu>> menu) {
        ContextMenu.bind(
                list,
                point -> {
                    int at = list.locationToIndex(point);
                    if (at >= 0 && list.getCellBounds(at, at).contains(point)) {
                        list.setSelectedIndex(at);
                        open(menu, at, point);
                    }
                },
                () -> {
                    int at = list.getSelectedIndex();
                    if (at >= 0) {
                        Rectangle cell = list.getCellBounds(at, at);
                        open(menu, at, new Point(cell.x + 16, cell.y + cell.height));
                    }
                });
    }

    private void open(Function<Member, Optional<JPopupMenu>> menu, int at, Point point) {
        menu.apply(members.get(at)).ifPresent(popup -> popup.show(list, point.x, point.y));
    }

    void show(Optional<RoomModel> room) {
        List<Member> next = room.map(RoomModel::roster).orElse(List.of());
        int inside = room.map(RoomModel::inside).orElse(0);
        boolean cut = inside > next.size();
        String count = String.format(Locale.ROOT, "HERE · %,d", next.size());
        title.setText(cut ? count + String.format(Locale.ROOT, " OF %,d", inside) : count);
        title.setToolTipText(cut ? "Not all who are here are told; /names BEGINNING* finds one of them." : null);
        if (next.equals(shown)) {
            return; // as most refreshes are: somebody is writing
        }
        shown = next;
        Member selected = list.getSelectedValue();
        members.clear();
        members.addAll(next);
        list.setSelectedIndex(
                selected == null ? -1 : next.stream().map(Member::name).toList().indexOf(selected.name()));
    }

    JList<Member> people() {
        return list;
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(Theme.color("side"));
    }

    private static final class MemberView extends JPanel implements ListCellRenderer<Member> {

        private final JLabel name = new JLabel();
        private final JLabel note = SideColumns.title("");

        MemberView() {
            super(new MigLayout("insets 3 8 3 8, fillx", "[grow, fill]6[]", "[center]"));
            putClientProperty(FlatClientProperties.STYLE, "arc: 8");
            name.setIconTextGap(8);
            add(name, "wmin 0");
            add(note);
        }

        @Override
        public Component getListCellRendererComponent(
                JList<? extends Member> list, Member member, int index, boolean selected, boolean focus) {
            name.setText(member.name().text());
            name.setIcon(new PresenceMark(member.presence(), list.getFont().getSize()));
            name.setForeground(Theme.nameColor(member.name().key()));
            note.setText(note(member));
            setBackground(Theme.color(selected ? "selection" : "side"));
            setBorder(new CellBorder(false, focus));
            getAccessibleContext().setAccessibleName(Wording.member(member));
            return this;
        }

        private static String note(Member member) {
            // The mark beside the name tells the presence, too.
            return member.role() != RoomRole.GUEST
                    ? member.role().word()
                    : member.presence() == Presence.HERE
                            ? ""
                            : member.presence().word();
        }
    }
}
