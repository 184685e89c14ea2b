package io.kabar.daemon.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.LoggerFactory;

/**
 * {@code 2026-01-31T12:00:00.000Z INFO  text}. Nothing a peer names itself can begin a new line or colour the
 * terminal; stack traces are for those who debug.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        String time = Instant.ofEpochMilli(event.getTimeStamp())
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        line.append(time).append(' ').append(event.getLevel());
        line.append(event.getLevel().toString().length() < 5 ? "  " : " ");
        appendHarmless(line, event.getFormattedMessage());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            appendHarmless(line, " (" + thrown.getClassName() + ": " + thrown.getMessage() + ")");
        }
        line.append(System.lineSeparator());
        if (thrown != null && LoggerFactory.getLogger(event.getLoggerName()).isDebugEnabled()) {
            appendTrace(line, "", thrown, 1);
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Every line begins with a blank, as no event does: a message with line breaks in it stays on its own. */
    private static void appendTrace(StringBuilder lines, String what, IThrowableProxy thrown, int depth) {
        String indent = " ".repeat(4 * depth);
        appendLine(lines, indent + what + thrown.getClassName() + ": " + thrown.getMessage());
        if (thrown.isCyclic()) {
            return;
        }
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        for (int i = 0; i < frames.length - thrown.getCommonFrames(); i++) {
            appendLine(lines, indent + "    " + frames[i].getSTEAsString());
        }
        if (thrown.getCommonFrames() > 0) {
            appendLine(lines, indent + "    ... " + thrown.getCommonFrames() + " as above");
        }
        for (IThrowableProxy suppressed : thrown.getSuppressed()) {
            appendTrace(lines, "Suppressed: ", suppressed, depth + 1);
        }
        if (thrown.getCause() != null) {
            appendTrace(lines, "Caused by: ", thrown.getCause(), depth);
        }
    }

    private static void appendLine(StringBuilder lines, String text) {
        appendHarmless(lines, text);
        lines.append(System.lineSeparator());
    }

    private static void appendHarmless(StringBuilder line, String text) {
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean harmful = Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            line.appendCodePoint(harmful ? '?' : c);
        });
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
