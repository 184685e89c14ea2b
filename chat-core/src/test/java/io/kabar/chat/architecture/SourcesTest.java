package io.kabar.chat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long lines and files are, and how full packages: what one reads at a glance, and what one keeps in mind. */
class SourcesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int COLUMNS = 120;
    private static final int LINES = 400;
    private static final int FILES = 25;

    /** What is longer today, and how long at most; who splits one takes its name out. */
    private static final Map<String, Integer> LONG_FILES = Map.of(
            "Attempt", 466,
            "ServerDriver", 438,
            "ServerEndpoint", 441);

    /** What stays longer, because a part of it would be a file for nothing but this count. */
    private static final Map<String, Integer> WHOLE_FILES = Map.of(
            "ChatModel", 422, // what an embedder reads and a listener is told, each call to its owner
            "Connection", 454, // loss, paths and lanes are types of their own: what each input does to all of them
            "Content", 422, // the kinds that the core folds, to be read in one place
            "JournalContract", 452, // all that a journal promises, to be read in one place
            "Peers", 582, // a program that is run as its one source file
            "RoomChange", 405, // the changes of a room, to be read in one place like Content
            "RoomModel", 430); // what each kind of event does to a room, to be read in one place

    /** What is fuller today, and how full at most. */
    private static final Map<String, Integer> FULL_PACKAGES = Map.of("io.kabar.chat.internal.server.room", 29);

    /**
     * What stays full. The values that everybody shares are found in one package by whoever embeds a client. The codecs
     * of messages read and write by package-private types, which would be public for nothing but this count; so would
     * the parts of the view, as part of the exported API, since the commands act on the model by them.
     */
    private static final Map<String, Integer> WHOLE_PACKAGES =
            Map.of("io.kabar.chat", 42, "io.kabar.chat.internal.wire.message", 26, "io.kabar.chat.view", 41);

    @Test
    void no_line_is_longer_than_a_screen_is_wide() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files(name -> name.endsWith(".java") || name.endsWith(".md"))) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                boolean cannotWrap = file.toString().endsWith(".md") && (line.startsWith("|") || line.startsWith("{"));
                if (line.length() > COLUMNS && !cannotWrap) {
                    tooLong.add(ROOT.relativize(file) + ":" + number);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void no_file_is_longer_than_one_reads_at_once() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : main()) {
            int lines = Files.readAllLines(file).size();
            String name = file.getFileName().toString().replace(".java", "");
            if (lines > WHOLE_FILES.getOrDefault(name, LONG_FILES.getOrDefault(name, LINES))) {
                tooLong.add(ROOT.relativize(file) + ": " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void no_package_holds_more_than_one_keeps_in_mind() throws IOException {
        Map<String, Integer> tooFull = new TreeMap<>();
        main().stream()
                .collect(Collectors.groupingBy(Path::getParent, Collectors.summingInt(file -> 1)))
                .forEach((folder, count) -> {
                    String path = folder.toString().replace('\\', '/');
                    String name = path.substring(path.lastIndexOf("/java/") + "/java/".length())
                            .replace('/', '.');
                    if (count > WHOLE_PACKAGES.getOrDefault(name, FULL_PACKAGES.getOrDefault(name, FILES))) {
                        tooFull.put(name, count);
                    }
                });
        assertThat(tooFull).isEmpty();
    }

    /** Which log is which room, a session knows; a connection would otherwise begin to decide by it. */
    @Test
    void a_connection_has_no_word_of_rooms() throws IOException {
        Path connection = ROOT.resolve("chat-core/src/main/java/io/kabar/chat/internal/connection");
        List<String> words = new ArrayList<>();
        for (Path file : main()) {
            if (file.startsWith(connection)
                    && Files.readString(file).toLowerCase(Locale.ROOT).contains("room")) {
                words.add(ROOT.relativize(file).toString());
            }
        }
        assertThat(words).isEmpty();
        assertThat(connection).isDirectory();
    }

    /** Or the rules would hold of nothing. */
    @Test
    void sources_of_all_modules_are_looked_at() throws IOException {
        assertThat(main().stream().map(file -> ROOT.relativize(file).getName(0).toString()))
                .contains(
                        "chat-core",
                        "chat-server",
                        "chat-cli",
                        "chat-swing",
                        "test-kit",
                        "storage",
                        "benchmarks",
                        "examples");
    }

    private static List<Path> main() throws IOException {
        return files(name -> name.endsWith(".java")).stream()
                .filter(file ->
                        !ROOT.relativize(file).toString().replace('\\', '/').contains("/src/test/"))
                .toList();
    }

    private static List<Path> files(Predicate<String> wanted) throws IOException {
        Set<String> aside = Set.of("target", ".git", "node_modules");
        List<Path> found = new ArrayList<>();
        collect(ROOT, aside, wanted, found);
        return found;
    }

    private static void collect(Path folder, Set<String> aside, Predicate<String> wanted, List<Path> found)
            throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry) && !aside.contains(name)) {
                    collect(entry, aside, wanted, found);
                } else if (Files.isRegularFile(entry) && wanted.test(name)) {
                    found.add(entry);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
