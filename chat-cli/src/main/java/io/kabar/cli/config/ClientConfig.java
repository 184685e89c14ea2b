package io.kabar.cli.config;

import io.kabar.chat.UserName;
import io.kabar.cli.input.Action;
import io.kabar.cli.input.Bindings;
import io.kabar.cli.screen.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a user wants the terminal to be.
 *
 * @param theme the colours, where there are any
 * @param bell whether a mention rings
 * @param mouse whether the wheel scrolls; then Shift selects text
 * @param ignored whose messages are not shown
 * @param keys what keys do, beside or instead of what they do anyway
 * @param profiles servers by the names their user has given them, in the order of the file
 */
public record ClientConfig(
        Theme theme,
        boolean bell,
        boolean mouse,
        List<UserName> ignored,
        Map<String, Action> keys,
        Map<String, Profile> profiles) {

    /** What holds when there is no file. */
    public static final ClientConfig USUAL = new ClientConfig(Theme.AUTO, true, false, List.of(), Map.of(), Map.of());

    /** Keeps list and maps unmodifiable. */
    public ClientConfig {
        ignored = List.copyOf(ignored);
        keys = Map.copyOf(keys);
        profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
    }

    /**
     * What the file says; what is usual if there is none.
     *
     * @throws IllegalArgumentException with sentences, one a line, that tell all that is wrong with it
     */
    public static ClientConfig read(Path file) {
        return Files.notExists(file) ? USUAL : ConfigReader.read(file);
    }

    /** The keys of a chat. */
    public Bindings bindings() {
        return Bindings.with(keys);
    }

    /**
     * Writes a file in which everything is explained and nothing set.
     *
     * @throws IOException if it is there already, or cannot be written
     */
    public static void init(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IOException(file + " is there already.");
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, template());
    }

    private static String template() {
        List<String> actions = Arrays.stream(Action.values()).map(Action::word).toList();
        StringBuilder wrapped = new StringBuilder("#");
        int column = 1;
        for (String word : actions) {
            if (column + word.length() + 1 > 100) {
                wrapped.append("\n#");
                column = 1;
            }
            wrapped.append(' ').append(word);
            column += word.length() + 1;
        }
        return String.format(Locale.ROOT, """
                # How the terminal of Kabar is to be: kabar chat reads this file. What stands behind a # is only said.

                # auto, dark or light; NO_COLOR and --color never have none.
                # theme = "%s"

                # Whether a message that names you rings.
                # bell = true

                # Whether the wheel of the mouse scrolls; text is then selected with Shift held.
                # mouse = false

                # Whose messages are not shown.
                # ignore = ["somebody"]

                # What keys do, by their names: ctrl+x, alt+x, shift+up, f5. "none" takes a key away. The actions:
                %s
                # [keys]
                # "f2" = "active-room"
                # "alt+a" = "none"

                # Servers by names of your own, for kabar chat NAME; a link holds the key of the server, too.
                # [servers.work]
                # link = "chat.example.org:2120"
                # user = "ada"
                # room = "ops"
                # password-file = "/home/ada/.config/kabar/work.password"
                """, USUAL.theme.name().toLowerCase(Locale.ROOT), wrapped);
    }
}
