/**
 * Clients and servers in one program, on a network in memory with a clock that a test turns. Open
 * {@link io.kabar.chat.testkit.TestNetwork}.
 */
@org.jspecify.annotations.NullMarked
module io.kabar.chat.testkit {
    requires transitive io.kabar.chat;
    requires static org.jspecify;

    exports io.kabar.chat.testkit;
}
