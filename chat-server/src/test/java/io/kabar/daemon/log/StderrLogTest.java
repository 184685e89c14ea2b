package io.kabar.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StderrLogTest {

    @TempDir
    Path folder;

    private final LoggerContext context = new LoggerContext();

    private Logger configured() {
        context.setMDCAdapter(new LogbackMDCAdapter()); // without it, events are dropped
        StderrLog log = new StderrLog();
        log.setContext(context);
        log.configure(context);
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @AfterEach
    void stop() {
        System.clearProperty("logback.configurationFile");
        context.stop();
    }

    @Test
    void by_itself_it_writes_to_stderr() {
        Logger root = configured();
        assertThat(root.getLevel()).isEqualTo(Level.INFO);
        assertThat(root.iteratorForAppenders()).toIterable().hasSize(1);
    }

    @Test
    void a_file_of_somebodys_own_comes_first() throws IOException {
        Path log = folder.resolve("own.log");
        Path file = Files.writeString(folder.resolve("own.xml"), """
                <configuration>
                  <appender name="F" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file><encoder><pattern>own %%msg%%n</pattern></encoder>
                  </appender>
                  <root level="TRACE"><appender-ref ref="F"/></root>
                </configuration>
                """.formatted(log));
        System.setProperty("logback.configurationFile", file.toString());
        configured().trace("line");
        assertThat(context.getLogger("io.kabar").getEffectiveLevel()).isEqualTo(Level.TRACE);
        context.stop(); // which writes what waits
        assertThat(log).hasContent("own line");
    }

    @Test
    void a_file_that_is_not_there_or_makes_no_sense_costs_nobody_the_log() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense.xml"), "<configuration><root level");
        for (Path file : new Path[] {nonsense, folder.resolve("none.xml")}) {
            System.setProperty("logback.configurationFile", file.toString());
            Logger root = configured();
            assertThat(root.iteratorForAppenders()).toIterable().hasSize(1);
            // Or Logback itself tells stdout.
            assertThat(context.getStatusManager().getCopyOfStatusListenerList()).isNotEmpty();
            context.reset();
        }
    }
}
