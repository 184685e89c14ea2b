package io.kabar.swing;

import javax.swing.JList;
import javax.swing.ListModel;

/** A list as wide as its column, so that long entries are shortened rather than scrolled out of sight. */
class ColumnList<E> extends JList<E> {

    ColumnList(ListModel<E> model) {
        super(model);
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
        return true;
    }
}
