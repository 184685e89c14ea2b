/**
 * Secure, roaming chat over UDP. Open {@link io.kabar.chat.server.ChatServer} to embed a server,
 * {@link io.kabar.chat.client.ChatClient} to embed a client.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the programs are compiled later
module io.kabar.chat {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.kabar.chat;
    exports io.kabar.chat.client;
    exports io.kabar.chat.participant;
    exports io.kabar.chat.rules;
    exports io.kabar.chat.server;
    exports io.kabar.chat.spi;
    exports io.kabar.chat.view;
    exports io.kabar.chat.view.commands;
    exports io.kabar.chat.view.files;
    exports io.kabar.chat.view.words;

    // Measured without a thread and a listener for each of thousands of clients.
    exports io.kabar.chat.internal.client to
            io.kabar.bench;
    exports io.kabar.chat.internal.client.login to
            io.kabar.bench;
    exports io.kabar.chat.internal.wire to
            io.kabar.bench;

    // Run without threads and sockets, on a clock of a test's.
    exports io.kabar.chat.internal.connection to
            io.kabar.chat.testkit;
    exports io.kabar.chat.internal.net to
            io.kabar.chat.testkit;

    // For Kabar's own programs: what they do alike with their files, with standard input and
    // output, and with what they write and read back.
    exports io.kabar.chat.internal.files to
            io.kabar.cli,
            io.kabar.daemon,
            io.kabar.storage.csv,
            io.kabar.swing;
    exports io.kabar.chat.internal.process to
            io.kabar.bench,
            io.kabar.cli,
            io.kabar.daemon,
            io.kabar.swing;
    exports io.kabar.chat.internal.text to
            io.kabar.bench,
            io.kabar.cli,
            io.kabar.daemon,
            io.kabar.storage.csv,
            io.kabar.swing;
}
