package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
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
            CsvAccountStore.open(data).register(Account.withPassword(UserName.of("ada"), "a password"));
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

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void each_platform_has_its_place() {
        assertThat(DataFolder.standard(Map.of(), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.local/share/kabar/server"));
        assertThat(DataFolder.standard(Map.of("XDG_DATA_HOME", "/x"), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/x/kabar/server"));
        assertThat(DataFolder.standard(Map.of("HOME", "/elsewhere"), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/elsewhere/.local/share/kabar/server"));
        assertThat(DataFolder.standard(Map.of("XDG_DATA_HOME", "x"), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.local/share/kabar/server"));
        assertThat(DataFolder.standard(Map.of(), "Mac OS X", "/Users/ada"))
                .isEqualTo(Path.of("/Users/ada/Library/Application Support/Kabar"));
        assertThat(DataFolder.standard(Map.of("LOCALAPPDATA", "/l"), "Windows 11", "/u"))
                .isEqualTo(Path.of("/l/Kabar"));
    }

    @Test
    void without_a_home_there_is_no_standard_folder_and_none_in_the_current_one() {
        for (String os : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
            for (String home : new String[] {"?", "", "relative"}) {
                assertThatThrownBy(() -> DataFolder.standard(Map.of("HOME", home), os, home))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("There is no home folder");
            }
        }
        assertThat(DataFolder.standard(Map.of("XDG_DATA_HOME", "/x"), "Linux", "?"))
                .isEqualTo(Path.of("/x/kabar/server"));
    }
}
