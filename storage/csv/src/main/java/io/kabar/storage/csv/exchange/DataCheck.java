package io.kabar.storage.csv.exchange;

import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.server.ServerSecret;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.storage.csv.accounts.StoredAccounts;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.layout.DataFormat;
import io.kabar.storage.csv.layout.FolderParts;
import io.kabar.storage.csv.records.RecordFile;
import io.kabar.storage.csv.room.Placement;
import io.kabar.storage.csv.room.RoomRecovery;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Says beforehand why a server would not start on a data folder. Changes nothing, and a server may be running on it.
 */
public final class DataCheck {

    /** Longer than any key or verifier. */
    private static final int LONGEST = 4096;

    private final List<String> troubles = new ArrayList<>();

    private DataCheck() {}

    /** What stands in the way, in sentences; none of a folder that is not there, because a start makes it. */
    public static List<String> of(Path data) {
        DataCheck check = new DataCheck();
        if (Files.isDirectory(data)) {
            check.look(() -> DataFormat.check(data));
            check.look(() -> FolderParts.check(data));
            check.secret(data.resolve(FolderParts.KEY), ServerSecret::parse);
            check.secret(data.resolve(FolderParts.VERIFIER), text -> PasswordVerifier.iterations(text.strip()));
            check.look(() -> StoredAccounts.check(data.resolve(FolderParts.USERS), data.resolve(FolderParts.NAMES)));
            check.records(data.resolve(FolderParts.RECORDS));
            check.rooms(data.resolve(FolderParts.ROOMS));
        } else if (Files.exists(data)) {
            check.troubles.add("The data folder " + data + " cannot be used: there is a file of that name.");
        }
        return List.copyOf(check.troubles);
    }

    private interface Look {
        void run() throws IOException;
    }

    private interface Reading {
        void of(String text);
    }

    private void look(Look look) {
        try {
            look.run();
        } catch (IOException e) {
            String sentence = FileTrouble.place(e);
            troubles.add(sentence.endsWith(".") ? sentence : sentence + ".");
        }
    }

    private void secret(Path file, Reading reading) {
        if (!Files.isRegularFile(file)) {
            return; // made at the start, or told already
        }
        try {
            reading.of(EditedText.read(file, LONGEST).text());
        } catch (IllegalArgumentException e) {
            troubles.add(file + " is damaged.");
        } catch (IOException e) {
            troubles.add(file + " cannot be read: " + FileTrouble.reason(e) + ".");
        }
    }

    private void records(Path file) {
        if (Files.isRegularFile(file)) {
            look(() -> {
                for (String line : RecordFile.look(file).damaged()) {
                    troubles.add(file + " is damaged, and a start sets it aside: " + line + ".");
                }
            });
        }
    }

    private void rooms(Path rooms) {
        look(() -> {
            Placement placement = Placement.of(rooms);
            placement.misplaced().forEach(troubles::add);
            for (RoomFolder folder : placement.rooms()) {
                RoomRecovery.checkColumns(folder);
            }
        });
    }
}
