package io.kabar.swing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.process.StandardOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"desktop", "monitor"})
    void without_a_display_one_sentence_is_said(String command) {
        assertThat(run(command)).isEqualTo(1);
        assertThat(err.toString()).contains("no display").hasLineCount(1);
    }

    @Test
    void wrong_usage_is_said_and_has_its_exit_code() {
        assertThat(run("desktop", "--wrong")).isEqualTo(Main.WRONG_USAGE);
        assertThat(err.toString()).contains("--wrong").doesNotContain("Exception");
    }

    @Test
    void a_port_that_is_none_is_wrong_usage_also_without_a_display() {
        assertThat(run("monitor", "-p", "x")).isEqualTo(Main.WRONG_USAGE);
        assertThat(err.toString()).contains("port").doesNotContain("display");
    }

    @Test
    void invitation_with_a_slip_in_it_is_wrong_usage() {
        assertThat(run("desktop", "kabar://localhost:99999")).isEqualTo(Main.WRONG_USAGE);
        assertThat(err.toString()).contains("A port is a number");
    }

    @Test
    void without_a_word_it_says_which_there_are() {
        assertThat(run()).isEqualTo(Main.WRONG_USAGE);
        assertThat(err.toString()).contains("desktop").contains("monitor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"desktop", "monitor"})
    void help_needs_no_display(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: kabar " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"desktop", "monitor"})
    void help_that_a_full_disk_did_not_take_is_said_and_not_0(String command) {
        PrintWriter full = StandardOutput.to(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                StandardCharsets.UTF_8);
        assertThat(Main.run(full, new PrintWriter(err, true), Optional::empty, command, "--help"))
                .isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("kabar: Standard output cannot be written: No space left on device.");
    }

    private int run(String... words) {
        return Main.run(
                new PrintWriter(out, true), new PrintWriter(err, true), () -> Optional.of("DISPLAY is not set"), words);
    }
}
