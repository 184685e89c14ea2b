package io.kabar.chat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceSecretTest {

    @TempDir
    Path folder;

    @Test
    void a_secret_is_the_same_however_an_editor_has_saved_it() throws IOException {
        Path file = folder.resolve("device");
        byte[] secret = DeviceSecret.inFile(file).bytes();
        String text = Files.readString(file).strip();

        for (String saved :
                new String[] {"\uFEFF" + text + "\r\n", text, text + " \r", text.toUpperCase(java.util.Locale.ROOT)}) {
            Files.writeString(file, saved);
            assertThat(DeviceSecret.inFile(file).bytes()).isEqualTo(secret);
        }
    }
}
