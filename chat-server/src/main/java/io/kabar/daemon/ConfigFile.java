package io.kabar.daemon;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.ServerRole;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.folder.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The configuration file, in TOML. All that is wrong with it is told at once, with line and column. */
final class ConfigFile {

    /** No file: nothing is said in it. */
    static final ConfigFile NONE = new ConfigFile(null, Map.of(), Map.of(), List.of());

    /** Below it stand the names of rooms. */
    private static final List<String> ROOMS = List.of("history", "rooms");
    /** Below it stand the names of roles on the server. */
    private static final List<String> ROLES = List.of("order", "roles");
    /** Tables that may be empty. */
    private static final List<String> TABLES =
            List.of("limits", "history", "history.rooms", "people", "order", "order.roles");

    /** Thousands of rooms with rules of their own. */
    private static final int LONGEST = 1 << 20;

    private final @Nullable Path file;
    private final Map<ConfigKey, Object> values;
    private final Map<RoomName, Retention> rooms;
    private final List<ServerRole> roles;

    private ConfigFile(
            @Nullable Path file,
            Map<ConfigKey, Object> values,
            Map<RoomName, Retention> rooms,
            List<ServerRole> roles) {
        this.file = file;
        this.values = values;
        this.rooms = rooms;
        this.roles = roles;
    }

    static ConfigFile read(Path file) throws SettingsException {
        TomlParseResult toml;
        try {
            toml = Toml.parse(EditedText.read(file, LONGEST).text());
        } catch (IOException e) {
            throw unreadable(file, FileTrouble.reason(e));
        } catch (IllegalArgumentException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
        List<Mistake> mistakes = new ArrayList<>();
        toml.errors().forEach(error -> mistakes.add(new Mistake(error.position(), String.valueOf(error.getMessage()))));
        Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
        Map<RoomName, Retention> rooms = new HashMap<>();
        List<ServerRole> roles = new ArrayList<>();
        for (List<String> path : toml.keyPathSet(true)) {
            if (path.size() == ROOMS.size() + 1 && path.subList(0, ROOMS.size()).equals(ROOMS)) {
                checkRoom(toml, path, rooms, mistakes);
            } else if (path.size() == ROLES.size() + 1
                    && path.subList(0, ROLES.size()).equals(ROLES)) {
                checkRole(toml, path, roles, mistakes);
            } else {
                check(toml, path, values, mistakes);
            }
        }
        if (!mistakes.isEmpty()) {
            mistakes.sort(Comparator.comparingInt((Mistake m) -> m.at().line()).thenComparingInt(m -> m.at().column()));
            throw new SettingsException(mistakes.stream()
                    .map(m -> file + ":" + m.at().line() + ":" + m.at().column() + ": " + m.what())
                    .toList());
        }
        return new ConfigFile(file, values, rooms, roles);
    }

    private static SettingsException unreadable(Path file, String why) {
        return new SettingsException(List.of("The configuration file " + file + " cannot be read: " + why + "."));
    }

    private static void check(
            TomlParseResult toml, List<String> path, Map<ConfigKey, Object> values, List<Mistake> mistakes) {
        Object value = toml.get(path);
        TomlPosition at = toml.inputPositionOf(path);
        if (value == null || at == null) {
            return;
        }
        String name = String.join(".", path);
        ConfigKey key = ConfigKey.of(name).orElse(null);
        if (key != null) {
            String complaint = key.complaint(value);
            if (complaint != null) {
                mistakes.add(new Mistake(at, name + " " + complaint));
            }
            values.put(key, value);
        } else if (!(value instanceof TomlTable table) || (table.isEmpty() && !TABLES.contains(name))) {
            mistakes.add(new Mistake(at, "there is no key " + name));
        }
    }

    private static void checkRoom(
            TomlParseResult toml, List<String> path, Map<RoomName, Retention> rooms, List<Mistake> mistakes) {
        Object value = toml.get(path);
        TomlPosition at = toml.inputPositionOf(path);
        if (value == null || at == null) {
            return;
        }
        String name = path.get(ROOMS.size());
        String complaint = ConfigKey.retentionComplaint(value);
        if (complaint != null) {
            mistakes.add(new Mistake(at, String.join(".", path) + " " + complaint));
            return;
        }
        try {
            if (rooms.put(RoomName.of(name), Retention.parse((String) value)) != null) {
                mistakes.add(new Mistake(at, "the room " + name + " is there twice"));
            }
        } catch (IllegalArgumentException e) {
            mistakes.add(new Mistake(at, name + " is no room: " + e.getMessage()));
        }
    }

    private static void checkRole(
            TomlParseResult toml, List<String> path, List<ServerRole> roles, List<Mistake> mistakes) {
        Object value = toml.get(path);
        TomlPosition at = toml.inputPositionOf(path);
        if (value == null || at == null) {
            return;
        }
        try {
            if (!(value instanceof String words)) {
                throw new IllegalArgumentException("must be a text with what the role allows, such as \"ban invite\"");
            }
            Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
            for (String word : Parts.words(words.replace(',', ' '))) {
                capabilities.add(Capability.of(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "allows " + word + ", which there is not; there are " + Capability.allWords())));
            }
            roles.add(new ServerRole(path.get(ROLES.size()), capabilities));
        } catch (IllegalArgumentException e) {
            mistakes.add(new Mistake(at, String.join(".", path) + " " + e.getMessage()));
        }
    }

    /** The roles on the server that the file adds. */
    List<ServerRole> roles() {
        return roles;
    }

    /** How much is kept of the rooms that the file names. */
    Map<RoomName, Retention> rooms() {
        return rooms;
    }

    @Nullable
    String text(ConfigKey key) {
        return values.get(key) instanceof String text ? text : null;
    }

    @Nullable
    Integer number(ConfigKey key) {
        return values.get(key) instanceof Long number ? (Integer) number.intValue() : null;
    }

    /** Whether the file says {@code value} there. */
    boolean says(ConfigKey key, boolean value) {
        return values.get(key) instanceof Boolean said && said == value;
    }

    /** A path of the file, which counts from the file's own folder. */
    @Nullable
    Path path(ConfigKey key) {
        String text = text(key);
        return text == null || file == null ? null : file.toAbsolutePath().resolveSibling(text);
    }

    private record Mistake(TomlPosition at, String what) {}
}
