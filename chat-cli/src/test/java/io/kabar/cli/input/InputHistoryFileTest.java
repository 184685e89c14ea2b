package io.kabar.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputHistoryFileTest {

    @TempDir
    Path folder;

    private InputHistoryFile file() {
        return new InputHistoryFile(folder.resolve("state").resolve("input_history"));
    }

    @Test
    void what_was_written_is_there_at_the_next_start() throws IOException {
        try (InputHistoryFile first = file()) {
            first.history().add("one");
            first.history().add("two\nlines with a \\ and \\n");
        }
        InputHistoryFile second = file();
        assertThat(second.history().all()).containsExactly("one", "two\nlines with a \\ and \\n");
        assertThat(second.history().older("")).contains("two\nlines with a \\ and \\n");
        Path kept = folder.resolve("state").resolve("input_history");
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void two_at_a_time_take_nothing_from_each_other() {
        InputHistoryFile one = file();
        InputHistoryFile other = file();
        one.history().add("of one");
        other.history().add("of the other");
        one.close();
        one.close();
        other.close();
        assertThat(file().history().all()).containsExactly("of one", "of the other");
    }

    @Test
    void a_file_that_cannot_be_read_is_no_history() throws IOException {
        Files.createDirectories(folder.resolve("state").resolve("input_history"));
        InputHistoryFile none = file();
        none.history().add("a");
        none.close();
        assertThat(none.history().all()).containsExactly("a");
    }
}
