package io.kabar.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.NopStatusListener;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: nowhere, or to a file, or where a file named by {@code -Dlogback.configurationFile} says. Never
 * to the terminal by themselves, which belongs to the chat.
 */
final class Logs {

    private static final String FILE = "logback.configurationFile";

    private Logs() {}

    /** Called first of all: what Logback sets up by itself would print to stdout. */
    static void silence() {
        System.setProperty("logback.statusListenerClass", NopStatusListener.class.getName());
        Logger root = root();
        String file = System.getProperty(FILE, "");
        if (file.isEmpty()) {
            root.setLevel(Level.OFF);
            return;
        }
        try {
            JoranConfigurator logback = new JoranConfigurator();
            logback.setContext(root.getLoggerContext());
            logback.doConfigure(file);
        } catch (JoranException | LinkageError e) {
            root().setLevel(Level.OFF);
            System.err.println("kabar: The configuration of the log, " + file + ", cannot be used; there is no log.");
        }
    }

    /** Whether the file can be written. */
    static boolean toFile(Path file) {
        boolean configured = !System.getProperty(FILE, "").isEmpty();
        Logger root = configured ? existingRoot() : root();
        LoggerContext context = root.getLoggerContext();
        LogLines encoder = new LogLines();
        encoder.setContext(context);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.DEBUG);
        return appender.isStarted();
    }

    private static Logger root() {
        existingRoot().getLoggerContext().reset();
        return existingRoot();
    }

    private static Logger existingRoot() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
