/** The server as a program. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // tomlj has a reserved name, but no descriptor yet
module io.kabar.daemon {
    requires ch.qos.logback.classic;
    requires info.picocli;
    requires io.kabar.chat;
    requires org.apache.commons.csv;
    requires static org.jspecify;
    requires org.slf4j;
    requires org.tomlj;
}
