package io.kabar.swing.chat;

import io.kabar.swing.actions.GoToRoomAction;
import io.kabar.swing.actions.JumpToNewestAction;
import io.kabar.swing.actions.NextActiveRoomAction;
import io.kabar.swing.actions.NextRegionAction;
import io.kabar.swing.actions.NextRoomAction;
import io.kabar.swing.actions.PreviousRoomAction;
import io.kabar.swing.actions.ToggleRoomsAction;
import io.kabar.swing.actions.ToggleRosterAction;
import io.kabar.swing.actions.TurnPageAction;
import io.kabar.swing.input.InputBar;
import io.kabar.swing.transcript.TranscriptView;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.util.List;
import javax.swing.Action;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

/** The keys that work wherever the focus is in a chat view. */
record ChatKeys(
        RoomSwitcher switcher, TranscriptView transcript, RoomListView rooms, RosterView roster, InputBar input) {

    void bind(JComponent view) {
        bind(view, new NextRoomAction(() -> switcher.step(1)));
        bind(view, new PreviousRoomAction(() -> switcher.step(-1)));
        bind(view, new NextActiveRoomAction(switcher::unread));
        for (int place = 1; place <= 9; place++) {
            bind(view, new GoToRoomAction(place, switcher::place));
        }
        bind(view, new NextRegionAction(this::nextRegion));
        bind(view, new ToggleRoomsAction(() -> toggle(rooms)));
        bind(view, new ToggleRosterAction(() -> toggle(roster)));
        Action newest = new JumpToNewestAction(transcript::jumpToNewest);
        newest.putValue(Action.ACCELERATOR_KEY, KeyStroke.getKeyStroke(KeyEvent.VK_END, InputEvent.CTRL_DOWN_MASK));
        bind(view, newest);
        // The input's own meaning of these keys is of no use in a line or two.
        bindInput(new TurnPageAction(KeyEvent.VK_PAGE_UP, () -> transcript.page(-1)));
        bindInput(new TurnPageAction(KeyEvent.VK_PAGE_DOWN, () -> transcript.page(1)));
    }

    private void bindInput(Action action) {
        input.input().getInputMap().put((KeyStroke) action.getValue(Action.ACCELERATOR_KEY), action);
        input.input().getActionMap().put(action, action);
    }

    private void nextRegion() {
        List<JComponent> regions = List.of(rooms.entries(), transcript.lines(), input.input(), roster.people());
        int at = 0;
        for (int i = 0; i < regions.size(); i++) {
            at = regions.get(i).isFocusOwner() ? i : at;
        }
        for (int i = 1; i <= regions.size(); i++) {
            JComponent next = regions.get((at + i) % regions.size());
            if (next.isShowing() && next.requestFocusInWindow()) {
                return;
            }
        }
    }

    /** Shows a part of the view, or hides it. */
    static void toggle(JComponent region) {
        region.setVisible(!region.isVisible());
        region.revalidate();
    }

    /** Has an action done on its key wherever the focus is in a view. */
    static void bind(JComponent view, Action action) {
        view.getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put((KeyStroke) action.getValue(Action.ACCELERATOR_KEY), action);
        view.getActionMap().put(action, action);
    }
}
