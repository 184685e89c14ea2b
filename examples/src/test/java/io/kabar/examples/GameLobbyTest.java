package io.kabar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GameLobbyTest {

    private static final Pattern SHOWN = Pattern.compile("// embedding: \\w+\\R(.*?)// embedding: end", Pattern.DOTALL);

    private static final List<String> SOURCES = List.of(
            "main/java/io/kabar/examples/GameLobby.java",
            "main/java/io/kabar/examples/desk/SupportDesk.java",
            "main/java/io/kabar/examples/panel/PanelProgram.java",
            "test/java/io/kabar/examples/GameLobbyKitTest.java");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // it waits for what may never come if something is wrong
    void teams_play_by_values_and_signals_and_a_cheater_is_put_out() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();

        new GameLobby(lines::add).play();

        assertThat(lines)
                .containsExactly(
                        "bob finds: waiting",
                        "bob at the door of red: That is the room of the other team.",
                        "ada finds: nothing",
                        "eve finds: nothing",
                        "eve sees ada at 7",
                        "eve is out: Nobody is that fast.",
                        "bob is told: red has won",
                        "kai finds: red has won");
    }

    @Test
    void document_for_embedders_shows_this_code() throws Exception {
        Path root = Path.of("").toAbsolutePath().resolve("..").normalize();
        String source = "";
        for (String file : SOURCES) {
            source += Files.readString(root.resolve("examples/src").resolve(file));
        }
        String document = Files.readString(root.resolve("docs/embedding.md"));
        Matcher shown = SHOWN.matcher(source);
        int found = 0;
        while (shown.find()) {
            assertThat(document).contains(shown.group(1).stripIndent().strip());
            found++;
        }
        assertThat(found).isGreaterThan(9);
    }
}
