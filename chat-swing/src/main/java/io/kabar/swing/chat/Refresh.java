package io.kabar.swing.chat;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ModelObserver;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** Gathers what changed, so that a burst of events costs one refresh: at the end of the event queue as it is now. */
final class Refresh implements ModelObserver {

    private final Consumer<Set<Change>> draw;
    private final Set<Change> due = EnumSet.noneOf(Change.class);

    Refresh(Consumer<Set<Change>> draw) {
        this.draw = draw;
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName room) {
        if (due.isEmpty()) {
            SwingUtilities.invokeLater(this::flush);
        }
        due.add(change);
    }

    private void flush() {
        Set<Change> now = EnumSet.copyOf(due);
        due.clear();
        draw.accept(now);
    }
}
