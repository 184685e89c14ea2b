package io.kabar.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    @Test
    void a_stack_trace_for_those_who_debug_is_as_harmless_as_everything_else() {
        String forged = "x\n1970-01-01T00:00:01Z INFO  forged\r\u001b[31m\u202e\u2028\u0007\u009b31m";
        IllegalStateException cause = new IllegalStateException(forged, new IOException(forged));
        cause.addSuppressed(new IllegalArgumentException(forged));
        cause.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.B" + forged, "c", forged, 1)});
        RuntimeException thrown = new RuntimeException(forged, cause);
        logger.setLevel(Level.DEBUG);
        try {
            String text = line("failed", thrown);
            assertThat(text.replace(System.lineSeparator(), ""))
                    .matches(printed -> printed.codePoints().noneMatch(LineEncoderTest::acts));
            List<String> lines = text.lines().toList();
            assertThat(lines.get(0))
                    .startsWith("1970-01-01T00:00:01Z WARN  failed (java.lang.RuntimeException: x?1970");
            assertThat(lines.subList(1, lines.size()))
                    .hasSizeGreaterThan(6)
                    .allMatch(line -> line.startsWith("    "))
                    .anyMatch(line -> line.startsWith("    Caused by: java.lang.IllegalStateException: x?1970"))
                    .anyMatch(line -> line.startsWith("    Caused by: java.io.IOException: x?1970"))
                    .anyMatch(line -> line.startsWith("        Suppressed: java.lang.IllegalArgumentException: x?1970"))
                    .anyMatch(line -> line.contains("io.kabar.daemon.log.LineEncoderTest."));
        } finally {
            logger.setLevel(null);
        }
    }

    @Test
    void causes_in_a_circle_end() {
        IllegalStateException one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));
        logger.setLevel(Level.DEBUG);
        try {
            assertThat(line("failed", one).lines()).anyMatch(line -> line.contains("two"));
        } finally {
            logger.setLevel(null);
        }
    }

    private static boolean acts(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
