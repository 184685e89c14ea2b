package io.kabar.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kabar.cli.KabarProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTypeTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "xterm-256color", "screen", "ansi"})
    void a_known_terminal_is_driven_as_what_it_is(String term) {
        TerminalType type = TerminalType.of(term);
        assertThat(type.driven()).contains(term);
        assertThat(type.complaint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm-of-next-year", "tmux-of-next-year", "screen.of-next-year"})
    void one_that_is_named_after_a_known_one_is_driven_as_that(String term) {
        assertThat(TerminalType.of(term).canMoveCursor()).isTrue();
        assertThat(TerminalType.of(term).complaint()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "no-such-terminal", "-x", "../../etc/passwd", " ", "a b", "\u001b]0;x\u0007", "x;y", "$(id)"
            })
    void any_other_prints_lines_and_says_why_in_a_sentence(String term) {
        TerminalType type = TerminalType.of(term);
        assertThat(type.canMoveCursor()).isFalse();
        assertThat(type.complaint().orElseThrow())
                .matches("[\\x20-\\x7e]+, so lines are printed one after the other\\.");
    }

    @Test
    void a_dumb_one_needs_no_words() {
        assertThat(TerminalType.of("dumb").canMoveCursor()).isFalse();
        assertThat(TerminalType.of("dumb").complaint()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // a locale of the C library
    void letters_that_the_locale_cannot_read_are_neither_sent_nor_made_a_name() throws Exception {
        assumeThat(System.getProperty("sun.jnu.encoding")).isEqualTo("UTF-8"); // or this process cannot say it
        try (KabarProcess process = new KabarProcess(folder)
                .with("LC_ALL", "C")
                .start("send", "127.0.0.1:1", "-u", "ada", "Gr\u00fc\u00dfe")) {
            assertThat(process.awaitExit()).isEqualTo(64);
            assertThat(process.err())
                    .startsWith("kabar: What was typed has letters")
                    .hasLineCount(1);
        }
    }
}
