/** The terminal client and its commands. */
@org.jspecify.annotations.NullMarked
module io.kabar.cli {
    requires ch.qos.logback.classic;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires io.kabar.chat;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static org.jspecify;
    requires org.slf4j;
}
