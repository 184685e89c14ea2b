package io.kabar.chat.view.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.LogPosition;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.view.ReadMarker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadMarkerFileTest {

    private static final Instant NOON = Instant.parse("2026-06-08T12:00:00Z");
    private static final UserName ADA = UserName.of("ada");
    private static final ServerKey HOME = ServerKey.of(new byte[ServerKey.LENGTH]);
    private static final ServerKey WORK = ServerKey.of(new byte[] {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32
    });
    private static final UserName BOB = UserName.of("bob");

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("state/kabar/read_markers");
    }

    private ReadMarkerFile file() {
        return new ReadMarkerFile(path());
    }

    @Test
    void each_user_of_each_server_has_their_own_and_the_last_word_counts() {
        assertThat(file().read(HOME, ADA)).isEmpty();
        file().write(HOME, ADA, Map.of(RoomName.LOBBY, new ReadMarker(7, NOON)));
        file().write(HOME, BOB, Map.of(RoomName.LOBBY, new ReadMarker(8, NOON)));
        file().write(WORK, ADA, Map.of(RoomName.of("ops"), new ReadMarker(9, NOON)));
        file().write(
                        HOME,
                        UserName.of("Ada"),
                        Map.of(
                                RoomName.LOBBY,
                                new ReadMarker(3, NOON.plusSeconds(1)),
                                RoomName.of("@1+2"),
                                new ReadMarker(1, NOON)));

        assertThat(file().read(HOME, ADA))
                .isEqualTo(Map.of(
                        RoomName.LOBBY,
                        new ReadMarker(3, NOON.plusSeconds(1)),
                        RoomName.of("@1+2"),
                        new ReadMarker(1, NOON)));
        assertThat(file().read(HOME, BOB)).isEqualTo(Map.of(RoomName.LOBBY, new ReadMarker(8, NOON)));
        assertThat(file().read(WORK, ADA)).containsOnlyKeys(RoomName.of("ops"));
    }

    @Test
    void what_is_damaged_is_passed_over_and_the_rest_serves() throws IOException {
        file().write(HOME, ADA, Map.of(RoomName.LOBBY, new ReadMarker(7, NOON)));
        String good = Files.readString(path()).strip();
        Files.writeString(
                path(),
                "\u0000\u0001\n" + good.replace(" 7 ", " 0 ") + "\n" + good.replace(" 7 ", " 99999999999999999999 ")
                        + "\n"
                        + good + " more\n" + good.replace("lobby", "a/b") + "\n" + good.replace("T", "at") + "\n" + good
                        + "\n" + good.substring(0, 60));
        assertThat(file().read(HOME, ADA)).isEqualTo(Map.of(RoomName.LOBBY, new ReadMarker(7, NOON)));

        file().write(HOME, ADA, Map.of(RoomName.of("ops"), new ReadMarker(1, NOON)));
        assertThat(Files.readAllLines(path())).hasSize(2).allMatch(line -> line.startsWith(HOME.text() + " ada "));
    }

    @Test
    void whatever_the_file_holds_it_can_be_read_and_written() throws IOException {
        Random random = new Random(42);
        Files.createDirectories(path().getParent());
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            Files.write(path(), bytes);
            assertThat(file().read(HOME, ADA)).isEmpty();
            file().write(HOME, ADA, Map.of(RoomName.LOBBY, new ReadMarker(7, NOON)));
            assertThat(file().read(HOME, ADA)).hasSize(1);
        }
    }

    @Test
    void a_file_that_cannot_be_read_is_not_written_over() throws IOException {
        Files.createDirectories(path().getParent());
        Path elsewhere = folder.resolve("nothing");
        for (String state : List.of("too long", "a folder", "a link to nothing")) {
            Files.deleteIfExists(path());
            if (state.equals("too long")) {
                Files.write(path(), new byte[3 << 20]);
            } else if (state.equals("a folder")) {
                Files.createDirectory(path());
            } else {
                Files.createSymbolicLink(path(), elsewhere);
            }
            assertThat(file().read(HOME, ADA)).as(state).isEmpty();
            assertThatThrownBy(() -> file().write(HOME, ADA, Map.of(RoomName.LOBBY, new ReadMarker(7, NOON))))
                    .as(state)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(path().toString());
            assertThat(elsewhere).doesNotExist();
        }
        assertThat(path()).isSymbolicLink();
        Files.createFile(elsewhere);
        file().write(HOME, ADA, Map.of(RoomName.LOBBY, new ReadMarker(7, NOON)));
        assertThat(path()).isSymbolicLink();
        assertThat(file().read(HOME, ADA)).hasSize(1);
    }

    @Test
    void an_editor_and_a_later_version_lose_nothing() throws IOException {
        file().write(HOME, ADA, Map.of(RoomName.LOBBY, new ReadMarker(7, NOON, 3)));
        String line = Files.readString(path()).strip();
        String later = line.replace(" lobby ", " ops ") + " and more";
        Files.writeString(path(), "\uFEFF" + line + "\r\n" + later + "\r\n");

        assertThat(file().read(HOME, ADA)).isEqualTo(Map.of(RoomName.LOBBY, new ReadMarker(7, NOON, 3)));
        file().write(HOME, ADA, Map.of(RoomName.of("garden"), new ReadMarker(1, NOON)));
        assertThat(file().read(HOME, ADA)).containsOnlyKeys(RoomName.LOBBY, RoomName.of("garden"));
        assertThat(Files.readAllLines(path())).contains(later);
    }

    @Test
    void a_cut_at_any_byte_costs_one_line_at_most() throws IOException {
        for (String room : List.of("a", "b", "c")) {
            file().write(HOME, ADA, Map.of(RoomName.of(room), new ReadMarker(7, NOON)));
        }
        byte[] whole = Files.readAllBytes(path());
        for (int length = 0; length < whole.length; length++) {
            Files.write(path(), java.util.Arrays.copyOf(whole, length));
            int lines = (int) new String(whole, 0, length, StandardCharsets.UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            assertThat(file().read(HOME, ADA)).hasSizeBetween(lines, lines + 1);
        }
    }

    @Test
    void it_is_bounded_and_the_newest_stay() throws IOException {
        Map<RoomName, ReadMarker> many = new HashMap<>();
        IntStream.range(0, 3_000).forEach(i -> many.put(RoomName.of("r" + i), new ReadMarker(1, NOON.plusSeconds(i))));
        file().write(HOME, ADA, many);

        assertThat(Files.readAllLines(path())).hasSize(ReadMarkerFile.MAX_LINES);
        assertThat(file().read(HOME, ADA)).containsKey(RoomName.of("r2999")).doesNotContainKey(RoomName.of("r0"));
    }

    @Test
    void programs_that_write_at_the_same_time_lose_nothing_and_leave_nothing_behind() throws Exception {
        ReadMarkerFile shared = file();
        List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> shared.write(HOME, ADA, Map.of(RoomName.of("r" + i), new ReadMarker(1, NOON)))))
                .toList();
        for (CompletableFuture<Void> writer : writers) {
            writer.get();
        }
        assertThat(shared.read(HOME, ADA)).hasSize(8);
        try (Stream<Path> left = Files.list(path().getParent())) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("read_markers", "read_markers.lock");
        }
    }

    @Test
    void a_folder_that_cannot_be_is_told_in_a_sentence() throws IOException {
        Files.writeString(folder.resolve("state"), "in the way");
        assertThat(file().read(HOME, ADA)).isEmpty();
        assertThatThrownBy(() -> file().write(HOME, ADA, Map.of(RoomName.LOBBY, new ReadMarker(7, NOON))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Where you left cannot be remembered: " + path() + " cannot be written.");
    }

    @Test
    void epoch_is_kept_and_a_line_of_before_there_were_any_is_read_as_before() throws Exception {
        ReadMarker marker = new ReadMarker(7, NOON, 4_294_967_295L);
        file().write(HOME, ADA, Map.of(RoomName.LOBBY, marker, RoomName.of("ops"), new ReadMarker(8, NOON)));

        assertThat(file().read(HOME, ADA))
                .isEqualTo(Map.of(RoomName.LOBBY, marker, RoomName.of("ops"), new ReadMarker(8, NOON)));
        assertThat(marker.position()).isEqualTo(new LogPosition(4_294_967_295L, 7));
        assertThat(new ReadMarker(8, NOON).position()).isEqualTo(LogPosition.NONE);
    }
}
