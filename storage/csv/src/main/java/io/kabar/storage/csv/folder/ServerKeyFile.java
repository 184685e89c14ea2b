package io.kabar.storage.csv.folder;

import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.server.ServerSecret;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's identity in {@code server.key}, which clients know it by: made once, kept for good. */
public final class ServerKeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(ServerKeyFile.class);

    /** Longer than any key. */
    private static final int LONGEST = 4096;

    private ServerKeyFile() {}

    /**
     * The key of a folder that this server holds.
     *
     * @throws IOException in a sentence for a person, if the file is damaged, or cannot be read or written
     */
    public static ServerSecret readOrMake(DataFolder data) throws IOException {
        Path file = data.key();
        try {
            if (Files.exists(file)) {
                return ServerSecret.parse(EditedText.read(file, LONGEST).text());
            }
            ServerSecret secret = ServerSecret.generate();
            AtomicFile.write(file, secret.encode());
            if (data.wasUsed()) {
                LOG.warn(
                        "there was no {}, so a new key was made; clients that know this server will be warned of it",
                        file);
            }
            return secret;
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The server's key in " + file + " is damaged: put a copy back, or remove the file to go on "
                            + "under a new key, which clients will be warned of.",
                    e);
        } catch (IOException e) {
            throw new IOException("The server's key in " + file + " cannot be used: " + FileTrouble.reason(e) + ".", e);
        }
    }
}
