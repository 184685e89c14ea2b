/** The server as a program. */
@org.jspecify.annotations.NullMarked
// requires-automatic: tomlj has a reserved name, but no descriptor yet; module: io.kabar.swing is compiled later
@SuppressWarnings({"requires-automatic", "module"})
module io.kabar.daemon {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires transitive io.kabar.chat;
    requires transitive io.kabar.storage.csv;
    requires java.logging;
    // A configuration of the log that somebody names is XML.
    requires java.xml;
    // SIGHUP.
    requires jdk.unsupported;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static org.jspecify;
    requires org.slf4j;
    requires org.tomlj;

    exports io.kabar.daemon to
            io.kabar.swing;
    exports io.kabar.daemon.control to
            io.kabar.swing;

    opens io.kabar.daemon to
            info.picocli;

    // CSV files are one; others have only to be there.
    uses io.kabar.chat.spi.StorageProvider;

    provides ch.qos.logback.classic.spi.Configurator with
            io.kabar.daemon.log.StderrLog;
}
