package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void the_variables_of_the_xdg_specification_come_first() {
        Map<String, String> xdg = Map.of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d", "XDG_STATE_HOME", "/s");
        for (String os : new String[] {"Linux", "Mac OS X"}) {
            UserFolders folders = UserFolders.of(xdg, os, HOME);
            assertThat(folders.knownServers()).isEqualTo(Path.of("/c/kabar/known_servers"));
            assertThat(folders.deviceSecret()).isEqualTo(Path.of("/d/kabar/device"));
            assertThat(folders.readMarkers()).isEqualTo(Path.of("/s/kabar/read_markers"));
        }
    }

    @Test
    void relative_or_empty_variables_are_ignored() {
        UserFolders folders = UserFolders.of(Map.of("XDG_CONFIG_HOME", "c", "XDG_DATA_HOME", ""), "Linux", HOME);
        assertThat(folders.config()).isEqualTo(HOME.resolve(".config/kabar"));
        assertThat(folders.data()).isEqualTo(HOME.resolve(".local/share/kabar"));
        assertThat(folders.state()).isEqualTo(HOME.resolve(".local/state/kabar"));
    }

    @Test
    void home_is_where_the_variable_says() {
        assertThat(UserFolders.of(Map.of("HOME", "/elsewhere"), "Linux", HOME).config())
                .isEqualTo(Path.of("/elsewhere/.config/kabar"));
    }

    @Test
    void other_platforms_have_their_own() {
        assertThat(UserFolders.of(Map.of(), "Mac OS X", HOME).config())
                .isEqualTo(HOME.resolve("Library/Application Support/kabar"));
        assertThat(UserFolders.of(Map.of(), "Windows 11", HOME).data()).isEqualTo(HOME.resolve("AppData/Local/kabar"));
    }
}
