package io.kabar.chat.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class OwnerOnlyTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"rw-r--r--, rw-------", "rw-r-----, rw-------", "rwxrwxrwx, rwx------", "r--------, r--------"})
    void what_others_may_is_taken_and_what_the_owner_may_stays(String had, String has) throws IOException {
        Path file = Files.createFile(folder.resolve("key"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(had.substring(0, 9)));
        String before = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));

        assertThat(OwnerOnly.isOpenToAll(file)).isEqualTo(before.charAt(6) == 'r');
        assertThat(OwnerOnly.close(file).orElse(before)).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(has);
        assertThat(OwnerOnly.close(file)).isEmpty();
        assertThat(OwnerOnly.close(folder.resolve("absent"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, ''",
        "r--------, ''",
        "rwx------, ''",
        "rw--w--w-, ''",
        "rw-r-----, others of its group",
        "rw-rw----, others of its group",
        "rw----r--, everybody on this machine",
        "rw-r--r--, everybody on this machine"
    })
    void secret_that_others_may_read_is_remarked_on_in_one_sentence(String rights, String whom) throws IOException {
        Path file = Files.createFile(folder.resolve("secret"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        assertThat(OwnerOnly.remark("device secret", file).orElse(""))
                .isEqualTo(
                        whom.isEmpty() ? "" : "The device secret " + file + " can be read by " + whom + ": chmod 600.");
        assertThat(OwnerOnly.remark("device secret", folder.resolve("absent"))).isEmpty();
    }
}
