package io.kabar.cli.input;

import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.files.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What was written before, kept between two starts in a file that its owner alone may read, one text a line, the oldest
 * first. Each run adds its own lines, so that two at a time take nothing from each other.
 */
public final class InputHistoryFile implements AutoCloseable {

    /** A file larger than this is another file. */
    private static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private final InputHistory history = new InputHistory();
    private int kept;

    /** Reads the file; without one, or with one that cannot be read, there is no history. */
    public InputHistoryFile(Path file) {
        this.file = file;
        try {
            EditedText.of(EditedText.bytes(file, MAX_BYTES)).lines().forEach(line -> history.add(unescaped(line)));
        } catch (IOException | IllegalArgumentException e) {
            // It may be lost without harm.
        }
        history.begin();
    }

    public InputHistory history() {
        return history;
    }

    /** Adds what was written since; does nothing the second time. */
    @Override
    public synchronized void close() {
        List<String> written = history.written();
        List<String> lines = written.subList(Math.min(kept, written.size()), written.size()).stream()
                .map(InputHistoryFile::escaped)
                .toList();
        kept = written.size();
        if (lines.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            boolean isNew = Files.notExists(file);
            if (isNew) {
                Files.createFile(file);
                OwnerOnly.close(file);
            }
            if (!isNew && Files.size(file) > MAX_BYTES / 2) {
                Files.write(
                        file,
                        history.all().stream().map(InputHistoryFile::escaped).toList(),
                        StandardCharsets.UTF_8);
            } else {
                Files.write(file, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // It may be lost without harm.
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescaped(String line) {
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char unit = line.charAt(i);
            if (unit == '\\' && i + 1 < line.length()) {
                i++;
                text.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
            } else {
                text.append(unit);
            }
        }
        return text.toString();
    }
}
