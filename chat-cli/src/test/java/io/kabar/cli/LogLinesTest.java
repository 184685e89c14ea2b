package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    private static final String HOSTILE = "\u001b]0;pwned\u0007\r\n2026-01-01T00:00:00.000Z DEBUG forged \u202e\u2028";

    private static String encoded(String message, @Nullable Throwable failure) {
        Logger logger = new LoggerContext().getLogger("x");
        LoggingEvent event = new LoggingEvent("x", logger, Level.DEBUG, message, failure, null);
        return new String(new LogLines().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void what_a_server_said_is_shown_and_never_acted_on() {
        for (String line : new String[] {
            encoded(HOSTILE, null), encoded("failed", new IOException(HOSTILE, new IOException(HOSTILE)))
        }) {
            assertThat(line.lines().filter(each -> each.startsWith("2026-01-01")))
                    .isEmpty();
            assertThat(line.codePoints().filter(c -> c != '\n'))
                    .noneMatch(c -> Character.isISOControl(c) || (c >= 0x2028 && c <= 0x202E));
        }
    }

    @Test
    void letters_of_every_script_are_kept_whatever_the_locale_is() {
        assertThat(encoded("Gr\u00fc\u00dfe \u5c0f\u660e", null)).endsWith("DEBUG Gr\u00fc\u00dfe \u5c0f\u660e\n");
    }
}
