package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.Account;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.WholeFolder;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.room.RoomNumbers;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of a data folder in every state that people, editors, copies and crashes leave files in: a start works and
 * loses nothing, or it stops with a sentence that names the file and has changed nothing; and the next start does the
 * same.
 */
class FileStatesTest {

    private static final RetentionRules SHORT_SEGMENTS = new RetentionRules(Retention.parse("160 events"), Map.of());
    private static final int EVENTS = 20;
    private static final RoomName COUNTED = RoomName.of("counted");
    private static final long COUNTED_TO = 4711;
    /** What a newer program writes there is not to be guessed at. */
    private static final Set<Kind> NEWER_ONES =
            Set.of(Kind.OLD_SEGMENT, Kind.NEW_SEGMENT, Kind.USERS, Kind.NAMES, Kind.FORMAT);

    private static final UserName EVE = UserName.of("eve");

    /** Files of a data folder. */
    enum Kind {
        OLD_SEGMENT("rooms/lobby/messages-000000000001.csv"),
        NEW_SEGMENT("rooms/lobby/messages-000000000017.csv"),
        INDEX("rooms/lobby/messages-000000000001.index"),
        EPOCHS("rooms/lobby/epochs.csv"),
        TOPIC("rooms/lobby/room.csv"),
        MEMBERS("rooms/lobby/members.csv"),
        NUMBERS("rooms/counted/last.csv"),
        ROOM("rooms/lobby"),
        ROOMS("rooms"),
        USERS("users.csv"),
        NAMES("names.csv"),
        CLOCK("clock.csv"),
        LOOKALIKES("lookalikes.csv"),
        FORMAT("format"),
        KEY("server.key"),
        VERIFIER("join.verifier");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        boolean isFolder() {
            return this == ROOM || this == ROOMS;
        }

        boolean isSegment() {
            return this == OLD_SEGMENT || this == NEW_SEGMENT;
        }
    }

    /** What has become of a file. */
    enum State {
        ABSENT {
            @Override
            void put(Path file) throws IOException {
                WholeFolder.delete(file);
            }
        },
        EMPTY {
            @Override
            void put(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        CUT_OFF {
            @Override
            void put(Path file) throws IOException {
                byte[] whole = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(whole, whole.length - 5));
            }
        },
        IN_CAPITALS {
            @Override
            void put(Path file) throws IOException {
                Files.move(file, capitals(file));
            }
        },
        PUT_AWAY {
            @Override
            void put(Path file) throws IOException {
                Files.move(file, file.resolveSibling(file.getFileName() + ".bak"));
            }
        },
        OF_THE_OTHER_KIND {
            @Override
            void put(Path file) throws IOException {
                boolean folder = Files.isDirectory(file);
                Files.move(file, elsewhere(file));
                if (folder) {
                    Files.writeString(file, "a file");
                } else {
                    Files.createDirectory(file);
                    Files.writeString(file.resolve("x"), "in a folder");
                }
            }
        },
        LINKED {
            @Override
            void put(Path file) throws IOException {
                Files.move(file, elsewhere(file));
                Files.createSymbolicLink(file, elsewhere(file));
            }
        },
        LINKED_TO_NOTHING {
            @Override
            void put(Path file) throws IOException {
                Files.move(file, elsewhere(file));
                Files.createSymbolicLink(file, elsewhere(file).resolveSibling("nothing"));
            }
        },
        UNREADABLE {
            @Override
            void put(Path file) throws IOException {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
            }
        },
        OF_ANOTHER_EDITOR {
            @Override
            void put(Path file) throws IOException {
                String text = Files.readString(file);
                Files.writeString(file, "\uFEFF" + text.replace("\r\n", "\n").replace("\n", "\r\n"));
            }
        },
        GARBAGE {
            @Override
            void put(Path file) throws IOException {
                byte[] bytes = new byte[300];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (i * 37 + 128);
                }
                Files.write(file, bytes);
            }
        },
        NEWER {
            @Override
            void put(Path file) throws IOException {
                String text = Files.readString(file);
                int end = text.indexOf('\n');
                String first = text.substring(0, end < 0 ? text.length() : end).strip();
                String newer = first.startsWith("kabar ") ? "kabar 4" : first + ",facts";
                Files.writeString(file, newer + (end < 0 ? "" : "\r\n" + text.substring(end + 1)));
            }
        },
        TWICE {
            @Override
            void put(Path file) throws IOException {
                copy(file, capitals(file));
            }
        };

        abstract void put(Path file) throws IOException;

        private static Path capitals(Path file) {
            return file.resolveSibling(String.valueOf(file.getFileName()).toUpperCase(Locale.ROOT));
        }

