package io.kabar.cli.config;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.files.EditedText;
import io.kabar.chat.internal.files.OwnerOnly;
import io.kabar.cli.connect.Target;
import io.kabar.cli.input.Action;
import io.kabar.cli.screen.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads the file, and tells all that is wrong with it at once, by line. */
final class ConfigReader {

    private static final int LONGEST = 1 << 20;

    private static final List<String> NAMES = List.of("theme", "bell", "mouse", "ignore", "keys", "servers");
    private static final List<String> OF_SERVER = List.of("link", "user", "room", "password-file");

    private final Path file;
    private final List<String> mistakes = new ArrayList<>();

    private ConfigReader(Path file) {
        this.file = file;
    }

    static ClientConfig read(Path file) {
        TomlParseResult toml;
        try {
            toml = Toml.parse(EditedText.read(file, LONGEST).text());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("The configuration " + file + " cannot be read.", e);
        }
        ConfigReader reader = new ConfigReader(file);
        toml.errors().forEach(error -> reader.wrong(error.position(), String.valueOf(error.getMessage())));
        ClientConfig config = reader.mistakes.isEmpty() ? reader.config(toml) : ClientConfig.USUAL;
        if (!reader.mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", reader.mistakes));
        }
        return config;
    }

    private ClientConfig config(TomlTable toml) {
        known(toml, NAMES, "");
        ClientConfig usual = ClientConfig.USUAL;
        Theme theme = text(toml, "theme", word -> Theme.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(usual.theme());
        return new ClientConfig(
                theme,
                flag(toml, "bell", usual.bell()),
                flag(toml, "mouse", usual.mouse()),
                ignored(toml),
                keys(toml),
                profiles(toml));
    }

    private List<UserName> ignored(TomlTable toml) {
        List<UserName> names = new ArrayList<>();
        if (value(toml, "ignore") instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                Object name = array.get(i);
                try {
                    names.add(UserName.of(String.valueOf(name)));
                } catch (IllegalArgumentException e) {
                    wrong(array.inputPositionOf(i), "'" + name + "' is no name of a person.");
                }
            }
        } else if (toml.contains(List.of("ignore"))) {
            wrong(toml.inputPositionOf(List.of("ignore")), "ignore is a list of names.");
        }
        return names;
    }

    private Map<String, Action> keys(TomlTable toml) {
        Map<String, Action> keys = new HashMap<>();
        table(toml, "keys").ifPresent(table -> {
            for (String key : table.keySet()) {
                String word = String.valueOf(value(table, key));
                Optional<Action> action = Arrays.stream(Action.values())
                        .filter(each -> each.word().equals(word))
                        .findFirst();
                if (action.isPresent()) {
                    keys.put(key, action.get());
                } else {
                    wrong(table.inputPositionOf(List.of(key)), "'" + word + "' is nothing that a key can do.");
                }
            }
        });
        return keys;
    }

    private Map<String, Profile> profiles(TomlTable toml) {
        Map<String, Profile> profiles = new LinkedHashMap<>();
        table(toml, "servers").ifPresent(table -> {
            for (String name : table.keySet()) {
                table(table, name).ifPresent(server -> {
                    known(server, OF_SERVER, "servers." + name + ".");
                    Optional<String> link = text(server, "link", text -> {
                        Target.parse(List.of(text));
                        return text;
                    });
                    Optional<Path> password = text(server, "password-file", Path::of);
                    password.flatMap(secret -> OwnerOnly.remark("password file", secret))
                            .ifPresent(remark -> wrong(server.inputPositionOf(List.of("password-file")), remark));
                    if (link.isPresent()) {
                        profiles.put(
                                name,
                                new Profile(
                                        link.get(),
                                        text(server, "user", UserName::of),
                                        text(server, "room", text -> text),
                                        password));
                    } else if (!server.contains(List.of("link"))) {
                        wrong(table.inputPositionOf(List.of(name)), "servers." + name + " has no link.");
                    }
                });
            }
        });
        return profiles;
    }

    private void known(TomlTable table, List<String> names, String before) {
        for (String name : table.keySet()) {
            if (!names.contains(name)) {
                wrong(table.inputPositionOf(List.of(name)), "There is no setting '" + before + name + "'.");
            }
        }
    }

    private Optional<TomlTable> table(TomlTable in, String name) {
        Object value = value(in, name);
        if (value == null || value instanceof TomlTable) {
            return Optional.ofNullable((TomlTable) value);
        }
        wrong(in.inputPositionOf(List.of(name)), name + " is a table.");
        return Optional.empty();
    }

    private boolean flag(TomlTable in, String name, boolean usual) {
        Object value = value(in, name);
        if (value == null || value instanceof Boolean) {
            return value == null ? usual : (Boolean) value;
        }
        wrong(in.inputPositionOf(List.of(name)), name + " is true or false.");
        return usual;
    }

    private <T> Optional<T> text(TomlTable in, String name, Function<String, T> parser) {
        Object value = value(in, name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            if (value instanceof String text) {
                return Optional.of(parser.apply(text));
            }
        } catch (IllegalArgumentException e) {
            // Told below, where it stands.
        }
        wrong(in.inputPositionOf(List.of(name)), "'" + value + "' cannot be used as " + name + ".");
        return Optional.empty();
    }

    private static @Nullable Object value(TomlTable in, String name) {
        return in.get(List.of(name));
    }

    private void wrong(@Nullable TomlPosition position, String sentence) {
        mistakes.add(file + (position == null ? "" : ":" + position.line()) + ": " + sentence);
    }
}
