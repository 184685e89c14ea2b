package io.kabar.daemon;

import static java.util.Objects.requireNonNullElse;

import io.kabar.chat.InviteLink;
import io.kabar.chat.internal.files.OwnerOnly;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.RoomFounders;
import io.kabar.chat.rules.ServerRoles;
import io.kabar.chat.server.ServerOptions;
import io.kabar.daemon.DaemonSettings.Admission;
import io.kabar.daemon.DaemonSettings.People;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes settings of flags, environment, file and what is built in, in that order. */
final class SettingsReader {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);

    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");
    private static final List<String> DURABILITIES = List.of("os", "always");

    private static final long MEBIBYTE = 1024 * 1024;

    private final Map<String, String> environment;
    private final List<String> mistakes = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    DaemonSettings read(ServerFlags flags) throws SettingsException {
        Path said = flags.data != null ? flags.data : path(environment.get("KABAR_DATA"));
        ConfigFile file = file(flags, said);
        Path configured = file.path(ConfigKey.DATA);
        Path data = said != null ? said : configured != null ? configured : standardData();
        DaemonSettings settings = new DaemonSettings(
                bind(flags, file),
                data,
                admission(flags, file),
                options(flags, file),
                "always".equals(word("--durability", flags.durability, DURABILITIES, file, ConfigKey.DURABILITY, "os")),
                history(flags, file),
                requireNonNullElse(file.text(ConfigKey.STORAGE), DaemonSettings.CSV),
                word("--log-level", flags.logLevel, LEVELS, file, ConfigKey.LOG_LEVEL, "info"),
                people(file));
        if (!mistakes.isEmpty()) {
            throw new SettingsException(mistakes);
        }
        return settings;
    }

    /**
     * Where the data is if a flag says {@code flag}, or nothing.
     *
     * @throws SettingsException if nothing says it
     */
    Path dataFolder(@Nullable Path flag) throws SettingsException {
        Path said = flag != null ? flag : path(environment.get("KABAR_DATA"));
        return said != null ? said : standardData();
    }

    private ConfigFile file(ServerFlags flags, @Nullable Path data) throws SettingsException {
        if (flags.config != null) {
            return ConfigFile.read(flags.config);
        }
        Path own = (data != null ? data : standardData()).resolve("kabar.toml");
        if (!Files.exists(own)) {
            return ConfigFile.NONE;
        }
        ConfigFile file = ConfigFile.read(own);
        if (file.text(ConfigKey.DATA) != null) {
            mistakes.add(own + ": data cannot be set in the data folder itself; name the file with --config.");
        }
        return file;
    }

    private Path standardData() throws SettingsException {
        try {
            return StandardFolder.of(environment, System.getProperty("os.name", ""), System.getProperty("user.home"));
        } catch (IllegalStateException e) {
            throw new SettingsException(List.of(e.getMessage() + " Or name the data folder with --data."));
        }
    }

    private InetSocketAddress bind(ServerFlags flags, ConfigFile file) {
        String host = flags.address != null ? flags.address : file.text(ConfigKey.ADDRESS);
        Integer told = flags.port != null ? flags.port : file.number(ConfigKey.PORT);
        int port = told == null ? InviteLink.DEFAULT_PORT : told;
        if (port < 0 || port > 65_535) {
            mistakes.add("The port must be a number from 0 to 65535, not " + port + ".");
            port = 0;
        }
        if (host == null) {
            return new InetSocketAddress(port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            mistakes.add("There is no address " + host + ".");
            return new InetSocketAddress(port);
        }
    }

    private Admission admission(ServerFlags flags, ConfigFile file) {
        if (flags.open && flags.passwordFile != null) {
            mistakes.add("--open and --password-file exclude each other.");
        }
        String password = environment.getOrDefault("KABAR_SERVER_PASSWORD", "");
        Path passwordFile = file.path(ConfigKey.PASSWORD_FILE);
        if (flags.open) {
            return new Admission.Open();
        } else if (flags.passwordFile != null) {
            return password(flags.passwordFile);
        } else if (!password.isEmpty()) {
            return checked("KABAR_SERVER_PASSWORD", password);
        } else if (file.says(ConfigKey.OPEN, true)) {
            if (passwordFile != null) {
                mistakes.add("The configuration file says open and password-file, which exclude each other.");
            }
            return new Admission.Open();
        }
        return passwordFile == null ? new Admission.Kept() : password(passwordFile);
    }

    private Admission password(Path file) {
        try {
            Admission given = checked("The password file " + file, JoinPassword.readFile(file));
            OwnerOnly.remark("password file", file).ifPresent(LOG::warn);
            return given;
        } catch (SettingsException e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return new Admission.Kept();
        }
    }

    private Admission checked(String where, String password) {
        if (password.isEmpty() || password.codePoints().anyMatch(Character::isISOControl)) {
            mistakes.add(where + " holds no password: it is empty, or has control characters in it.");
        }
        return new Admission.Password(password);
    }

    private ServerOptions options(ServerFlags flags, ConfigFile file) {
        ServerOptions standard = ServerOptions.defaults();
        ServerOptions options = standard.toBuilder()
                .maxMessageBytes(number(file, ConfigKey.MAX_MESSAGE_BYTES, standard.maxMessageBytes()))
                .rate(
                        number(file, ConfigKey.RATE_BURST, standard.rateBurst()),
                        number(file, ConfigKey.RATE_PER_SECOND, standard.ratePerSecond()))
                .sessions(
                        number(file, ConfigKey.MAX_SESSIONS, standard.maxSessions()),
                        number(file, ConfigKey.SESSIONS_PER_ADDRESS, standard.sessionsPerAddress()),
                        number(file, ConfigKey.SESSIONS_PER_PRIVATE_ADDRESS, standard.sessionsPerPrivateAddress()))
                .perAddress(
                        number(file, ConfigKey.USERS_PER_ADDRESS, standard.usersPerAddress()),
                        number(file, ConfigKey.NEW_NAMES_PER_ADDRESS, standard.newNamesPerAddress()))
                .rooms(
                        number(file, ConfigKey.MAX_ROOMS, standard.maxRooms()),
                        number(file, ConfigKey.NEW_ROOMS_PER_USER, standard.newRoomsPerUser()))
                .storedMebibytesPerDay(number(file, ConfigKey.STORED_MIB_PER_DAY, standard.storedMebibytesPerDay()))
                .build();
        return flags.noRateLimit || file.says(ConfigKey.RATE_LIMIT, false) ? options.withoutRateLimit() : options;
    }

    private People people(ConfigFile file) {
        OrderRules order = OrderRules.STANDARD;
        try {
            order = order.withRoles(file.roles().isEmpty() ? order.roles() : ServerRoles.of(file.roles()))
                    .withFounders(
                            "staff".equals(file.text(ConfigKey.FOUNDERS)) ? RoomFounders.STAFF : RoomFounders.ANYBODY)
                    .withContact(requireNonNullElse(file.text(ConfigKey.CONTACT), order.contact()))
                    .withRepeats(number(file, ConfigKey.REPEATS, order.repeats()))
                    .withNewcomers(
                            number(file, ConfigKey.NEW_NAMES_PER_MINUTE, order.newNamesPerMinute()),
                            number(file, ConfigKey.NEWCOMERS_PER_ROOM_MINUTE, order.newcomersPerRoomMinute()))
                    .withEditWindow(Duration.ofHours(number(
                            file, ConfigKey.EDIT_HOURS, (int) order.editWindow().toHours())))
                    .withQuietAt(number(file, ConfigKey.QUIET_AT, order.quietAt()));
        } catch (IllegalArgumentException e) {
            mistakes.add("The configuration file, order: " + e.getMessage());
        }
        return new People("invited".equals(file.text(ConfigKey.NEW_PEOPLE)), file.says(ConfigKey.GUESTS, true), order);
    }

    private static int number(ConfigFile file, ConfigKey key, int standard) {
        return requireNonNullElse(file.number(key), standard);
    }

    private RetentionRules history(ServerFlags flags, ConfigFile file) {
        String words = flags.history != null ? flags.history : file.text(ConfigKey.HISTORY);
        try {
            Retention standard = words == null ? Retention.STANDARD : Retention.parse(words);
            Integer mebibytes = file.number(ConfigKey.ROOM_MIB);
            long bytes = mebibytes == null ? RetentionRules.STANDARD_ROOM_BYTES : mebibytes * MEBIBYTE;
            return new RetentionRules(standard, file.rooms(), bytes);
        } catch (IllegalArgumentException e) {
            mistakes.add("--history " + e.getMessage() + ", not " + words + ".");
            return RetentionRules.STANDARD;
        }
    }

    private String word(
            String flag, @Nullable String said, List<String> words, ConfigFile file, ConfigKey key, String builtIn) {
        String word = ServerFlags.lower(said);
        if (word != null && !words.contains(word)) {
            mistakes.add(flag + " must be one of " + String.join(", ", words) + ", not " + said + ".");
        }
        return word != null ? word : requireNonNullElse(file.text(key), builtIn);
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Path.of(text);
    }
}
