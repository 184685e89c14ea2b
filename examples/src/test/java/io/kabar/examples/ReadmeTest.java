package io.kabar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code in the README is the code of the examples, which are compiled and run. */
class ReadmeTest {

    @ParameterizedTest
    @ValueSource(classes = {EmbeddedServer.class, EmbeddedClient.class})
    void shows_the_code_of_the_example(Class<?> example) throws IOException {
        Path root = root();
        String source = Files.readString(
                root.resolve("examples/src/main/java/io/kabar/examples/" + example.getSimpleName() + ".java"));
        String readme = Files.readString(root.resolve("README.md"));
        String shown = source.substring(
                        source.indexOf('\n', source.indexOf("// README: ")), source.indexOf("// README: end"))
                .stripIndent()
                .strip();
        assertThat(shown.lines().count()).isBetween(6L, 11L);
        assertThat(readme).contains(shown);
    }

    @Test
    void names_the_one_command_that_tests_everything() throws IOException {
        assertThat(Files.readString(root().resolve("README.md"))).contains("<!-- test-command -->");
    }

    /** Tests run in the module's folder. */
    private static Path root() {
        return Path.of("").toAbsolutePath().resolve("..").normalize();
    }
}
