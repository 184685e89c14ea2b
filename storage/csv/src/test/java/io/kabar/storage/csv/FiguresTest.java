package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * What a long history costs; prints figures and asserts none. A million events: {@code ./mvnw test -pl storage/csv -am
 * -Dtest=FiguresTest -Dsurefire.failIfNoSpecifiedTests=false -Dkabar.figures.events=1000000}.
 */
class FiguresTest {

    private static final int EVENTS = Integer.getInteger("kabar.figures.events", 20_000);
    private static final int BATCH = 5_000;

    /** On a disk: it may be told to be large. */
    @TempDir(factory = TempDirFactory.Standard.class)
    Path data;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void a_long_history_is_started_from_and_read_in_little_memory() throws Exception {
        fill();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                Path.of("target", "test-classes").toString(),
                                System.getProperty("jdk.module.path", ""),
                                System.getProperty("java.class.path")),
                        JournalFigures.class.getName(),
                        data.toString(),
                        Integer.toString(EVENTS)))
                .redirectErrorStream(true)
                .start();
        String figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(figures).isZero();
        System.out.println(figures.replaceAll("(?m)^", "  "));
        assertThat(figures).contains("heap in use afterwards", "which reads everything once");
    }

    private void fill() throws IOException {
        long begin = System.nanoTime();
        try (OpenJournal journal = new OpenJournal(data)) {
            for (int i = 1; i <= EVENTS; i++) {
                journal.propose(
                        OpenJournal.said(RoomName.LOBBY, "Message number " + i + ", of the usual length, \"quoted\"."));
                if (i % BATCH == 0 || i == EVENTS) {
                    journal.answers.next(i % BATCH == 0 ? BATCH : i % BATCH);
                }
            }
        }
        System.out.printf("%,d events written in %.1f s%n", EVENTS, (System.nanoTime() - begin) / 1e9);
    }
}
