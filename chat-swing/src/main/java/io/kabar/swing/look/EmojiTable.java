package io.kabar.swing.look;

import io.kabar.chat.internal.text.Parts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The emoji people use most, with words by which one finds them; the usual reactions come first. */
public final class EmojiTable {

    /**
     * An emoji.
     *
     * @param words what it is called, and what it is used for
     */
    public record Entry(String emoji, String words) {

        @Override
        public String toString() {
            return emoji + " " + words;
        }
    }

    private static final List<Entry> ALL = read();

    private EmojiTable() {}

    private static List<Entry> read() {
        InputStream in = Objects.requireNonNull(EmojiTable.class.getResourceAsStream("emoji.txt"), "it comes along");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.indexOf(' ') > 0)
                    .map(line -> new Entry(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of which each word that is typed begins a word; all if none is. */
    public static List<Entry> find(String typed) {
        List<String> wanted =
                Parts.of(typed.toLowerCase(Locale.ROOT).replace('_', ' ').strip(), ' ');
        return ALL.stream()
                .filter(entry -> wanted.stream().allMatch(word -> (" " + entry.words()).contains(" " + word)))
                .toList();
    }

    /** The one that is written {@code :words:} in a text, by the beginning of its words; empty if there is none. */
    public static Optional<Entry> called(String code) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return ALL.stream()
                .filter(entry -> entry.words().equals(words)
                        || entry.words().startsWith(words + " ")
                        || entry.words().endsWith(" " + words))
                .findFirst();
    }
}
