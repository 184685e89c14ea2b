package io.kabar.examples;

import io.kabar.chat.server.ChatServer;
import io.kabar.storage.csv.CsvAccountStore;
import io.kabar.storage.csv.CsvJournal;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.folder.ServerKeyFile;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A server whose key, rooms and accounts are in a folder of CSV files. Run it with the folder. */
public final class StoredServer {

    private StoredServer() {}

    /** Serves until the program is ended. */
    public static void main(String[] args) throws Exception {
        try (DataFolder data = DataFolder.open(Path.of(args[0]));
                ChatServer server = ChatServer.builder()
                        .bind(new InetSocketAddress(0))
                        .joinPassword("open sesame")
                        .secret(ServerKeyFile.readOrMake(data))
                        .accounts(CsvAccountStore.open(data))
                        .journal(new CsvJournal(data, Durability.OS, RetentionRules.STANDARD))
                        .start()) {
            System.out.println(server.inviteLink("localhost"));
            server.awaitClose();
        }
    }
}
