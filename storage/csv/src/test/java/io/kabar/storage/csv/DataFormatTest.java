package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.RoomName;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFormatTest {

    @TempDir
    Path data;

    @Test
    void it_is_written_at_the_first_start_and_added_to_folders_of_the_first_version() throws IOException {
        DataFolder.open(data).close();
        assertThat(data.resolve("format")).hasContent("kabar 3");
        Files.delete(data.resolve("format"));
        DataFolder.open(data).close();
        assertThat(data.resolve("format")).hasContent("kabar 3");
        Files.writeString(data.resolve("format"), "\uFEFFkabar 1\r\n");
        DataFolder.open(data).close();
        assertThat(data.resolve("format")).hasContent("kabar 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kabar 4", "kabar 999999999", "", "kabar", "kabar \u0662", "kabar 3 ?", "two"})
    void a_newer_or_unknown_one_is_refused_before_anything_is_touched(String text) throws IOException {
        Files.createDirectories(data.resolve("rooms"));
        Path format = Files.writeString(data.resolve("format"), text);

        assertThatThrownBy(() -> DataFolder.open(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(data.toString());
        assertThatThrownBy(() -> new DataExport(data, Set.of(), null).jsonLines(new ByteArrayOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(data.toString());
        assertThat(format).hasContent(text);
        assertThat(data.resolve("lock")).doesNotExist();
    }

    @Test
    void archives_carry_it() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("one");
        }
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        new DataExport(data, Set.of(RoomName.LOBBY), null).archive(archive);

        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.toByteArray()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("format");
        }
    }
}
