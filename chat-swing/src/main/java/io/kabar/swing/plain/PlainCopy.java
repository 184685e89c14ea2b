package io.kabar.swing.plain;

import java.awt.Component;
import java.awt.datatransfer.StringSelection;
import java.awt.datatransfer.Transferable;
import java.util.StringJoiner;
import javax.swing.JComponent;
import javax.swing.JList;
import javax.swing.ListCellRenderer;
import javax.swing.TransferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is selected in a list as it is told to who cannot see it, as plain text and nothing else. Swing's own way
 * offers HTML beside it, made of the rows as they are: whoever pastes a room called {@code <img src=...>} elsewhere
 * would fetch what it names. Of tables and trees it copies nothing.
 */
final class PlainCopy extends TransferHandler {

    @Override
    public int getSourceActions(JComponent component) {
        return COPY;
    }

    @Override
    protected @Nullable Transferable createTransferable(JComponent component) {
        return component instanceof JList<?> list ? lines(list) : null;
    }

    private static <E> @Nullable Transferable lines(JList<E> list) {
        StringJoiner lines = new StringJoiner("\n");
        ListCellRenderer<? super E> renderer = list.getCellRenderer();
        for (int index : list.getSelectedIndices()) {
            E row = list.getModel().getElementAt(index);
            Component told = renderer.getListCellRendererComponent(list, row, index, false, false);
            String words = told.getAccessibleContext().getAccessibleName();
            lines.add(words == null ? String.valueOf(row) : words);
        }
        return list.isSelectionEmpty() ? null : new StringSelection(lines.toString());
    }
}
