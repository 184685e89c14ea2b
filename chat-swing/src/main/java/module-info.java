/** The desktop client and the server window. */
@org.jspecify.annotations.NullMarked
module io.kabar.swing {
    requires com.formdev.flatlaf;
    requires com.miglayout.swing;
    requires info.picocli;
    requires io.kabar.chat;
    requires io.kabar.daemon;
    requires transitive java.desktop;
    requires static org.jspecify;
    requires io.nayuki.qrcodegen;
    requires org.nibor.autolink;
    requires org.slf4j;

    exports io.kabar.swing.plain;

    // Options are fields that picocli sets.
    opens io.kabar.swing to
            info.picocli;
    opens io.kabar.swing.monitor to
            info.picocli;
}
