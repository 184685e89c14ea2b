/** Tests that every journal must pass. Extend {@link io.kabar.journal.kit.JournalContract}. */
@org.jspecify.annotations.NullMarked
module io.kabar.journal.kit {
    requires transitive io.kabar.chat;
    requires static org.jspecify;
    requires transitive org.junit.jupiter.api;

    exports io.kabar.journal.kit;
}
