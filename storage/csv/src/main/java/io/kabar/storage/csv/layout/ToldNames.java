package io.kabar.storage.csv.layout;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.spi.NameIndex;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.SmallCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of which names it was told already that they look like others, or that nobody new could have them: a new table of
 * characters brings that up once, not every start. {@code lookalikes.csv} and {@code lookalike-rooms.csv} hold the
 * version of the table and the names.
 */
public final class ToldNames {

    public static final String ACCOUNTS = "lookalikes.csv";
    public static final String ROOMS = "lookalike-rooms.csv";

    private static final Logger LOG = LoggerFactory.getLogger(ToldNames.class);

    private static final List<String> HEADER = List.of("table", "name");
    /** Some hundred thousand names. */
    private static final int LONGEST = 32 << 20;

    private final Path file;
    private Set<String> told = new LinkedHashSet<>();
    private boolean kept;

    private ToldNames(Path file) {
        this.file = file;
    }

    /** Of a file; nothing was told yet if the table was another one. */
    public static ToldNames open(Path file) {
        ToldNames names = new ToldNames(file);
        if (Files.exists(names.file)) {
            try {
                names.read(SmallCsv.rows(names.file, HEADER, LONGEST));
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                Aside.move(names.file, "what it says is told once more", new StorageLog());
            }
        }
        return names;
    }

    private void read(List<List<String>> rows) {
        if (Digits.parseInt(rows.get(0).get(0)) == NameIndex.tableVersion()) {
            rows.subList(1, rows.size()).forEach(cells -> told.add(cells.get(1)));
            kept = true;
        }
    }

    public boolean isTold(String name) {
        return told.contains(name);
    }

    /** These are all there are now, and all were told. */
    public void keep(Collection<String> names) {
        Set<String> all = new LinkedHashSet<>(names);
        if (kept && all.equals(told)) {
            return;
        }
        told = all;
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, HEADER.toArray(String[]::new));
        String table = Integer.toString(NameIndex.tableVersion());
        CsvLine.append(text, table, "");
        all.forEach(name -> CsvLine.append(text, table, name));
        try {
            AtomicFile.writeUnforced(file, text.toString());
            kept = true;
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written, so the next start tells of the same names: {}", file, FileTrouble.reason(e));
        }
    }
}
