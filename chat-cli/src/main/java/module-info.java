/** The terminal client and its commands. */
@org.jspecify.annotations.NullMarked
// requires-automatic: tomlj has a reserved name, but no descriptor yet
@SuppressWarnings("requires-automatic")
module io.kabar.cli {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires io.kabar.chat;
    requires java.logging;
    // A configuration of the log that somebody names is XML.
    requires java.xml;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static org.jspecify;
    requires org.slf4j;
    requires org.tomlj;

    // Options are fields that picocli sets.
    opens io.kabar.cli to
            info.picocli;
    opens io.kabar.cli.chat to
            info.picocli;
    opens io.kabar.cli.command to
            info.picocli;
    opens io.kabar.cli.config to
            info.picocli;
    opens io.kabar.cli.connect to
            info.picocli;
    opens io.kabar.cli.demo to
            info.picocli;
    opens io.kabar.cli.script to
            info.picocli;
}
