package io.kabar.swing.settings;

import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.swing.look.Theme;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the desktop remembers from one start to the next; never a password.
 *
 * @param theme light, dark, or as the system
 * @param server the last server, as it was typed
 * @param name the last name
 */
public record Settings(Theme.Choice theme, String server, String name) {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /** Many times what is in it. */
    private static final int LONGEST_FILE = 64 * 1024;

    public static Settings defaults() {
        return new Settings(Theme.Choice.AUTO, "", "");
    }

    public static Path file(UserFolders folders) {
        return folders.config().resolve("desktop.properties");
    }

    /** What the file holds, or the defaults. Blocks. */
    public static Settings read(Path file) {
        Properties properties = new Properties();
        if (Files.isRegularFile(file)) {
            try {
                properties.load(
                        new StringReader(EditedText.read(file, LONGEST_FILE).text()));
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("Cannot read {}: {}", file, e.toString());
            }
        }
        return new Settings(
                choice(properties.getProperty("theme", "")),
                properties.getProperty("server", ""),
                properties.getProperty("name", ""));
    }

    /** Blocks; a failure is logged, for nobody should be kept from chatting by it. */
    public void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("theme", theme.name().toLowerCase(Locale.ROOT));
        properties.setProperty("server", server);
        properties.setProperty("name", name);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, "Kabar desktop");
            }
        } catch (IOException e) {
            LOG.warn("Cannot write {}: {}", file, e.toString());
        }
    }

    public Settings with(Theme.Choice next) {
        return new Settings(next, server, name);
    }

    public Settings with(String lastServer, String lastName) {
        return new Settings(theme, lastServer, lastName);
    }

    private static Theme.Choice choice(String word) {
        for (Theme.Choice choice : Theme.Choice.values()) {
            if (choice.name().equalsIgnoreCase(word)) {
                return choice;
            }
        }
        return Theme.Choice.AUTO;
    }
}
