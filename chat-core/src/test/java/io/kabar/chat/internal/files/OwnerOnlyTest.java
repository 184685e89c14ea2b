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
}
