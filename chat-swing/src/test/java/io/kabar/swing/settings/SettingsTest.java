package io.kabar.swing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.swing.look.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void what_is_written_is_read_again() {
        Path file = folder.resolve("kabar/desktop.properties");
        Settings settings = Settings.defaults()
                .with(Theme.Choice.DARK, 150)
                .notifying(false)
                .at(new Settings.WindowPlace(-5, 10, 800, 600))
                .visiting("chat.example.org", "bob", List.of())
                .visiting("kabar://localhost:2120#key", "ada", List.of("ops", "@3+17"));

        settings.write(file);

        assertThat(Settings.read(file)).isEqualTo(settings);
    }

    @Test
    void missing_or_damaged_file_means_the_defaults() throws IOException {
        Path damaged = folder.resolve("damaged");
        Files.writeString(damaged, "theme=plaid\nname=\\u00");
        Path odd = folder.resolve("odd");
        Files.writeString(odd, "zoom=10000\nwindow=1 2 x\nvisit.2.server=a.b\n");

        assertThat(Settings.read(folder.resolve("none"))).isEqualTo(Settings.defaults());
        assertThat(Settings.read(damaged).theme()).isEqualTo(Theme.Choice.AUTO);
        assertThat(Settings.read(odd).zoom()).isEqualTo(Settings.LARGEST);
        assertThat(Settings.read(odd).window()).isEmpty();
        assertThat(Settings.read(odd).visits()).containsExactly(new Settings.Visit("a.b", "", List.of()));
    }

    @Test
    void where_one_was_last_comes_first_and_once() {
        Settings settings = Settings.defaults()
                .visiting("a", "ada", List.of("x"))
                .visiting("b", "ada", List.of())
                .visiting("a", "ada", List.of("y"));
        assertThat(settings.visits())
                .containsExactly(
                        new Settings.Visit("a", "ada", List.of("y")), new Settings.Visit("b", "ada", List.of()));
        assertThat(settings.rooms("a", "ada")).containsExactly("y");
        assertThat(settings.rooms("a", "bob")).isEmpty();
    }
}
