package io.kabar.chat.view.files;

import io.kabar.chat.internal.process.HomeFolder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
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

    /**
     * The folders of whoever runs this program.
     *
     * @throws IllegalStateException with a sentence, if this user has no home and nothing else says where
     */
    public static UserFolders ofThisUser() {
        return of(System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home"));
    }

    /** The platform's folders: those the XDG variables name, anywhere, else what is usual there. */
    static UserFolders of(Map<String, String> environment, String os, @Nullable String userHome) {
        String lower = os.toLowerCase(Locale.ROOT);
        // Only asked where no variable says it all: a service has none, and needs none then.
        Supplier<Path> home = () -> HomeFolder.of(environment, userHome);
        Supplier<Path> config;
        Supplier<Path> data;
        Supplier<Path> state;
        if (lower.startsWith("windows")) {
            config = () -> named(environment, "APPDATA", () -> home.get().resolve("AppData/Roaming"));
            data = () -> named(environment, "LOCALAPPDATA", () -> home.get().resolve("AppData/Local"));
            state = data;
        } else if (lower.startsWith("mac")) {
            config = () -> home.get().resolve("Library/Application Support");
            data = config;
            state = config;
        } else {
            config = () -> home.get().resolve(".config");
            data = () -> home.get().resolve(".local/share");
            state = () -> home.get().resolve(".local/state");
        }
        return new UserFolders(
                named(environment, "XDG_CONFIG_HOME", config).resolve(NAME),
                named(environment, "XDG_DATA_HOME", data).resolve(NAME),
                named(environment, "XDG_STATE_HOME", state).resolve(NAME));
    }

    private static Path named(Map<String, String> environment, String variable, Supplier<Path> otherwise) {
        return HomeFolder.absolute(environment.get(variable)).orElseGet(otherwise);
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

    /** What the user has written in a terminal, to be written again. */
    public Path inputHistory() {
        return state.resolve("input_history");
    }

    /** How the user wants the terminal to be. */
    public Path terminalConfig() {
        return config.resolve("config.toml");
    }
}
