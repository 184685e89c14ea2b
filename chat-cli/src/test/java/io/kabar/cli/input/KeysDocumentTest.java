package io.kabar.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of keys in {@code docs/terminal.md} is that of the program. */
class KeysDocumentTest {

    @Test
    void the_document_has_each_key() throws IOException {
        assertThat(Files.readString(Path.of("../docs/terminal.md")).replace("\r\n", "\n"))
                .contains(table());
    }

    @Test
    void no_key_is_bound_twice() {
        assertThat(Arrays.stream(Action.values()).flatMap(action -> action.keys().stream()))
                .doesNotHaveDuplicates();
    }

    private static String table() {
        return Arrays.stream(Action.values())
                .filter(action -> action != Action.FOCUS && action != Action.BLUR && action != Action.NONE)
                .map(action -> "| "
                        + action.keys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(" ")) + " | "
                        + action.word() + " | " + action.help() + " |\n")
                .collect(Collectors.joining());
    }
}
