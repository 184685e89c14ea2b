package io.kabar.swing.monitor;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.swing.look.ContextMenu;
import java.awt.Point;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.ListSelectionModel;
import javax.swing.table.AbstractTableModel;
import net.miginfocom.swing.MigLayout;

/** Rows of a list that a command gives, with a menu of what can be done about the selected one. */
final class RowsTable extends JPanel {

    private final List<String> columns;
    private final JTable table;
    private final Rows rows = new Rows();
    private List<Map<String, Object>> shown = List.of();

    /**
     * Without rows at first.
     *
     * @param columns which values to show, of which the first one tells rows apart
     */
    RowsTable(String name, String title, List<String> columns, JPopupMenu menu) {
        super(new MigLayout("insets 0, fill", "[grow, fill]", "[grow, fill]"));
        this.columns = columns;
        table = new JTable(rows);
        table.setName(name);
        table.getAccessibleContext().setAccessibleName(title);
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        table.setShowHorizontalLines(true);
        table.getTableHeader().setReorderingAllowed(false);
        table.setFillsViewportHeight(true);
        ContextMenu.bind(
                table,
                point -> {
                    int row = table.rowAtPoint(point);
                    if (row >= 0) {
                        table.setRowSelectionInterval(row, row);
                        menu.show(table, point.x, point.y);
                    }
                },
                () -> showBelowSelection(menu));
        JScrollPane scroll = new JScrollPane(table);
        scroll.putClientProperty(FlatClientProperties.STYLE, "arc: 8");
        add(scroll, "hmin 0, wmin 0");
    }

    private void showBelowSelection(JPopupMenu menu) {
        int row = table.getSelectedRow();
        if (row >= 0) {
            Point below = table.getCellRect(row, 0, true).getLocation();
            menu.show(table, below.x + table.getRowHeight(), below.y + table.getRowHeight());
        }
    }

    /** Shows these rows; whatever was selected stays so. */
    void show(List<Map<String, Object>> next) {
        if (next.equals(shown)) {
            return; // as most refreshes are
        }
        Optional<Map<String, Object>> before = selected();
        shown = List.copyOf(next);
        rows.fireTableDataChanged();
        before.map(row -> row.get(columns.get(0))).ifPresent(this::select);
    }

    private void select(Object first) {
        for (int row = 0; row < shown.size(); row++) {
            if (first.equals(shown.get(row).get(columns.get(0)))) {
                table.setRowSelectionInterval(row, row);
                return;
            }
        }
    }

    /** The row that is selected. */
    Optional<Map<String, Object>> selected() {
        int row = table.getSelectedRow();
        return row < 0 || row >= shown.size() ? Optional.empty() : Optional.of(shown.get(row));
    }

    /** The values of a column. */
    List<String> column(String name) {
        return shown.stream()
                .map(row -> text(row.getOrDefault(name, "")))
                .distinct()
                .toList();
    }

    private static String text(Object value) {
        if (value instanceof List<?> several) {
            return String.join(", ", several.stream().map(RowsTable::text).toList());
        }
        return VisibleText.onOneLine(value.toString());
    }

    private final class Rows extends AbstractTableModel {

        @Override
        public int getRowCount() {
            return shown.size();
        }

        @Override
        public int getColumnCount() {
            return columns.size();
        }

        @Override
        public String getColumnName(int column) {
            String name = columns.get(column);
            return Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }

        @Override
        public Object getValueAt(int row, int column) {
            return text(shown.get(row).getOrDefault(columns.get(column), ""));
        }
    }
}
