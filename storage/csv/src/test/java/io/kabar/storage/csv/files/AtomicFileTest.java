package io.kabar.storage.csv.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void a_file_is_replaced_whole() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, "one");
        AtomicFile.write(file, "two");

        assertThat(file).hasContent("two");
        try (var all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void what_a_link_leads_to_is_replaced_and_the_link_stays() throws IOException {
        Path file = Files.writeString(
                Files.createDirectory(folder.resolve("mounted")).resolve("file"), "one");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        AtomicFile.write(link, "two");

        assertThat(link).isSymbolicLink().hasContent("two");
        assertThat(file).hasContent("two");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_link_to_nothing_is_not_written_over() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));

        assertThatThrownBy(() -> AtomicFile.write(link, "two")).isInstanceOf(IOException.class);
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("nothing")).doesNotExist();
    }
}
