package io.kabar.chat.internal.process;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folders that the environment names, and the one where a user is at home. */
public final class HomeFolder {

    private HomeFolder() {}

    /**
     * The user's home: what {@code HOME} says, else what the password file says, which Java asks alone.
     *
     * @param userHome Java's {@code user.home}; {@code ?} for a user without an entry, as in many containers
     * @throws IllegalStateException with a sentence, if nobody says
     */
    public static Path of(Map<String, String> environment, @Nullable String userHome) {
        return absolute(environment.get("HOME"))
                .or(() -> absolute(userHome))
                .orElseThrow(
                        () -> new IllegalStateException("There is no home folder to keep files in: HOME is not set to"
                                + " one, and this user has none. Set HOME, or XDG_CONFIG_HOME, XDG_DATA_HOME and"
                                + " XDG_STATE_HOME."));
    }

    /** A folder that can be named without knowing where a program was started; the XDG specification ignores others. */
    public static Optional<Path> absolute(@Nullable String folder) {
        if (folder == null || folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(folder)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            // Of letters that the locale does not have; it cannot be found by them either.
            return Optional.empty();
        }
    }
}
