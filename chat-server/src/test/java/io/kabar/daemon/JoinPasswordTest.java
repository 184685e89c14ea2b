package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinPasswordTest {

    @TempDir
    Path folder;

    @Test
    void a_password_is_four_groups_that_can_be_read_out() {
        assertThat(JoinPassword.generate(new Random(1)))
                .matches("([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz]"
                        + "(-([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz]){3}");
    }

    @Test
    void each_of_the_65536_values_of_a_group_is_another_word() {
        Set<String> groups = IntStream.range(0, 1 << 16)
                .mapToObj(bits -> JoinPassword.generate(new Random() {
                    @Override
                    public int nextInt(int bound) {
                        assertThat(bound).isEqualTo(1 << 16);
                        return bits;
                    }
                }))
                .collect(Collectors.toSet());

        assertThat(groups).hasSize(1 << 16);
    }

    @Test
    void a_password_file_gives_its_first_line() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "open sesame\r\n# note\n");

        assertThat(JoinPassword.readFile(file)).isEqualTo("open sesame");
        assertThatThrownBy(() -> JoinPassword.readFile(folder.resolve("none")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("it does not exist");
        assertThatThrownBy(() -> JoinPassword.readFile(Files.write(file, new byte[5_000])))
                .hasMessageContaining("longer than 4096 bytes");
    }
}
