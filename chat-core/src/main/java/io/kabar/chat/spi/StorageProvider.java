package io.kabar.chat.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A kind of storage that a program finds by {@link java.util.ServiceLoader} and names in its configuration. Its module
 * provides this service; its jar has only to be there.
 */
public interface StorageProvider {

    /** The word by which a configuration names it, such as {@code csv}. */
    String name();

    /**
     * Opens the storage of one server. Called before the server starts, and may block.
     *
     * @param folder the server's data folder, which the caller holds for this server alone until its parts are closed
     * @param settings what the operator has said about it, in words: {@code durability} is {@code os} or
     *     {@code always}; {@code history} says how much of a room is kept, {@code history.room.NAME} of a room of that
     *     name, and {@code history.room-bytes} what a log may have at most before it is cut. A storage passes over
     *     those it has no use for
     * @throws IOException in a sentence for a person, if it cannot be opened
     */
    Storage open(Path folder, Map<String, String> settings) throws IOException;

    /**
     * What was opened. Who takes it closes all; a server does so when it is closed, also when its start fails.
     *
     * @param journal where the rooms' logs are kept
     * @param accounts who has which name
     * @param records what else the server remembers
     */
    record Storage(Journal journal, AccountStore accounts, ServerRecords records) {}
}
