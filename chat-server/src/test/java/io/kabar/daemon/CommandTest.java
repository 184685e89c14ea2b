package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void help_and_version_go_to_stdout() {
        assertThat(run("server", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: kabar server", "--durability", "KABAR_SERVER_PASSWORD");
        assertThat(run("server", "--version")).isZero();
        assertThat(out.toString()).contains("kabar ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void wrong_usage_is_64_in_a_sentence() {
        assertThat(run("server", "--prot")).isEqualTo(64);
        assertThat(err.toString()).contains("--prot", "Try 'kabar server --help'");
        assertThat(run("swerver")).isEqualTo(64);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_check_starts_nothing() throws Exception {
        Path folder = data.resolve("none");

        assertThat(run("server", "--check", "--data", folder.toString())).isZero();
        assertThat(out.toString().strip()).isEqualTo("config ok");
        assertThat(folder).doesNotExist();

        Path config = Files.writeString(data.resolve("kabar.toml"), "port = 'x'\n");
        assertThat(run("server", "--check", "--data", data.toString())).isEqualTo(64);
        assertThat(err.toString()).contains(config + ":1:1: port must be a number");
    }

    @Test
    void a_folder_that_cannot_be_used_is_1_in_a_sentence() throws Exception {
        Path file = Files.createFile(data.resolve("file"));

        assertThat(run("server", "-p", "0", "--data", file.toString())).isEqualTo(1);
        assertThat(err.toString().strip())
                .matches("The data folder .* cannot be used: there is a file of that name\\.");
    }
}
