package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.exchange.ImportReport;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers, times and texts that no event can have: not let in, and where 0.1 has let them in, no room is lost by them.
 */
class OutOfBoundsTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final String HEADER = "seq,time,type,from,id,text\r\n";

    @TempDir
    Path parent;

    private ImportReport imported(Path file) throws IOException {
        try (DataFolder data = DataFolder.open(parent.resolve("data"));
                DataImport reading = new DataImport(data, LOBBY, true, Optional.empty())) {
            reading.read(file);
            reading.publish();
            return reading.report();
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(parent.resolve(name), text);
    }

    private static String json(String seq, String time, String type, String text) {
        return "{\"type\":\"" + type + "\",\"room\":\"lobby\",\"seq\":" + seq + ",\"time\":\"" + time
                + "\",\"from\":\"ada\",\"text\":\"" + text + "\"}\n";
    }

    /** The room can be opened, read and spoken in, and holds nothing that cannot be carried. */
    private List<Entry> soundLobby(Path folder) throws IOException {
        try (OpenJournal journal = new OpenJournal(folder)) {
            List<Entry> all = journal.read(1, 1_000).entries();
            assertThat(all)
                    .allSatisfy(entry -> assertThat(entry.event().sequence()).isLessThanOrEqualTo(Limits.LAST_NUMBER));
            assertThat(journal.say("and on").get(0).numbers()).hasSize(1).allMatch(n -> n <= Limits.LAST_NUMBER);
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740991", "9007199254740992", "4611686018427387903", "4611686018427387904",
                        "9223372036854775807",
                "9223372036854775808", "99999999999999999999999", "-1", "-9223372036854775808", "1.5"
            })
    void a_number_that_no_event_brings_along_is_left_out_and_told(String number) throws IOException {
        String now = "2026-01-31T12:00:00Z";
        ImportReport report =
                imported(file("in.jsonl", "\uFEFF" + json("1", now, "said", "one") + json(number, now, "said", "two")));

        assertThat(report.isPartial()).isTrue();
        assertThat(soundLobby(parent.resolve("data"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "+20000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z"
            })
    void a_time_that_no_event_has_is_left_out_and_told(String time) throws IOException {
        String now = "2026-01-31T12:00:00Z";
        Path json = file("in.jsonl", json("1", now, "said", "one") + json("2", time, "said", "two"));
        Path csv = file("messages.csv", "time,name,message\n" + now + ",ada,three\n" + time + ",ada,four\n");

        assertThat(imported(json).isPartial()).isTrue();
        assertThat(imported(csv).isPartial()).isTrue();
        assertThat(soundLobby(parent.resolve("data"))).hasSize(2);
    }

    @Test
    void what_is_just_within_is_taken() throws IOException {
        String last = Long.toString(Limits.LAST_FOREIGN_NUMBER);
        ImportReport report = imported(file(
                "in.jsonl",
                json("1", "1970-01-01T00:00:00Z", "said", "x".repeat(Limits.TEXT_BYTES))
                        + json("2", "9999-12-31T23:59:59.999Z", "topic", "x".repeat(Limits.LINE_BYTES))
                        + json(last, "2026-01-31T12:00:00Z", "left", "é".repeat(Limits.LINE_BYTES / 2))));

        assertThat(report.isPartial()).isFalse();
        try (OpenJournal journal = new OpenJournal(parent.resolve("data"))) {
            assertThat(journal.lobby().last()).isEqualTo(Limits.LAST_FOREIGN_NUMBER);
            assertThat(journal.say("on").get(0).numbers()).containsExactly(Limits.LAST_FOREIGN_NUMBER + 1);
        }
    }

    @Test
    void a_text_that_is_too_long_is_left_out_and_told() throws IOException {
        String now = "2026-01-31T12:00:00Z";
        String most = "x".repeat(Limits.LINE_BYTES + 1);
        Path json = file(
                "in.jsonl",
                json("1", now, "topic", most)
                        + json("2", now, "left", most)
                        + json("3", now, "said", "x".repeat(Limits.TEXT_BYTES + 1)));
        Path csv = file("messages.csv", "name,message\nada," + "x".repeat(Limits.TEXT_BYTES + 1) + "\nada,short\n");

        assertThat(imported(json).isPartial()).isTrue();
        assertThat(imported(csv).isPartial()).isTrue();
        assertThat(soundLobby(parent.resolve("data"))).hasSize(1);
    }

    @Test
    void another_encoding_is_refused_with_what_to_do() throws IOException {
        Path file = Files.write(parent.resolve("messages.csv"), "ada,hällo\n".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> imported(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("save it as UTF-8");
    }

    private Path poisoned(String segment, String... records) throws IOException {
        Path folder = parent.resolve("poisoned");
        Path room = folder.resolve("rooms/lobby");
        Files.createDirectories(room);
        Files.writeString(room.resolve("messages-" + segment + ".csv"), HEADER + String.join("\r\n", records) + "\r\n");
        return folder;
    }

    @Test
    void times_and_texts_that_0_1_has_let_in_are_read_as_the_nearest_that_can_be() throws IOException {
        Path folder = poisoned(
                "000000000001",
                "1,2026-01-31T12:00:00Z,said,ada,,one",
                "2,+1000000000-12-31T23:59:59.999999999Z,said,ada,,two",
                "3,+20000-01-01T00:00:00Z,joined,ada,,",
                "4,-0001-01-01T00:00:00Z,said,ada,,four",
                "5,2026-01-31T12:00:00Z,topic,ada,," + "x".repeat(Limits.LINE_BYTES + 1),
                "6,2026-01-31T12:00:00Z,said,ada,," + "é".repeat(Limits.TEXT_BYTES / 2 + 1),
                "7,2026-01-31T12:00:00Z,said,ada,,seven");

        List<Entry> read = soundLobby(folder);

        assertThat(read).hasSize(7);
        assertThat(read.get(1).event().time()).isEqualTo(Limits.LATEST);
        assertThat(read.get(3).event().time()).isEqualTo(Limits.EARLIEST);
        assertThat(read.get(6).event())
                .isEqualTo(ChatEvent.of(
                        LOBBY,
                        7,
                        Instant.parse("2026-01-31T12:00:00Z"),
                        Author.of(UserName.of("ada")),
                        new Content.Said("seven", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "4611686018427387904", "9007199254740993", "9007199254740992"})
    void a_segment_beyond_all_numbers_is_set_aside_and_the_room_goes_on(String number) throws IOException {
        Path folder = poisoned("000000000001", "1,2026-01-31T12:00:00Z,said,ada,,one");
        poisoned(number, number + ",2026-01-31T12:00:00Z,said,ada,,far");

        assertThat(soundLobby(folder)).hasSize(1);
        try (OpenJournal journal = new OpenJournal(folder)) {
            assertThat(journal.lobby()).isEqualTo(new Kept(1, 2, "", Set.of()));
        }
        assertThat(folder.resolve("rooms/lobby/messages-" + number + ".csv.damaged"))
                .exists();
    }

    /** As after a copy that was put back twice: what was set aside before keeps its name, and the start goes on. */
    @Test
    void a_segment_beyond_all_numbers_is_set_aside_beside_what_was_set_aside_before() throws IOException {
        String number = "9007199254740993";
        Path folder = poisoned("000000000001", "1,2026-01-31T12:00:00Z,said,ada,,one");
        Path room = folder.resolve("rooms/lobby");
        Path before = Files.writeString(room.resolve("messages-" + number + ".csv.damaged"), "before");
        for (String aside : List.of(".2.damaged", ".3.damaged")) {
            poisoned(number, number + ",2026-01-31T12:00:00Z,said,ada,,far");
            try (OpenJournal journal = new OpenJournal(folder)) {
                assertThat(journal.lobby().last()).isGreaterThanOrEqualTo(1);
            }
            assertThat(room.resolve("messages-" + number + ".csv" + aside)).exists();
        }
        assertThat(before).hasContent("before");
    }

    @Test
    void a_last_number_beyond_all_numbers_is_not_believed() throws IOException {
        Path folder = parent.resolve("none");
        Path room = folder.resolve("rooms/lobby");
        Files.createDirectories(room);
        Files.writeString(room.resolve("last.csv"), "last\r\n9223372036854775807\r\n");

        assertThat(soundLobby(folder)).isEmpty();
    }

    @Test
    void a_topic_file_that_an_editor_has_saved_in_its_own_way_is_read() throws IOException {
        Path folder = poisoned("000000000001", "1,2026-01-31T12:00:00Z,topic,ada,,roses");
        Files.writeString(folder.resolve("rooms/lobby/room.csv"), "\uFEFFname,topic_seq,topic\nlobby,1,tulips");

        try (OpenJournal journal = new OpenJournal(folder)) {
            assertThat(journal.lobby().topic()).isEqualTo("tulips");
        }
    }
}
