package io.kabar.storage.csv.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.storage.csv.Answers;
import io.kabar.storage.csv.CsvAccountStore;
import io.kabar.storage.csv.CsvJournal;
import io.kabar.storage.csv.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path parent;

    @Test
    void a_second_server_on_the_same_folder_is_refused_in_a_sentence() throws IOException {
        Path folder = parent.resolve("data");
        DataFolder first = DataFolder.open(folder);

        assertThatThrownBy(() -> DataFolder.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("The data folder .*data is in use by another server \\(.*\\)\\.");

        first.close();
        DataFolder.open(folder).close();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void folder_of_another_user_is_refused_in_a_sentence_and_left_as_it_is() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("data"));
        assertThatThrownBy(() -> DataFolder.open(folder, file -> file.equals(folder) ? "mallory" : "ada"))
                .isInstanceOf(IOException.class)
                .hasMessage("The data folder " + folder + " belongs to mallory, and this program runs as ada: run it as"
                        + " mallory, or make the folder ada's if you trust what is in it.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void own_folder_the_administrators_and_one_of_which_nobody_knows_are_used() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("data"));
        DataFolder.open(folder, file -> "ada").close();
        DataFolder.open(folder, file -> file.equals(folder) ? "root" : "ada").close();
        DataFolder.open(folder, file -> {
                    throw new IOException("no owners here");
                })
                .close();
        DataFolder.open(parent.resolve("new"), file -> file.getFileName().toString())
                .close();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void only_the_owner_may_look_into_it() throws IOException {
        Path fresh = parent.resolve("a/b");
        Path empty = Files.createDirectory(parent.resolve("empty"));
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path folder : new Path[] {fresh, empty}) {
            try (DataFolder data = DataFolder.open(folder)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_folder_is_closed_to_others_whatever_a_server_has_written_there() throws IOException {
        Path folder = parent.resolve("data");
        try (DataFolder data = DataFolder.open(folder);
                CsvJournal journal = new CsvJournal(data, CsvJournal.Durability.OS, RetentionRules.STANDARD)) {
            journal.open(new Answers());
            CsvAccountStore.open(data)
                    .register(new Account(
                            0,
                            UserName.of("ada"),
                            Optional.empty(),
                            Optional.of("ab".repeat(32)),
                            Account.MEMBER,
                            Instant.EPOCH));
            AtomicFile.write(data.path().resolve("server.key"), "key");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(each);
                rights.add(PosixFilePermission.OTHERS_READ);
                Files.setPosixFilePermissions(each, rights);
            }
        }
        DataFolder.open(folder).close();

        for (String name : List.of("", "users.csv", "names.csv", "server.key", "rooms")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .as(name)
                    .endsWith("------");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_folder_with_other_things_in_it_keeps_its_rights() throws IOException {
        Path home = Files.createDirectory(parent.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(home.resolve("letter.txt"));

        try (DataFolder data = DataFolder.open(home)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
                    .isEqualTo("rwxr-xr-x");
        }
    }

    @Test
    void a_file_of_that_name_is_told() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file)).hasMessageContaining("there is a file of that name");
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data"))).hasMessageContaining("cannot be used");
    }
}
