package io.kabar.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * The log: one line an event, on stderr, without a configuration file and so without an XML parser at the start. A
 * {@code logback.xml} on the path, or {@code -Dlogback.configurationFile}, comes first for those who want another log.
 */
@ConfiguratorRank(StderrLog.BEHIND_FILES)
public final class StderrLog extends ContextAwareBase implements Configurator {

    /** Between logback's search for a file (0) and its last resort (-10). */
    static final int BEHIND_FILES = -5;

    /** Made by logback. */
    public StderrLog() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LineEncoder encoder = new LineEncoder();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(stderr);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Sets the level of Kabar's own loggers: error, warn, info, debug or trace. */
    public static void level(String level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("io.kabar").setLevel(Level.toLevel(level, Level.INFO));
        }
    }
}
