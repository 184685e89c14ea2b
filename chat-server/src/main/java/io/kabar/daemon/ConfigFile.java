package io.kabar.daemon;

import io.kabar.daemon.storage.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The configuration file, in TOML. All that is wrong with it is told at once, with line and column. */
final class ConfigFile {

    /** No file: nothing is said in it. */
    static final ConfigFile NONE = new ConfigFile(null, Map.of());

    private final @Nullable Path file;
    private final Map<ConfigKey, Object> values;

    private ConfigFile(@Nullable Path file, Map<ConfigKey, Object> values) {
        this.file = file;
        this.values = values;
    }

    static ConfigFile read(Path file) throws SettingsException {
        TomlParseResult toml;
        try {
            toml = Toml.parse(file);
        } catch (IOException e) {
            throw new SettingsException(
                    List.of("The configuration file " + file + " cannot be read: " + FileTrouble.reason(e) + "."));
        }
        List<Mistake> mistakes = new ArrayList<>();
        toml.errors().forEach(error -> mistakes.add(new Mistake(error.position(), String.valueOf(error.getMessage()))));
        Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
        for (List<String> path : toml.keyPathSet(true)) {
            check(toml, path, values, mistakes);
        }
        if (!mistakes.isEmpty()) {
            mistakes.sort(Comparator.comparingInt((Mistake m) -> m.at().line()).thenComparingInt(m -> m.at().column()));
            throw new SettingsException(mistakes.stream()
                    .map(m -> file + ":" + m.at().line() + ":" + m.at().column() + ": " + m.what())
                    .toList());
        }
        return new ConfigFile(file, values);
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
        } else if (!(value instanceof TomlTable table) || (table.isEmpty() && !name.equals("limits"))) {
            mistakes.add(new Mistake(at, "there is no key " + name));
        }
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
