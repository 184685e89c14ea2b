package io.kabar.chat.view.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserFoldersTest {

    private static final Path HOME = Path.of("/home/ada");
    private static final String USER_HOME = "/home/ada";

    @Test
    void the_variables_of_the_xdg_specification_come_first() {
        Map<String, String> xdg = Map.of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d", "XDG_STATE_HOME", "/s");
        for (String os : new String[] {"Linux", "Mac OS X"}) {
            UserFolders folders = UserFolders.of(xdg, os, USER_HOME);
            assertThat(folders.knownServers()).isEqualTo(Path.of("/c/kabar/known_servers"));
            assertThat(folders.deviceSecret()).isEqualTo(Path.of("/d/kabar/device"));
            assertThat(folders.readMarkers()).isEqualTo(Path.of("/s/kabar/read_markers"));
        }
    }

    @Test
    void relative_or_empty_variables_are_ignored() {
        UserFolders folders = UserFolders.of(Map.of("XDG_CONFIG_HOME", "c", "XDG_DATA_HOME", ""), "Linux", USER_HOME);
        assertThat(folders.config()).isEqualTo(HOME.resolve(".config/kabar"));
        assertThat(folders.data()).isEqualTo(HOME.resolve(".local/share/kabar"));
        assertThat(folders.state()).isEqualTo(HOME.resolve(".local/state/kabar"));
    }

    @Test
    void home_is_where_the_variable_says() {
        assertThat(UserFolders.of(Map.of("HOME", "/elsewhere"), "Linux", USER_HOME)
                        .config())
                .isEqualTo(Path.of("/elsewhere/.config/kabar"));
    }

    @Test
    void other_platforms_have_their_own() {
        assertThat(UserFolders.of(Map.of(), "Mac OS X", USER_HOME).config())
                .isEqualTo(HOME.resolve("Library/Application Support/kabar"));
        assertThat(UserFolders.of(Map.of(), "Windows 11", USER_HOME).data())
                .isEqualTo(HOME.resolve("AppData/Local/kabar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?/x", "relative", "."})
    void without_a_home_nothing_is_kept_in_the_folder_one_happens_to_be_in(String userHome) {
        for (String home : new String[] {"", "home", "?"}) {
            for (String os : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
                assertThatThrownBy(() -> UserFolders.of(Map.of("HOME", home, "XDG_DATA_HOME", "/d"), os, userHome))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("There is no home folder to keep files in")
                        .hasMessageEndingWith(".");
            }
        }
    }

    @Test
    void whoever_names_every_folder_needs_no_home() {
        Map<String, String> xdg = Map.of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d", "XDG_STATE_HOME", "/s");
        assertThat(UserFolders.of(xdg, "Linux", "?").state()).isEqualTo(Path.of("/s/kabar"));
        assertThat(UserFolders.of(xdg, "Linux", null).data()).isEqualTo(Path.of("/d/kabar"));
    }
}
