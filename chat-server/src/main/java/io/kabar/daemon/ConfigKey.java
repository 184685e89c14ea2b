package io.kabar.daemon;

import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.server.ServerOptions;
import io.kabar.storage.csv.folder.Retention;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key of the configuration file, and what may stand behind it. */
enum ConfigKey {
    ADDRESS("address", String.class),
    PORT("port", 0, 65_535),
    DATA("data", String.class),
    PASSWORD_FILE("password-file", String.class),
    OPEN("open", Boolean.class),
    HISTORY("history.keep", Retention.class),
    DURABILITY("durability", "os, always"),
    STORAGE("storage", String.class),
    LOG_LEVEL("log-level", "error, warn, info, debug, trace"),
    RATE_LIMIT("limits.rate-limit", Boolean.class),
    RATE_BURST("limits.rate-burst", 1, 1_000_000),
    RATE_PER_SECOND("limits.rate-per-second", 1, 1_000_000),
    MAX_MESSAGE_BYTES("limits.max-message-bytes", 1, ServerOptions.MESSAGE_CEILING),
    MAX_SESSIONS("limits.max-sessions", 1, 1_000_000),
    SESSIONS_PER_ADDRESS("limits.sessions-per-address", 1, 1_000_000),
    SESSIONS_PER_PRIVATE_ADDRESS("limits.sessions-per-private-address", 1, 1_000_000),
    USERS_PER_ADDRESS("limits.users-per-address", 1, ServerOptions.MAX_USERS),
    NEW_NAMES_PER_ADDRESS("limits.new-names-per-address", 1, 1_000_000),
    NEW_ROOMS_PER_USER("limits.new-rooms-per-user", 1, 1_000_000),
    MAX_ROOMS("limits.max-rooms", 1, 10_000_000),
    STORED_MIB_PER_DAY("limits.stored-mib-per-day", 1, ServerOptions.MAX_STORED_MEBIBYTES),
    ROOM_MIB("history.room-mib", 1, 1_000_000_000),
    NEW_PEOPLE("people.new", "anybody, invited"),
    GUESTS("people.guests", Boolean.class),
    FOUNDERS("order.founders", "anybody, staff"),
    CONTACT("order.contact", String.class),
    REPEATS("order.repeats", 0, 1_000),
    NEW_NAMES_PER_MINUTE("order.new-names-per-minute", 0, 1_000_000),
    NEWCOMERS_PER_ROOM_MINUTE("order.newcomers-per-room-minute", 0, 1_000_000),
    EDIT_HOURS("order.edit-hours", 0, 1_000_000),
    QUIET_AT("order.quiet-at", 0, 1_000_000);

    private final String path;
    private final Class<?> type;
    /** The words allowed, as a person reads them; empty if any text is. */
    private final String words;

    private final long least;
    private final long most;

    ConfigKey(String path, Class<?> type) {
        this(path, type, "", 0, 0);
    }

    ConfigKey(String path, String words) {
        this(path, String.class, words, 0, 0);
    }

    ConfigKey(String path, long least, long most) {
        this(path, Long.class, "", least, most);
    }

    ConfigKey(String path, Class<?> type, String words, long least, long most) {
        this.path = path;
        this.type = type;
        this.words = words;
        this.least = least;
        this.most = most;
    }

    static Optional<ConfigKey> of(String path) {
        return Arrays.stream(values()).filter(key -> key.path.equals(path)).findAny();
    }

    String path() {
        return path;
    }

    /** What is wrong with a value, to follow the key; null if nothing is. */
    @Nullable
    String complaint(Object value) {
        if (type == Boolean.class) {
            return value instanceof Boolean ? null : "must be true or false";
        }
        if (type == Retention.class) {
            return retentionComplaint(value);
        }
        if (type == Long.class) {
            boolean fits = value instanceof Long number && number >= least && number <= most;
            return fits ? null : "must be a number from " + least + " to " + most;
        }
        if (!words.isEmpty()) {
            boolean fits = value instanceof String word
                    && Parts.words(words.replace(',', ' ')).contains(word);
            return fits ? null : "must be one of " + words;
        }
        return value instanceof String text && !text.isBlank() ? null : "must be a text in quotes";
    }

    /** What is wrong with a value that should say how much is kept, to follow the key; null if nothing is. */
    static @Nullable String retentionComplaint(Object value) {
        try {
            Retention.parse(value instanceof String text ? text : "");
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
