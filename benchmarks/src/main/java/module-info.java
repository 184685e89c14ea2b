/** Measures a server as its clients see it. */
@org.jspecify.annotations.NullMarked
// requires-automatic: HdrHistogram has no descriptor
@SuppressWarnings("requires-automatic")
module io.kabar.bench {
    requires HdrHistogram;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires io.kabar.chat;
    requires jdk.management;
    requires static org.jspecify;

    opens io.kabar.bench to
            info.picocli;
}
