package io.kabar.storage.csv;

import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.JoinVerifierFile;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.folder.ServerKeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A server that keeps everything in a folder, on a free port of this machine. */
final class CsvServer implements AutoCloseable {

    /** As few as there may be. */
    private static final int ROUNDS = 10_000;

    private final DataFolder folder;
    private final ChatServer server;

    private CsvServer(DataFolder folder, ChatServer server) {
        this.folder = folder;
        this.server = server;
    }

    static CsvServer start(Path data, ChatServerListener listener) throws IOException {
        DataFolder folder = DataFolder.open(data);
        try {
            Optional<String> kept = JoinVerifierFile.kept(folder);
            String verifier = kept.isPresent() ? kept.get() : PasswordVerifier.derive("password", ROUNDS);
            ChatServer server = ChatServer.builder()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .secret(ServerKeyFile.readOrMake(folder))
                    .accounts(CsvAccountStore.open(folder))
                    .joinVerifier(verifier)
                    .journal(new CsvJournal(folder, Durability.OS, RetentionRules.FOREVER))
                    .listener(listener)
                    .start();
            if (kept.isEmpty()) {
                JoinVerifierFile.keep(folder, verifier);
            }
            return new CsvServer(folder, server);
        } catch (UncheckedIOException e) {
            folder.close();
            throw new IOException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            folder.close();
            throw new IOException(folder.verifier() + " is damaged.", e);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    String key() {
        return server.key().text();
    }

    @Override
    public void close() {
        server.close();
        folder.close();
    }
}
