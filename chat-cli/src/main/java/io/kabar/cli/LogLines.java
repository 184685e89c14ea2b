package io.kabar.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.kabar.chat.view.words.VisibleText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * {@code 2026-01-31T12:00:00.000Z DEBUG text}, in UTF-8. What a server or a peer said may stand in a line, or in the
 * message of an exception, and can neither begin a line nor make a terminal do anything that shows the file later.
 */
final class LogLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(160);
        text.append(Instant.ofEpochMilli(event.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(event.getLevel())
                .append(' ')
                .append(VisibleText.onOneLine(String.valueOf(event.getFormattedMessage())))
                .append('\n');
        if (event.getThrowableProxy() != null) {
            ThrowableProxyUtil.asString(event.getThrowableProxy())
                    .lines()
                    .forEach(line -> text.append("    ")
                            .append(VisibleText.onOneLine(line.strip()))
                            .append('\n'));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
