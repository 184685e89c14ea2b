package io.kabar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.UserName;
import io.kabar.cli.Shell;
import io.kabar.cli.input.Action;
import io.kabar.cli.screen.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConfigTest {

    @TempDir
    Path folder;

    private ClientConfig read(String text) throws IOException {
        Path file = folder.resolve("config.toml");
        Files.writeString(file, text);
        return ClientConfig.read(file);
    }

    @Test
    void without_a_file_everything_is_as_usual() {
        assertThat(ClientConfig.read(folder.resolve("none"))).isEqualTo(ClientConfig.USUAL);
        assertThat(ClientConfig.USUAL.bindings().find("alt+a")).contains(Action.ACTIVE_ROOM);
    }

    @Test
    void a_first_file_explains_everything_and_sets_nothing() throws IOException {
        Path file = folder.resolve("new").resolve("config.toml");
        ClientConfig.init(file);
        assertThat(ClientConfig.read(file)).isEqualTo(ClientConfig.USUAL);
        assertThat(Files.readString(file).lines()).allMatch(line -> line.length() <= 120);
        // Every setting that is shown holds when its mark is taken away.
        String set = Files.readString(file).replaceAll("(?m)^# (theme|bell|mouse|ignore|\\[|\"|link|user|room)", "$1");
        ClientConfig all = read(set);
        assertThat(all.ignored()).containsExactly(UserName.of("somebody"));
        assertThat(all.bindings().find("f2")).contains(Action.ACTIVE_ROOM);
        assertThat(all.bindings().find("alt+a")).isEmpty();
        assertThat(all.profiles()).containsOnlyKeys("work");
        assertThatThrownBy(() -> ClientConfig.init(file)).hasMessageEndingWith("is there already.");
    }

    @Test
    void settings_hold() throws IOException {
        ClientConfig config = read("""
                theme = "dark"
                bell = false
                mouse = true
                [servers.home]
                link = "localhost:4000"
                user = "ada"
                room = "ops"
                """);
        assertThat(config.theme()).isEqualTo(Theme.DARK);
        assertThat(config.bell()).isFalse();
        assertThat(config.mouse()).isTrue();
        assertThat(config.profiles())
                .containsOnlyKeys("home")
                .allSatisfy((name, home) -> assertThat(home.user()).contains(UserName.of("ada")));
    }

    @Test
    void all_that_is_wrong_is_told_at_once_by_line() {
        assertThatThrownBy(() -> read("""
                        theme = "pink"
                        bell = 1
                        colour = true
                        ignore = ["a b"]
                        [keys]
                        "f2" = "fly"
                        [servers.work]
                        user = "ada"
                        [servers.home]
                        link = "0.0.0.0"
                        """))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(
                        wrong -> assertThat(String.valueOf(wrong.getMessage()).lines())
                                .hasSize(7)
                                .anyMatch(line -> line.endsWith("config.toml:1: 'pink' cannot be used as theme."))
                                .anyMatch(line -> line.endsWith("config.toml:2: bell is true or false."))
                                .anyMatch(line -> line.endsWith("config.toml:3: There is no setting 'colour'."))
                                .anyMatch(line -> line.endsWith("config.toml:6: 'fly' is nothing that a key can do."))
                                .anyMatch(line -> line.endsWith("servers.work has no link.")));
    }

    @Test
    void the_command_writes_it_and_tells_what_is_wrong() throws IOException {
        Shell shell = new Shell(folder);
        assertThat(shell.run("config", "--init")).isZero();
        assertThat(shell.run("config", "--init")).isEqualTo(1);
        assertThat(shell.run("config")).isZero();
        Files.writeString(folder.resolve("config").resolve("config.toml"), "bell = 1\n");
        assertThat(shell.run("config")).isEqualTo(64);
        assertThat(shell.err()).contains("config.toml:1: bell is true or false.");
    }
}
