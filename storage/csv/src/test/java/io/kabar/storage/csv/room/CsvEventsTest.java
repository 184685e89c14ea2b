package io.kabar.storage.csv.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.Numbered;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEventsTest {

    private static final RoomName ROOM = RoomName.LOBBY;
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private static final UserName NAME = UserName.of("-ada-");
    private static final MessageId ID = new MessageId(-1, 2);

    static Stream<Entry> events() {
        return Stream.of(
                new Entry(new ChatEvent.Said(ROOM, 1, TIME, NAME, "=cmd|'/c calc'!A1", false), ID),
                new Entry(new ChatEvent.Said(ROOM, 2, TIME, NAME, "waves, \"twice\"\r\n\n", true), ID),
                new Entry(new ChatEvent.Said(ROOM, 3, TIME, NAME, "", false), ID),
                new Entry(new ChatEvent.Joined(ROOM, 4, TIME, NAME), MessageId.NONE),
                new Entry(new ChatEvent.Left(ROOM, 5, TIME, NAME, "'bye'"), MessageId.NONE),
                new Entry(new ChatEvent.Topic(ROOM, Limits.LAST_NUMBER, Instant.EPOCH, NAME, "über 😀"), ID));
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_comes_back_as_it_was(Entry entry) throws Exception {
        StringBuilder line = new StringBuilder();

        CsvEvents.append(line, entry);

        Entry back = CsvEvents.parse(ROOM, CsvLine.parse(line.toString()), changed -> {});
        assertThat(back).isEqualTo(entry);
        assertThat(back.event().from().text()).isEqualTo(NAME.text());
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_number_changes_nothing_else(Entry entry) {
        ChatEvent numbered = Numbered.withSequence(entry.event(), 9);

        assertThat(numbered.sequence()).isEqualTo(9);
        assertThat(Numbered.withSequence(numbered, entry.event().sequence())).isEqualTo(entry.event());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x,2026-01-31T12:00:00Z,said,ada,,text",
                "1,noon,said,ada,,text",
                "1,2026-01-31T12:00:00Z,shouted,ada,,text",
                "1,2026-01-31T12:00:00Z,said,a b,,text",
                "1,2026-01-31T12:00:00Z,said,ada,xyz,text",
                "1,2026-01-31T12:00:00Z,said,ada,text",
                "4294967296,1,2026-01-31T12:00:00Z,said,ada,,text",
                "-1,1,2026-01-31T12:00:00Z,said,ada,,text",
                "x,1,2026-01-31T12:00:00Z,said,ada,,text"
            })
    void what_nobody_wrote_is_damage(String line) {
        assertThatThrownBy(() -> CsvEvents.parse(ROOM, CsvLine.parse(line), changed -> {}))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void the_header_names_the_cells() {
        assertThat(CsvEvents.header()).isEqualTo("epoch,seq,time,type,from,id,text\r\n");
    }
}
