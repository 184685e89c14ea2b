package io.kabar.swing.monitor;

import com.formdev.flatlaf.FlatClientProperties;
import io.kabar.chat.internal.process.HomeFolder;
import io.kabar.swing.actions.RunAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** What one does with a log: choose what is shown, let it stand still, take it away as a file, empty it. */
final class LogBar extends JPanel {

    /** A kind of lines to choose, or all. */
    private record Choice(LogEntry.@Nullable Kind kind) {
        @Override
        public String toString() {
            return kind == null ? "Everything" : kind.word();
        }
    }

    /** Exports beside each other. */
    private static final int MOST_FILES = 1000;

    private final JComboBox<Choice> kinds = new JComboBox<>();
    private final JTextField words = new JTextField();
    private final JToggleButton pause;
    private final BiConsumer<LogEntry.@Nullable Kind, String> onFilter;

    /**
     * A bar.
     *
     * @param onFilter is told of which kind lines are to be, and what is in them
     * @param onPause is told whether it stands still
     * @param lines gives what is shown, for a file
     * @param tell is told in a sentence what has become of that
     */
    LogBar(
            BiConsumer<LogEntry.@Nullable Kind, String> onFilter,
            Consumer<Boolean> onPause,
            Supplier<List<String>> lines,
            Runnable onClear,
            Consumer<String> tell) {
        super(new MigLayout("insets 0, fillx", "[]6[grow, fill]6[]6[]6[]", "[center]"));
        this.onFilter = onFilter;
        setOpaque(false);
        kinds.addItem(new Choice(null));
        for (LogEntry.Kind kind : LogEntry.Kind.values()) {
            kinds.addItem(new Choice(kind));
        }
        kinds.setName("monitor.log.kind");
        kinds.getAccessibleContext().setAccessibleName("What is shown");
        kinds.addActionListener(e -> filter());
        words.setName("monitor.log.words");
        words.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "Only lines with \u2026");
        words.putClientProperty(FlatClientProperties.TEXT_FIELD_SHOW_CLEAR_BUTTON, true);
        words.getAccessibleContext().setAccessibleName("Only lines with");
        words.getDocument().addDocumentListener(new Filtering());
        pause = new JToggleButton();
        pause.setAction(new RunAction("Pause", () -> onPause.accept(pause.isSelected())));
        pause.setName("monitor.log.pause");
        JButton export = new JButton(new RunAction("Export", () -> tell.accept(export(lines.get()))));
        export.setName("monitor.log.export");
        JButton clear = new JButton(new RunAction("Clear", onClear));
        clear.setName("monitor.log.clear");
        add(kinds);
        add(words, "wmin 60lp");
        add(pause);
        add(export);
        add(clear);
    }

    private void filter() {
        onFilter.accept(kinds.getItemAt(kinds.getSelectedIndex()).kind(), words.getText());
    }

    /** Into a file of the user's folder that is not there yet. */
    private static String export(List<String> lines) {
        Path folder;
        try {
            folder = HomeFolder.of(System.getenv(), System.getProperty("user.home"));
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
        for (int number = 1; number < MOST_FILES; number++) {
            Path file = folder.resolve(number == 1 ? "kabar-server.log" : "kabar-server-" + number + ".log");
            if (!Files.exists(file)) {
                return write(file, lines);
            }
        }
        return "Nothing was exported: there are too many such files in " + folder + ".";
    }

    /** Never over a file that is there. */
    static String write(Path file, List<String> lines) {
        if (Files.exists(file)) {
            return "Nothing was exported: " + file + " is there already.";
        }
        try {
            Files.write(file, lines);
            return "The log is in " + file + ".";
        } catch (IOException e) {
            return "Nothing was exported: " + file + " cannot be written.";
        }
    }

    private final class Filtering implements DocumentListener {
        @Override
        public void insertUpdate(DocumentEvent e) {
            filter();
        }

        @Override
        public void removeUpdate(DocumentEvent e) {
            filter();
        }

        @Override
        public void changedUpdate(DocumentEvent e) {
            filter();
        }
    }
}
