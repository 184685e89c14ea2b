package io.kabar.swing.settings;

import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.swing.look.Theme;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the desktop remembers from one start to the next; never a password.
 *
 * @param theme light, dark, or as the system
 * @param zoom how large text is, in per cent of what the system has
 * @param notifies whether one is told of mentions and direct messages while the window is not in front
 * @param window where the window was; empty before the first time
 * @param visits where one was, the last first
 */
public record Settings(
        Theme.Choice theme, int zoom, boolean notifies, Optional<WindowPlace> window, List<Visit> visits) {

    /** The smallest and the largest text, in per cent. */
    public static final int SMALLEST = 75;

    public static final int LARGEST = 300;

    /** Servers that are remembered. */
    private static final int MOST_VISITS = 8;

    /** Rooms of one server that are entered again. */
    private static final int MOST_ROOMS = 40;

    /** Keeps the list unmodifiable, and text readable. */
    public Settings {
        zoom = Math.max(SMALLEST, Math.min(zoom, LARGEST));
        visits = List.copyOf(visits);
    }

    /**
     * Somewhere one was.
     *
     * @param server as it was typed
     * @param name who one was
     * @param rooms those one was in, the one in front first
     */
    public record Visit(String server, String name, List<String> rooms) {

        /** Keeps the list unmodifiable. */
        public Visit {
            rooms = List.copyOf(rooms);
        }

        boolean isTo(String otherServer, String otherName) {
            return server.equals(otherServer) && name.equals(otherName);
        }
    }

    /** Where a window was. */
    public record WindowPlace(int x, int y, int width, int height) {}

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /** Many times what is in it. */
    private static final int LONGEST_FILE = 64 * 1024;

    public static Settings defaults() {
        return new Settings(Theme.Choice.AUTO, 100, true, Optional.empty(), List.of());
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
        List<Visit> visits = new ArrayList<>();
        for (int i = 1; i <= MOST_VISITS; i++) {
            String server = properties.getProperty("visit." + i + ".server", "");
            if (!server.isEmpty()) {
                String rooms = properties.getProperty("visit." + i + ".rooms", "");
                visits.add(new Visit(server, properties.getProperty("visit." + i + ".name", ""), Parts.words(rooms)));
            }
        }
        return new Settings(
                choice(properties.getProperty("theme", "")),
                number(properties.getProperty("zoom", ""), 100),
                !properties.getProperty("notifications", "on").equals("off"),
                place(properties.getProperty("window", "")),
                visits);
    }

    private static int number(String text, int otherwise) {
        try {
            return text.startsWith("-") ? -Digits.parseInt(text.substring(1)) : Digits.parseInt(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static Optional<WindowPlace> place(String text) {
        List<String> numbers = Parts.words(text);
        if (numbers.size() != 4) {
            return Optional.empty();
        }
        int[] place = numbers.stream().mapToInt(each -> number(each, -1)).toArray();
        return place[2] < 1 || place[3] < 1
                ? Optional.empty()
                : Optional.of(new WindowPlace(place[0], place[1], place[2], place[3]));
    }

    /** Blocks; a failure is logged, for nobody should be kept from chatting by it. */
    public void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("theme", theme.name().toLowerCase(Locale.ROOT));
        properties.setProperty("zoom", String.valueOf(zoom));
        properties.setProperty("notifications", notifies ? "on" : "off");
        window.ifPresent(place -> properties.setProperty(
                "window", place.x() + " " + place.y() + " " + place.width() + " " + place.height()));
        for (int i = 1; i <= visits.size(); i++) {
            Visit visit = visits.get(i - 1);
            properties.setProperty("visit." + i + ".server", visit.server());
            properties.setProperty("visit." + i + ".name", visit.name());
            properties.setProperty("visit." + i + ".rooms", String.join(" ", visit.rooms()));
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, "Kabar desktop");
            }
        } catch (IOException e) {
            LOG.warn("Cannot write {}: {}", file, e.toString());
        }
    }

    public Settings with(Theme.Choice next, int percent) {
        return new Settings(next, percent, notifies, window, visits);
    }

    public Settings notifying(boolean on) {
        return new Settings(theme, zoom, on, window, visits);
    }

    public Settings at(WindowPlace place) {
        return new Settings(theme, zoom, notifies, Optional.of(place), visits);
    }

    /** One is at a server now, in these rooms. */
    public Settings visiting(String server, String name, List<String> rooms) {
        List<Visit> next = new ArrayList<>();
        next.add(new Visit(server, name, rooms.stream().limit(MOST_ROOMS).toList()));
        visits.stream()
                .filter(visit -> !visit.isTo(server, name))
                .limit(MOST_VISITS - 1L)
                .forEach(next::add);
        return new Settings(theme, zoom, notifies, window, next);
    }

    /** The rooms one was in at a server as somebody. */
    public List<String> rooms(String server, String name) {
        return visits.stream()
                .filter(visit -> visit.isTo(server, name))
                .findFirst()
                .map(Visit::rooms)
                .orElse(List.of());
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
