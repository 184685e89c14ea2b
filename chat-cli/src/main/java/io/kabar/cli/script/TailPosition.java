package io.kabar.cli.script;

import io.kabar.chat.LogPosition;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Up to where a script has read a room, in a file of one line: {@code EPOCH SEQ}. */
final class TailPosition {

    private static final int LONGEST_FILE = 4096;

    private final Path file;

    TailPosition(Path file) {
        this.file = file;
    }

    /**
     * Up to where the last run has read; empty if there was none.
     *
     * @throws IllegalArgumentException with a sentence, if the file is another one
     */
    Optional<LogPosition> find() {
        try {
            List<String> words = Parts.words(EditedText.read(file, LONGEST_FILE).firstLine());
            if (words.size() != 2) {
                throw new IllegalArgumentException("there is more than a place in a room");
            }
            return Optional.of(new LogPosition(Digits.parseLong(words.get(0)), Digits.parseLong(words.get(1))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " cannot be read.", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The file " + file + " does not tell where the last run has read to; remove it to begin anew.", e);
        }
    }

    /**
     * Remembers the place for the next run; nothing if nothing was read.
     *
     * @throws IllegalStateException with a sentence, if the file cannot be written
     */
    void keep(LogPosition read) {
        if (read.sequence() == 0) {
            return;
        }
        try {
            Files.writeString(file, read.epoch() + " " + read.sequence() + "\n", StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The file " + file + " cannot be written, so the next run begins where this one began.", e);
        }
    }
}
