package io.kabar.chat.view;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's clients keep what they remember, so that terminal and desktop know the same servers and own the same
 * names. Nothing is read or made here.
 *
 * @param config what a person may read and mend
 * @param data what only programs need
 * @param state what may be lost without harm
 */
public record UserFolders(Path config, Path data, Path state) {

    private static final String NAME = "kabar";

    /** The folders of whoever runs this program. */
    public static UserFolders ofThisUser() {
        return of(System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", ".")));
    }

    /** The platform's folders: those the XDG variables name, anywhere, else what is usual there. */
    static UserFolders of(Map<String, String> environment, String os, Path userHome) {
        // Java asks the password file where home is; everybody else asks the variable first.
        Path home = absolute(environment.get("HOME")).orElse(userHome);
        String lower = os.toLowerCase(Locale.ROOT);
        Path config;
        Path data;
        Path state;
        if (lower.startsWith("windows")) {
            config = absolute(environment.get("APPDATA")).orElse(home.resolve("AppData/Roaming"));
            data = absolute(environment.get("LOCALAPPDATA")).orElse(home.resolve("AppData/Local"));
            state = data;
        } else if (lower.startsWith("mac")) {
            config = home.resolve("Library/Application Support");
            data = config;
            state = config;
        } else {
            config = home.resolve(".config");
            data = home.resolve(".local/share");
            state = home.resolve(".local/state");
        }
        return new UserFolders(
                absolute(environment.get("XDG_CONFIG_HOME")).orElse(config).resolve(NAME),
                absolute(environment.get("XDG_DATA_HOME")).orElse(data).resolve(NAME),
                absolute(environment.get("XDG_STATE_HOME")).orElse(state).resolve(NAME));
    }

    /** The keys servers are known by. */
    public Path knownServers() {
        return config.resolve("known_servers");
    }

    /** What proves that this device's names are its own. */
    public Path deviceSecret() {
        return data.resolve("device");
    }

    /** Where the user left the rooms they were in. */
    public Path readMarkers() {
        return state.resolve("read_markers");
    }

    /** The XDG specification has relative paths ignored. */
    private static Optional<Path> absolute(@Nullable String folder) {
        return Optional.ofNullable(folder)
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