        /** Beside the data folder. */
        private static Path elsewhere(Path file) {
            Path up = file;
            while (!String.valueOf(up.getFileName()).equals("data")) {
                up = Objects.requireNonNull(up.getParent());
            }
            return up.resolveSibling("elsewhere-" + file.getFileName());
        }
    }

    @TempDir
    static Path template;

    private static String key = "";

    @TempDir
    Path parent;

    static Stream<Arguments> cells() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(State.values())
                        .filter(state -> fits(kind, state))
                        .map(state -> Arguments.of(kind, state)));
    }

    private static boolean fits(Kind kind, State state) {
        Set<State> ofFilesOnly =
                Set.of(State.EMPTY, State.CUT_OFF, State.OF_ANOTHER_EDITOR, State.GARBAGE, State.NEWER);
        Set<State> ofTexts = Set.of(State.OF_ANOTHER_EDITOR, State.NEWER);
        return !(kind.isFolder() && ofFilesOnly.contains(state)) && !(kind == Kind.INDEX && ofTexts.contains(state));
    }

    @BeforeAll
    static void a_folder_that_was_used() throws IOException {
        try (OpenJournal journal = new OpenJournal(
                template, CsvJournal.Durability.OS, SHORT_SEGMENTS, ChannelFile::open, () -> OpenJournal.NOON)) {
            journal.epoch = 7;
            journal.propose(ChatEvent.of(
                    RoomName.LOBBY, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Topic("the topic")));
            journal.answers.next();
            journal.propose(ChatEvent.of(
                    RoomName.LOBBY, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Joined()));
            journal.answers.next();
            for (int number = 3; number <= EVENTS; number++) {
                journal.epoch = number < 10 ? 7 : 9;
                Instant time = OpenJournal.NOON.plus(Duration.ofDays(number < 17 ? 0 : 1));
                journal.propose(ChatEvent.of(
                        RoomName.LOBBY,
                        0,
                        time,
                        Author.of(OpenJournal.ADA),
                        new Content.Said("text " + number, false)));
                journal.answers.next();
            }
        }
        Path lobby = template.resolve("rooms/lobby");
        Files.writeString(lobby.resolve("members.csv"), "after_event,count\r\n" + EVENTS + ",1\r\nada\r\n");
        Files.write(lobby.resolve("messages-000000000001.index"), new byte[16]);
        Path counted = Files.createDirectory(template.resolve("rooms/counted"));
        Files.writeString(counted.resolve("last.csv"), RoomNumbers.text(COUNTED_TO));
        Files.writeString(counted.resolve("room.csv"), "name,topic_seq,topic\r\ncounted,3,its topic\r\n");
        try (DataFolder data = DataFolder.open(template)) {
            CsvAccountStore store = CsvAccountStore.open(data);
            for (String name : new String[] {"ada", "eve", "bob"}) {
                store.register(account(UserName.of(name)));
            }
            store.close();
            String users = Files.readString(data.users());
            Files.writeString(data.users(), users.replace("2,eve,member,", "2,eve,removed,"));
        }
        key = start(template);
    }

    private static Account account(UserName name) {
        return new Account(0, name, Optional.empty(), Optional.of("ab".repeat(32)), Account.MEMBER, OpenJournal.NOON);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    /** The server's key, or why it does not start. */
    private static String start(Path data) throws IOException {
        try (CsvServer server = CsvServer.start(data, new ChatServerListener() {})) {
            return server.key();
        }
    }

    private static String startOrReason(Path data) {
        try {
            return start(data);
        } catch (IOException e) {
            return "stopped: " + e.getMessage();
        }
    }

    /** All that is in the folder, and where its links lead to, but for what says who holds it. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        Files.walkFileTree(parent, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = parent.relativize(file).toString();
                if (Files.isSymbolicLink(file)) {
                    files.put(name, "-> " + Files.readSymbolicLink(file));
                } else if (!name.startsWith("data/lock") && Files.isReadable(file)) {
                    files.put(name, shown(Files.readAllBytes(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // a folder that nobody may look into
            }
        });
        return files;
    }

    private static String shown(byte[] bytes) {
        StringBuilder shown = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b == '\r' || b == '\n' || (b >= ' ' && b < 127)) {
                shown.append((char) b);
            } else {
                shown.append('<').append(HexFormat.of().toHexDigits(b)).append('>');
            }
        }
        return shown.toString();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void a_start_loses_nothing_or_stops_with_the_name_of_the_file(Kind kind, State state) throws IOException {
        Path data = parent.resolve("data");
        copy(template, data);
        Path file = data.resolve(kind.path);
        assumeFalse(
                state == State.UNREADABLE && System.getProperty("os.name", "").startsWith("Windows"));
        state.put(file);
        assumeTrue(state != State.UNREADABLE || !Files.isReadable(file), "root may read everything");
        boolean capitals = state == State.TWICE || state == State.IN_CAPITALS;
        assumeTrue(!capitals || capitalsAreOthers(), "a disk of one case");
        Map<String, String> before = files();

        String first = startOrReason(data);
        if (first.startsWith("stopped: ")) {
            assertThat(first).containsIgnoringCase(file.toString()).endsWith(".");
            assertThat(files()).isEqualTo(before);
            assertThat(startOrReason(data)).isEqualTo(first);
            return;
        }
        String second = startOrReason(data);
        assertThat(second).isEqualTo(first);
        assertThat(state == State.NEWER && NEWER_ONES.contains(kind))
                .as("read what it cannot understand")
                .isFalse();
        if (kind == Kind.KEY) {
            assertThat(first.equals(key)).isNotEqualTo(state == State.ABSENT || state == State.PUT_AWAY);
        } else {
            assertThat(first).isEqualTo(key);
        }
        nothingIsLost(kind, state, data, before);
        if (state == State.LINKED && kind != Kind.NUMBERS) { // which are gone with the next segment
            assertThat(file).isSymbolicLink();
        }
    }

    private boolean capitalsAreOthers() throws IOException {
        Files.createFile(parent.resolve("a file"));
        return Files.notExists(parent.resolve("A FILE"));
    }

    private void nothingIsLost(Kind kind, State state, Path data, Map<String, String> before) throws IOException {
        Set<String> texts = texts(before);
        long newest = newest(before);
        boolean logIsWhole = !kind.isSegment() && !kind.isFolder();
        if (logIsWhole) {
            assertThat(texts).hasSize(EVENTS - 2);
        }
        String said = "said behind all that";
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.epoch = 11;
            if (logIsWhole) {
                assertThat(readAll(journal)).as("what can be read").containsAll(texts);
            }
            if (logIsWhole) {
                assertThat(journal.lobby().topic()).isEqualTo("the topic");
            }
            Answers.Answer answer = journal.say(said).get(0);
            assertThat(answer.refusal()).isNull();
            assertThat(answer.numbers().get(0)).as("its number").isGreaterThan(newest);
            journal.propose(OpenJournal.said(COUNTED, "another"));
            Answers.Answer counted = journal.answers.next();
            assertThat(counted.refusal()).isNull();
            if (before.containsKey("data/rooms/counted/last.csv")) {
                assertThat(counted.numbers().get(0)).isGreaterThan(COUNTED_TO);
            }
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(readAll(journal)).as("what the next start can read").contains(said);
        }
        namesBelongToWhomTheyBelonged(data);
        Map<String, String> after = files();
        assertThat(texts(after)).containsAll(texts);
        String mutated = before.get("data/" + kind.path);
        boolean mayBeRewritten = kind.isFolder()
                || state == State.OF_ANOTHER_EDITOR
                || state == State.TWICE
                || state == State.LINKED
                || state == State.CUT_OFF
                || kind == Kind.INDEX;
        if (mutated != null && !mayBeRewritten) {
            assertThat(after.values()).as("what stood in the file").anyMatch(content -> content.startsWith(mutated));
        }
    }

    /** As a client does: beyond what is damaged, too. */
    private static List<String> readAll(OpenJournal journal) {
        List<String> texts = new ArrayList<>();
        long next = journal.lobby().first();
        while (next <= journal.lobby().last()) {
            Answers.Answer page = journal.read(next, 100);
            texts.addAll(page.texts());
            next = page.numbers().isEmpty()
                    ? next + 1
                    : page.numbers().get(page.numbers().size() - 1) + 1;
        }
        return texts;
    }

    private static void namesBelongToWhomTheyBelonged(Path data) throws IOException {
        try (DataFolder folder = DataFolder.open(data)) {
            CsvAccountStore store = CsvAccountStore.open(folder);
            for (String name : new String[] {"ada", "bob"}) {
                assertThat(store.find(UserName.of(name))).as(name).isPresent();
            }
            assertThat(store.find(EVE)).isEmpty();
            assertThat(store.register(account(EVE))).isEmpty();
            assertThat(store.register(account(UserName.of("new")))).isPresent();
            store.close();
        }
    }

    private static final Pattern TEXT = Pattern.compile("text \\d+\r?\n");
    private static final Pattern NUMBER = Pattern.compile("(?m)^\\d+,(\\d+),.*\n");

    private static Set<String> texts(Map<String, String> files) {
        return files.values().stream()
                .flatMap(content -> TEXT.matcher(content).results())
                .map(result -> result.group().strip())
                .collect(Collectors.toSet());
    }

    private static long newest(Map<String, String> files) {
        return files.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("data/rooms/lobby/messages-"))
                .flatMap(entry -> NUMBER.matcher(entry.getValue()).results())
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .max()
                .orElse(0);
    }
}
