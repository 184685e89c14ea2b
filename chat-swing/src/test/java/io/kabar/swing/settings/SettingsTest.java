package io.kabar.swing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.swing.look.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void what_is_written_is_read_again() {
        Path file = folder.resolve("kabar/desktop.properties");
        Settings settings = new Settings(Theme.Choice.DARK, "kabar://localhost:2120#key", "ada");

        settings.write(file);

        assertThat(Settings.read(file)).isEqualTo(settings);
    }

    @Test
    void missing_or_damaged_file_means_the_defaults() throws IOException {
        Path damaged = folder.resolve("damaged");
        Files.writeString(damaged, "theme=plaid\nname=\\u00");

        assertThat(Settings.read(folder.resolve("none"))).isEqualTo(Settings.defaults());
        assertThat(Settings.read(damaged).theme()).isEqualTo(Theme.Choice.AUTO);
    }
}
