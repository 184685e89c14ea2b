package io.kabar.daemon;

import io.kabar.chat.internal.process.HomeFolder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each platform wants the data of a user's programs. */
final class StandardFolder {

    private StandardFolder() {}

    /**
     * Where a server of this user keeps its data if nobody says anything else.
     *
     * @throws IllegalStateException with a sentence, if this user has no home and no variable says where
     */
    static Path of(Map<String, String> environment, String osName, @Nullable String userHome) {
        if (osName.startsWith("Mac")) {
            return HomeFolder.of(environment, userHome).resolve(Path.of("Library", "Application Support", "Kabar"));
        }
        if (osName.startsWith("Windows")) {
            return HomeFolder.absolute(environment.get("LOCALAPPDATA"))
                    .orElseGet(() -> HomeFolder.of(environment, userHome).resolve(Path.of("AppData", "Local")))
                    .resolve("Kabar");
        }
        return HomeFolder.absolute(environment.get("XDG_DATA_HOME"))
                .orElseGet(() -> HomeFolder.of(environment, userHome).resolve(Path.of(".local", "share")))
                .resolve(Path.of("kabar", "server"));
    }
}
