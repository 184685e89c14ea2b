package io.kabar.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LineEncoderTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.kabar.test");

    private String line(String text, @Nullable Throwable thrown) {
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, text, thrown, null);
        event.setTimeStamp(1_000);
        return new String(new LineEncoder().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void an_event_is_one_line() {
        assertThat(line("text", null)).isEqualTo("1970-01-01T00:00:01Z WARN  text" + System.lineSeparator());
    }

    @Test
    void what_a_peer_calls_itself_cannot_begin_a_line_or_colour_the_terminal() {
        assertThat(line("a\nb\r\u001b[31m\u202ec\u2028", null).strip()).endsWith("WARN  a?b??[31m?c?");
    }

    @Test
    void an_exception_is_told_without_its_stack() {
        assertThat(line("failed", new IllegalStateException("why")).lines())
                .singleElement()
                .asString()
                .endsWith("failed (java.lang.IllegalStateException: why)");
    }
}
