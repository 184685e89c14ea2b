package io.kabar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(120)
class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_small_run_at_a_fixed_rate_reports_everything() throws Exception {
        List<Path> before = folders();
        int code = run("--sessions=20 --rooms=2 --senders=3 --rate=200 --warmup=0 --duration=1 --idle=1 --json");
        assertThat(code).as(err::toString).isZero();
        assertThat(err.toString()).isEmpty();
        String json = out.toString();
        assertThat(json.lines()).hasSize(1);
        assertThat(json)
                .contains("\"lost\":0,\"doubled\":0,\"disordered\":0,\"latency_ms\":{\"p50\":")
                .contains("\"settings\":{\"server\":\"own, \",\"sessions\":20,\"rooms\":2,\"senders\":3,\"size\":100,")
                .doesNotContain("\"deliveries\":0");
        for (String figure : List.of(
                "deliveries_per_s",
                "server_cpu_us_per_delivery",
                "datagrams_per_delivery",
                "bytes_per_delivery",
                "logins_per_s",
                "server_cpu_us_per_login",
                "idle_cpu_ms_per_s",
                "versions")) {
            assertThat(json).contains("\"" + figure + "\":").doesNotContain("\"" + figure + "\":null");
        }
        assertThat(json).contains("\"server_rss_mib\":", "\"heap_bytes_per_session\":");
        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void a_full_run_of_one_session_prints_a_line_for_each_figure() {
        int code = run("--sessions=1 --full --warmup=0 --duration=1 --idle=0");
        assertThat(code).as(err::toString).isZero();
        assertThat(out.toString())
                .containsPattern("deliveries +[1-9]")
                .containsPattern("lost +0")
                .containsPattern("heap bytes per session +-")
                .containsPattern("idle cpu ms per s +-");
    }

    @Test
    void a_server_that_is_not_there_is_a_sentence() {
        int code = run("kabar://127.0.0.1:9 --sessions=1");
        assertThat(code).isEqualTo(BenchCommand.FAILED);
        assertThat(err.toString().strip())
                .endsWith(".")
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--sessions=0",
                "--sessions=10 --rooms=11",
                "--sessions=10 --rooms=2 --senders=6",
                "--size=15",
                "--size=4097",
                "--rate=0",
                "--rate=5 --full",
                "--duration=0",
                "--warmup=-1",
                "--sessions=many",
                "nonsense",
                "--nonsense"
            })
    void wrong_usage_is_a_sentence_and_starts_nothing(String arguments) {
        assertThat(run(arguments)).isEqualTo(BenchCommand.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).endsWith("Try 'kabar bench --help'." + System.lineSeparator());
        assertThat(err.toString()).doesNotContain("Exception").hasLineCount(2);
    }

    private int run(String arguments) {
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(("bench " + arguments).split(" "));
    }

    private static List<Path> folders() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("kabar-bench"))
                    .sorted()
                    .toList();
        }
    }
}
