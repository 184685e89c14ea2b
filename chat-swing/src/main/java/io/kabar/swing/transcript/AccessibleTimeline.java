package io.kabar.swing.transcript;

import java.util.Locale;
import javax.accessibility.Accessible;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.accessibility.AccessibleState;
import javax.accessibility.AccessibleStateSet;
import org.jspecify.annotations.Nullable;

/** A transcript as a screen reader finds it: a list of rows, each with all its words. */
final class AccessibleTimeline extends AccessibleContext {

    private final Timeline timeline;

    AccessibleTimeline(Timeline timeline) {
        this.timeline = timeline;
        setAccessibleName("Messages");
        setAccessibleParent(null);
    }

    @Override
    public AccessibleRole getAccessibleRole() {
        return AccessibleRole.LIST;
    }

    @Override
    public AccessibleStateSet getAccessibleStateSet() {
        return states(timeline.isFocusOwner());
    }

    private AccessibleStateSet states(boolean focused) {
        AccessibleStateSet states = new AccessibleStateSet();
        states.add(AccessibleState.ENABLED);
        states.add(AccessibleState.FOCUSABLE);
        states.add(AccessibleState.MANAGES_DESCENDANTS);
        if (timeline.isShowing()) {
            states.add(AccessibleState.SHOWING);
            states.add(AccessibleState.VISIBLE);
        }
        if (focused) {
            states.add(AccessibleState.FOCUSED);
        }
        return states;
    }

    @Override
    public @Nullable Accessible getAccessibleParent() {
        return timeline.getParent() instanceof Accessible parent ? parent : null;
    }

    @Override
    public int getAccessibleIndexInParent() {
        return 0;
    }

    @Override
    public int getAccessibleChildrenCount() {
        return timeline.count();
    }

    @Override
    public @Nullable Accessible getAccessibleChild(int row) {
        return row < 0 || row >= timeline.count() ? null : new SpokenRow(row);
    }

    @Override
    public Locale getLocale() {
        return timeline.getLocale();
    }

    private final class SpokenRow extends AccessibleContext implements Accessible {
        private final int row;

        SpokenRow(int row) {
            this.row = row;
        }

        @Override
        public AccessibleContext getAccessibleContext() {
            return this;
        }

        @Override
        public String getAccessibleName() {
            return row < timeline.count() ? timeline.spoken(row) : "";
        }

        @Override
        public AccessibleRole getAccessibleRole() {
            return AccessibleRole.LABEL;
        }

        @Override
        public AccessibleStateSet getAccessibleStateSet() {
            return states(timeline.isFocusOwner() && timeline.focusedRow() == row);
        }

        @Override
        public Accessible getAccessibleParent() {
            return timeline;
        }

        @Override
        public int getAccessibleIndexInParent() {
            return row;
        }

        @Override
        public int getAccessibleChildrenCount() {
            return 0;
        }

        @Override
        public @Nullable Accessible getAccessibleChild(int index) {
            return null;
        }

        @Override
        public Locale getLocale() {
            return timeline.getLocale();
        }
    }
}
