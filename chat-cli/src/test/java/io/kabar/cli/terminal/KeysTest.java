package io.kabar.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as terminals send them, typed into a line. */
class KeysTest {

    private static String typed(String keys) throws IOException {
        // Which is dumb only in that it is no device.
        try (Terminal terminal = new DumbTerminal(
                        "test",
                        "xterm",
                        new ByteArrayInputStream((keys + "\r").getBytes(StandardCharsets.UTF_8)),
                        new ByteArrayOutputStream(),
                        StandardCharsets.UTF_8);
                TerminalScreen screen = new TerminalScreen(new TabCompletion(), terminal)) {
            return screen.read("> ").orElse("");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'[1~', Home of PuTTY and tmux",
        "'[7~', Home of rxvt",
        "'[H', Home of xterm",
        "'OH', Home in application mode",
    })
    void home_goes_to_the_beginning(String sequence, String whose) throws IOException {
        assertThat(typed("b\u001b" + sequence + "a")).as(whose).isEqualTo("ab");
    }

    @ParameterizedTest
    @CsvSource({"'[4~'", "'[8~'", "'[F'", "'OF'"})
    void end_goes_to_the_end(String sequence) throws IOException {
        assertThat(typed("bc\u001b[Ha\u001b" + sequence + "d")).isEqualTo("abcd");
    }

    @Test
    void no_key_that_does_nothing_types_its_sequence() throws IOException {
        List<String> sequences =
                new ArrayList<>(List.of("[1;3A", "[1;5Q", "[Z", "[15~", "[24;5~", "[3;2~", "[29~", "OP", "Ow"));
        sequences.addAll(List.of("[I", "[E", "[1;16F", "j", "9", "="));
        StringBuilder keys = new StringBuilder("say ");
        sequences.forEach(sequence -> keys.append('\u001b').append(sequence));
        // Some of them move the cursor, and none leaves a trace.
        assertThat(typed(keys.toString())).isEqualTo("say ");
    }

    @ParameterizedTest
    @CsvSource({"'\u000f'", "'\u001ba'", "'\u001bA'"})
    void no_key_but_enter_sends(String key) throws IOException {
        assertThat(typed("half" + key + " and all")).isEqualTo("half and all");
    }
}
