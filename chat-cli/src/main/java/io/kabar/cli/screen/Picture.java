package io.kabar.cli.screen;

import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/** A whole screen: its rows, and where the cursor stands. */
public record Picture(List<AttributedString> rows, int cursorRow, int cursorColumn) {

    /** Keeps the list unmodifiable. */
    public Picture {
        rows = List.copyOf(rows);
    }

    /** What can be read of it. */
    public String text() {
        return rows.stream().map(row -> row.toString().stripTrailing()).collect(Collectors.joining("\n"));
    }
}
