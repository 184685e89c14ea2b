package io.kabar.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import org.slf4j.LoggerFactory;

/**
 * The log: one line an event, on stderr, without a configuration file and so without an XML parser at the start.
 * Whoever wants another one names Logback's file with {@code -Dlogback.configurationFile}.
 */
public final class StderrLog extends ContextAwareBase implements Configurator {

    private static final String FILE = "logback.configurationFile";

    /** Made by logback. */
    public StderrLog() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        String file = System.getProperty(FILE, "");
        if (file.isEmpty() || !configure(context, file)) {
            toStderr(context);
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Whether the file could be used. */
    private static boolean configure(LoggerContext context, String file) {
        try {
            JoranConfigurator logback = new JoranConfigurator();
            logback.setContext(context);
            logback.doConfigure(file);
            return true;
        } catch (JoranException | LinkageError e) {
            context.reset();
            System.err.println("The configuration of the log, " + file + ", cannot be used; the log is written here.");
            return false;
        } finally {
            // What it thinks of the file would go to stdout, which belongs to the ready line and to copies.
            context.getStatusManager().add(new NopStatusListener());
        }
    }

    private static void toStderr(LoggerContext context) {
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
    }

    /** Leaves out what is told by other means; warnings stay. */
    public static void warningsOnly(Class<?> logger) {
        if (System.getProperty(FILE, "").isEmpty()
                && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(logger).setLevel(Level.WARN);
        }
    }

    /**
     * Sets the level of Kabar's own loggers: error, warn, info, debug or trace. A file of somebody's own says it
     * itself.
     */
    public static void level(String level) {
        if (System.getProperty(FILE, "").isEmpty()
                && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("io.kabar").setLevel(Level.toLevel(level, Level.INFO));
        }
    }
}
