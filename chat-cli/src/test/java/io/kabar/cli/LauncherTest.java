package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code kabar}, with a program in place of Java that tells how it was started. */
@DisabledOnOs(OS.WINDOWS) // no shell
class LauncherTest {

    private static final Path SCRIPT = Path.of("..", "kabar");

    /** Tells for each standard descriptor whether it is open, and whether it can be used in its direction. */
    private static final String JAVA = """
            #!/bin/sh
            exec 4>"$SEEN"
            (: 3<&0) 2>/dev/null && echo 'in open' >&4
            (: 3>&1) 2>/dev/null && echo 'out open' >&4
            (: 3>&2) && echo 'err open' >&4
            (cat <&0 >/dev/null) 2>/dev/null && echo 'in readable' >&4
            (echo x >&1) 2>/dev/null && echo 'out writable' >&4
            echo "charmap $(locale charmap)" >&4
            for word in "$@"; do echo "word $word" >&4; done
            """;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = install(folder.resolve("with a space"));
    }

    /** A folder that looks built. */
    private Path install(Path where) throws IOException {
        Files.createDirectories(where.resolve("jdk/bin"));
        Files.copy(SCRIPT, where.resolve("kabar"), StandardCopyOption.COPY_ATTRIBUTES);
        Path java = Files.writeString(where.resolve("jdk/bin/java"), JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(where.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        for (String app : List.of("chat-cli", "chat-server", "chat-swing", "chat-bench")) {
            Files.createDirectories(where.resolve("target/kabar/" + app + ".1"));
            Files.writeString(where.resolve("target/kabar/" + app), app + ".1");
        }
        return where;
    }

    private record Ended(int code, List<String> seen, String err) {}

    /** Runs {@code words} behind the script's name, as a shell reads them. */
    private Ended run(String words, Map<String, String> environment) throws Exception {
        Path seen = folder.resolve("seen");
        Files.deleteIfExists(seen);
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "exec \"$SCRIPT\" " + words)
                .redirectInput(
                        Files.write(folder.resolve("nothing"), new byte[0]).toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().put("SCRIPT", home.resolve("kabar").toString());
        builder.environment().put("SEEN", seen.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(), Files.exists(seen) ? Files.readAllLines(seen) : List.of(), Files.readString(err));
    }

    @Test
    void a_program_has_the_descriptors_it_was_given() throws Exception {
        assertThat(run("chat host", Map.of()).seen())
                .contains("in open", "out open", "err open", "in readable", "out writable")
                .contains("word io.kabar.cli/io.kabar.cli.Main", "word chat", "word host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"})
    void a_closed_descriptor_is_never_left_to_the_next_file(String closing) throws Exception {
        for (String command : List.of("chat", "server", "desktop", "bench")) {
            List<String> seen = run(command + " " + closing, Map.of()).seen();
            assertThat(seen).as(command).contains("in open", "out open", "err open");
            assertThat(seen.contains("in readable")).isEqualTo(!closing.contains("<&-"));
            assertThat(seen.contains("out writable"))
                    .isEqualTo(!closing.contains(" >&-") && !closing.startsWith(">&-"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -",
                "C, -, -",
                "POSIX, -, -",
                "xx_XX.UTF-8, -, -",
                "xx_XX.ISO-8859-1, -, -",
                "nonsense, -, -",
                "C.UTF-8, C, -",
                "C.UTF-8, -, xx_XX.UTF-8",
                "-, xx_XX.UTF-8, -",
                "C.UTF-8, -, -",
            })
    void whatever_the_locale_is_called_umlauts_arrive(String lang, String ctype, String all) throws Exception {
        Map<String, String> environment = new HashMap<>();
        if (lang != null) {
            environment.put("LANG", lang);
        }
        if (ctype != null) {
            environment.put("LC_CTYPE", ctype);
        }
        if (all != null) {
            environment.put("LC_ALL", all);
        }
        assertThat(run("send host Grüße", environment).seen()).contains("charmap UTF-8", "word Grüße");
    }

    /** Whatever a folder may be called, and by whatever chain of links the script is found. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two  spaces",
                "it's",
                "say \"hi\"",
                "back\\slash",
                "$HOME",
                "`id`",
                "a*b?[c]",
                "-rf",
                "x;y&z|",
                "(p)",
                "#hash",
                "~",
                "größe 小明",
                "tab\there"
            })
    void a_folder_may_be_called_as_it_likes_and_be_found_through_links(String name) throws Exception {
        home = install(folder.resolve(name));
        Path real = home.toRealPath();
        Path links = Files.createDirectories(folder.resolve("links: of '" + name.replace(':', ' ') + "'"));
        Path absolute = Files.createSymbolicLink(links.resolve("absolute"), home.resolve("kabar"));
        Path relative = Files.createSymbolicLink(links.resolve("relative"), Path.of("absolute"));
        Path through = Files.createSymbolicLink(links.resolve("folder"), home);
        Path chain = Files.createSymbolicLink(folder.resolve("chain"), folder.relativize(relative));
        for (Path script : List.of(home.resolve("kabar"), absolute, relative, through.resolve("kabar"), chain)) {
            Ended ended = run("chat 'a  b' '*'", Map.of("SCRIPT", script.toString(), "CDPATH", "/tmp"));
            assertThat(ended.err()).as("%s", script).isEmpty();
            assertThat(ended.code()).isZero();
            assertThat(ended.seen()).contains("word " + real.resolve("target/kabar/chat-cli.1"), "word a  b", "word *");
        }
    }

    @Test
    void a_colon_in_the_path_is_said_in_a_sentence() throws Exception {
        home = install(folder.resolve("a:b"));
        Ended ended = run("chat host", Map.of());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("has a ':' in its name").hasLineCount(1);
        assertThat(ended.seen()).isEmpty();
    }
}
