package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.RoomName;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.RoomFounders;
import io.kabar.daemon.DaemonSettings.Admission;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsReaderTest {

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void data_folder() {
        environment.put("XDG_DATA_HOME", folder.toString());
        environment.put("LOCALAPPDATA", folder.toString());
    }

    private DaemonSettings read(String... args) throws SettingsException {
        return DaemonSettings.read(List.of(args), environment);
    }

    private DaemonSettings read(Path config, String... args) throws SettingsException {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", config.toString()));
        return DaemonSettings.read(all, environment);
    }

    private Path config(String... lines) throws IOException {
        return Files.write(folder.resolve("my.toml"), List.of(lines));
    }

    private Path passwordFile(String password) throws IOException {
        return Files.writeString(folder.resolve(password + ".txt"), password + "\n");
    }

    @Test
    void without_a_word_the_defaults_hold() throws Exception {
        DaemonSettings settings = read();

        assertThat(settings.bind().getPort()).isEqualTo(2120);
        assertThat(settings.bind().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(settings.admission()).isEqualTo(new Admission.Kept());
        assertThat(settings.forced()).isFalse();
        assertThat(settings.options().rateBurst()).isEqualTo(50);
        assertThat(settings.logLevel()).isEqualTo("info");
    }

    @Test
    void flags_say_it_all() throws Exception {
        DaemonSettings settings = read(
                "127.0.0.1",
                "-p",
                "0",
                "--data",
                "/d",
                "--open",
                "--no-rate-limit",
                "--durability",
                "always",
                "--log-level",
                "DEBUG");

        assertThat(settings.bind().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.bind().getPort()).isZero();
        assertThat(settings.data()).isEqualTo(Path.of("/d"));
        assertThat(settings.admission()).isEqualTo(new Admission.Open());
        assertThat(settings.options().rateBurst()).isZero();
        assertThat(settings.forced()).isTrue();
        assertThat(settings.logLevel()).isEqualTo("debug");
    }

    @Test
    void how_much_is_kept_is_said_for_all_rooms_and_for_some() throws Exception {
        assertThat(read().history()).isEqualTo(RetentionRules.STANDARD);
        RetentionRules rules = read(config(
                        "[history]",
                        "keep = '7 days'",
                        "[history.rooms]",
                        "lobby = 'forever'",
                        "'#Secret.Garden' = 'none'"))
                .history();
        assertThat(rules.of(RoomName.of("any"))).isEqualTo(Retention.parse("7 days"));
        assertThat(rules.of(RoomName.LOBBY)).isEqualTo(Retention.FOREVER);
        assertThat(rules.of(RoomName.of("secret.garden"))).isEqualTo(Retention.NONE);
        assertThat(read(config("[history]", "keep = '7 days'"), "--history", "10 events")
                        .history()
                        .standard())
                .isEqualTo(Retention.parse("10 events"));
    }

    @Test
    void what_makes_no_sense_about_keeping_is_told_with_its_place() throws Exception {
        Path config = config(
                "[history]", "keep = '7 weeks'", "[history.rooms]", "'a b' = 'none'", "lobby = 3", "LOBBY = 'none'");

        assertThatThrownBy(() -> read(config))
                .hasMessageContaining(config + ":2:1: history.keep must be forever, none, or such as")
                .hasMessageContaining(config + ":4:1: a b is no room: A room name must not hold spaces")
                .hasMessageContaining(config + ":5:1: history.rooms.lobby must be");
        assertThatThrownBy(() -> read("--history", "long"))
                .hasMessageContaining(
                        "--history must be forever, none, or such as \"30 days, 100000 events\", not long.");
    }

    @Test
    void the_file_says_it_all() throws Exception {
        passwordFile("sesame");
        DaemonSettings settings = read(config(
                "address = '::1'",
                "port = 7",
                "data = 'kept'",
                "password-file = 'sesame.txt'",
                "durability = 'always'",
                "log-level = 'warn'",
                "[limits]",
                "rate-burst = 5",
                "rate-per-second = 2",
                "max-message-bytes = 100",
                "max-sessions = 9",
                "sessions-per-address = 3",
                "sessions-per-private-address = 4",
                "users-per-address = 40",
                "new-names-per-address = 600",
                "new-rooms-per-user = 2",
                "max-rooms = 77",
                "stored-mib-per-day = 1",
                "[history]",
                "room-mib = 3000"));

        assertThat(settings.bind().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(settings.bind().getPort()).isEqualTo(7);
        assertThat(settings.data()).isEqualTo(folder.resolve("kept"));
        assertThat(settings.admission()).isEqualTo(new Admission.Password("sesame"));
        assertThat(settings.forced()).isTrue();
        assertThat(settings.logLevel()).isEqualTo("warn");
        assertThat(settings.options().rateBurst()).isEqualTo(5);
        assertThat(settings.options().ratePerSecond()).isEqualTo(2);
        assertThat(settings.options().maxMessageBytes()).isEqualTo(100);
        assertThat(settings.options().maxSessions()).isEqualTo(9);
        assertThat(settings.options().sessionsPerAddress()).isEqualTo(3);
        assertThat(settings.options().sessionsPerPrivateAddress()).isEqualTo(4);
        assertThat(settings.options().usersPerAddress()).isEqualTo(40);
        assertThat(settings.options().newNamesPerAddress()).isEqualTo(600);
        assertThat(settings.options().newRoomsPerUser()).isEqualTo(2);
        assertThat(settings.options().maxRooms()).isEqualTo(77);
        assertThat(settings.options().storedMebibytesPerDay()).isEqualTo(1);
        assertThat(settings.history().roomBytes()).isEqualTo(3000L * 1024 * 1024);
    }

    @Test
    void people_and_order_are_as_the_file_says() throws Exception {
        DaemonSettings settings = read(config(
                "[people]",
                "new = 'invited'",
                "guests = true",
                "[order]",
                "founders = 'staff'",
                "contact = 'ada@example.org'",
                "repeats = 3",
                "new-names-per-minute = 10",
                "newcomers-per-room-minute = 0",
                "edit-hours = 2",
                "quiet-at = 100",
                "[order.roles]",
                "helper = 'moderate-rooms, read-staff-log'"));

        assertThat(settings.people().invitedOnly()).isTrue();
        assertThat(settings.people().guests()).isTrue();
        assertThat(settings.people().order())
                .isEqualTo(OrderRules.STANDARD
                        .withRoles(settings.people().order().roles())
                        .withFounders(RoomFounders.STAFF)
                        .withContact("ada@example.org")
                        .withRepeats(3)
                        .withNewcomers(10, 0)
                        .withEditWindow(Duration.ofHours(2))
                        .withQuietAt(100));
        assertThat(settings.people().order().roles().find("helper").capabilities())
                .containsExactlyInAnyOrder(Capability.MODERATE_ROOMS, Capability.READ_STAFF_LOG);
        assertThat(read(config("port = 7")).people())
                .isEqualTo(DaemonSettings.standard().people());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new = 'all' | people.new must be one of anybody, invited",
                "[order.roles]%nx = 'fly' | order.roles.x allows fly, which there is not",
                "[order.roles]%nx = 7 | order.roles.x must be a text",
                "[order.roles]%nOWNER = 'ban' | A server role is named by",
                "[order.roles]%nowner = 'ban' | The role owner is as it is on every server"
            })
    void what_is_wrong_with_people_and_order_is_said(String lines, String sentence) throws IOException {
        String text = lines.startsWith("new") ? "[people]%n" + lines : lines;
        Path config = config(String.format(Locale.ROOT, text).split("\n", -1));
        assertThatThrownBy(() -> read(config)).hasMessageContaining(sentence);
    }

    /** Each key of a number, at its bounds and beyond. */
    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void a_number_that_is_out_of_bounds_is_told_with_its_bounds_and_one_at_a_bound_is_taken(ConfigKey key)
            throws Exception {
        Object complaint = key.complaint(Long.MIN_VALUE);
        Matcher bounds =
                Pattern.compile("must be a number from (\\d+) to (\\d+)").matcher(String.valueOf(complaint));
        if (!bounds.matches()) {
            return; // no number
        }
        long least = Long.parseLong(bounds.group(1));
        long most = Long.parseLong(bounds.group(2));
        for (long bad : new long[] {least - 1, most + 1}) {
            Path config = config(key.path() + " = " + bad);
            assertThatThrownBy(() -> read(config)).hasMessage(config + ":1:1: " + key.path() + " " + bounds.group());
        }
        for (long good : new long[] {least, most}) {
            assertThat(read(config(key.path() + " = " + good))).isNotNull();
        }
    }

    @Test
    void a_flag_comes_before_the_environment_and_that_before_the_file() throws Exception {
        Path config = config("data = 'file'", "port = 7", "durability = 'always'", "open = true");
        assertThat(read(config).data()).isEqualTo(folder.resolve("file"));
        assertThat(read(config).admission()).isEqualTo(new Admission.Open());

        environment.put("KABAR_DATA", "/environment");
        environment.put("KABAR_SERVER_PASSWORD", "environment");
        assertThat(read(config).data()).isEqualTo(Path.of("/environment"));
        assertThat(read(config).admission()).isEqualTo(new Admission.Password("environment"));

        DaemonSettings flags = read(
                config,
                "--data",
                "/flag",
                "-p",
                "8",
                "--durability",
                "os",
                "--password-file",
                passwordFile("flag").toString());
        assertThat(flags.data()).isEqualTo(Path.of("/flag"));
        assertThat(flags.bind().getPort()).isEqualTo(8);
        assertThat(flags.forced()).isFalse();
        assertThat(flags.admission()).isEqualTo(new Admission.Password("flag"));
        assertThat(read(config, "--open").admission()).isEqualTo(new Admission.Open());
    }

    @Test
    void the_file_in_the_data_folder_is_read_unnamed() throws Exception {
        Files.writeString(folder.resolve("kabar.toml"), "port = 7\n");

        assertThat(read("--data", folder.toString()).bind().getPort()).isEqualTo(7);
    }

    @Test
    void everything_wrong_with_a_file_is_told_at_once_with_line_and_column() throws Exception {
        Path config = config(
                "prot = 1",
                "port = 70000",
                "open = 'yes'",
                "",
                "[limits]",
                "  max-message-bytes = 99999",
                "speed = 3",
                "[other]",
                "x = 1");

        assertThatThrownBy(() -> read(config))
                .isInstanceOf(SettingsException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .containsExactly(
                                config + ":1:1: there is no key prot",
                                config + ":2:1: port must be a number from 0 to 65535",
                                config + ":3:1: open must be true or false",
                                config + ":6:3: limits.max-message-bytes must be a number from 1 to 16384",
                                config + ":7:1: there is no key limits.speed",
                                config + ":9:1: there is no key other.x"));
    }

    @Test
    void wrong_toml_and_wrong_keys_are_told_together() throws Exception {
        Path config = config("port = = 1", "prot = 1");

        assertThatThrownBy(() -> read(config))
                .hasMessageContaining(config + ":1:8: ")
                .hasMessageContaining(config + ":2:1: there is no key prot");
    }

    @ParameterizedTest
    @CsvSource({
        "-p 70000, The port must be a number from 0 to 65535",
        "-p many, 'port'",
        "--durability never, --durability must be one of os, always",
        "--log-level loud, --log-level must be one of error",
        "--open --password-file x, --open and --password-file exclude each other",
        "--password-file /does/not/exist, The password file /does/not/exist cannot be read",
        "--config /does/not/exist, The configuration file /does/not/exist cannot be read: it does not exist",
        "no..such..host, There is no address no..such..host",
        "--prot, Unknown option"
    })
    void wrong_flags_are_told(String args, String sentence) {
        assertThatThrownBy(() -> read(args.split(" ")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(sentence.replace("'", ""));
    }

    @Test
    void an_unusable_password_is_told_and_never_shown() throws Exception {
        assertThatThrownBy(() -> read("--password-file", passwordFile("").toString()))
                .hasMessageContaining("holds no password");
        environment.put("KABAR_SERVER_PASSWORD", "bell\u0007");
        assertThatThrownBy(() -> read()).hasMessageContaining("KABAR_SERVER_PASSWORD holds no password");
        environment.put("KABAR_SERVER_PASSWORD", "sesame");
        assertThat(read().toString()).doesNotContain("sesame");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_password_file_that_everybody_may_read_is_remarked_on(@TempDir Path place) throws Exception {
        Path file = Files.writeString(place.resolve("password"), "open sesame\n");
        for (String rights : List.of("rw-------", "rw-r--r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
            try (LogLines log = new LogLines(SettingsReader.class)) {
                DaemonSettings.read(List.of("--password-file", file.toString()), Map.of());
                if (rights.endsWith("---")) {
                    assertThat(log.lines()).isEmpty();
                } else {
                    assertThat(log.lines()).singleElement().asString().contains(file.toString(), "chmod 600");
                }
            }
        }
    }
}
