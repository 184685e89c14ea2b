package io.kabar.swing.look;

import javax.swing.JList;
import javax.swing.ListModel;

/** A list as wide as its column, so that long entries are shortened rather than scrolled out of sight. */
public class ColumnList<E> extends JList<E> {

    public ColumnList(ListModel<E> model) {
        super(model);
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
        return true;
    }
}
