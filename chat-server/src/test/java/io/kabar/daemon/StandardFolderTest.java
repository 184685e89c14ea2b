package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StandardFolderTest {

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void each_platform_has_its_place() {
        assertThat(StandardFolder.of(Map.of(), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.local/share/kabar/server"));
        assertThat(StandardFolder.of(Map.of("XDG_DATA_HOME", "/x"), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/x/kabar/server"));
        assertThat(StandardFolder.of(Map.of("HOME", "/elsewhere"), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/elsewhere/.local/share/kabar/server"));
        assertThat(StandardFolder.of(Map.of("XDG_DATA_HOME", "x"), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.local/share/kabar/server"));
        assertThat(StandardFolder.of(Map.of(), "Mac OS X", "/Users/ada"))
                .isEqualTo(Path.of("/Users/ada/Library/Application Support/Kabar"));
        assertThat(StandardFolder.of(Map.of("LOCALAPPDATA", "/l"), "Windows 11", "/u"))
                .isEqualTo(Path.of("/l/Kabar"));
    }

    @Test
    void without_a_home_there_is_no_standard_folder_and_none_in_the_current_one() {
        for (String os : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
            for (String home : new String[] {"?", "", "relative"}) {
                assertThatThrownBy(() -> StandardFolder.of(Map.of("HOME", home), os, home))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("There is no home folder");
            }
        }
        assertThat(StandardFolder.of(Map.of("XDG_DATA_HOME", "/x"), "Linux", "?"))
                .isEqualTo(Path.of("/x/kabar/server"));
    }
}
