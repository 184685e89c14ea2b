package io.kabar.storage.csv.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import java.nio.charset.StandardCharsets;
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
                new Entry(
                        ChatEvent.of(ROOM, 1, TIME, Author.of(NAME), new Content.Said("=cmd|'/c calc'!A1", false)), ID),
                new Entry(
                        ChatEvent.of(ROOM, 2, TIME, Author.of(NAME), new Content.Said("waves, \"twice\"\r\n\n", true)),
                        ID),
                new Entry(ChatEvent.of(ROOM, 3, TIME, Author.of(NAME), new Content.Said("", false)), ID),
                new Entry(ChatEvent.of(ROOM, 4, TIME, Author.of(NAME), new Content.Joined()), MessageId.NONE),
                new Entry(ChatEvent.of(ROOM, 5, TIME, Author.of(NAME), new Content.Left("'bye'")), MessageId.NONE),
                new Entry(
                        ChatEvent.of(
                                ROOM, Limits.LAST_NUMBER, Instant.EPOCH, Author.of(NAME), new Content.Topic("über 😀")),
                        ID),
                new Entry(
                        new ChatEvent(ROOM, 4711, 6, TIME, new Author(12, NAME), 5, new Content.Said("no", true)), ID),
                new Entry(amendment(new Amendment.Edited("yes,\n\"twice\"")), ID),
                new Entry(amendment(new Amendment.Deleted("")), ID),
                new Entry(amendment(new Amendment.Reacted("+1", true)), ID),
                new Entry(amendment(new Amendment.Reacted("\ud83d\ude80", false)), ID),
                new Entry(unknown(new byte[] {-1, 0, 10, 13}), ID),
                new Entry(unknown("text, \"quoted\"\n".getBytes(StandardCharsets.UTF_8)), ID),
                new Entry(unknown(new byte[0]), ID),
                new Entry(of(new ProgramContent.Data(new Payload("image/png", new byte[] {-1, 0, 10, 13}))), ID),
                new Entry(of(new ProgramContent.Data(Payload.of(new byte[Limits.TEXT_BYTES]))), ID),
                new Entry(of(new ProgramContent.ValueSet("a key=\"1\", key=2", Payload.json("{}"))), ID),
                new Entry(of(new ProgramContent.ValueSet("gone", Payload.NONE)), ID),
                new Entry(of(new RoomChange.Invited(new RoomChange.Whom(7, "taken-back name=x"), false, "tea")), ID),
                new Entry(of(new RoomChange.Invited(new RoomChange.Whom(0, "kai"), true, "")), ID),
                new Entry(of(new RoomChange.Invited(new RoomChange.Whom(7, ""), true, "why")), ID));
    }

    private static ChatEvent of(Content content) {
        return ChatEvent.of(ROOM, 8, TIME, Author.of(NAME), content);
    }

    private static ChatEvent amendment(Content content) {
        return new ChatEvent(ROOM, 4711, 6, TIME, new Author(12, NAME), 5, content);
    }

    private static ChatEvent unknown(byte[] body) {
        Content content = new Content.Unknown(255, 0x90, new byte[] {1, 1, 42}, new byte[] {-1}, body);
        return new ChatEvent(ROOM, 4711, 7, TIME, new Author(12, NAME), 5, content);
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

    @Test
    void records_of_earlier_versions_are_read_by_their_columns() throws Exception {
        Entry entry =
                CsvEvents.parse(ROOM, CsvLine.parse("4711,2,2026-01-31T12:00:00Z,action,ada,,waves"), changed -> {});
        Entry older = CsvEvents.parse(ROOM, CsvLine.parse("2,2026-01-31T12:00:00Z,left,ada,,bye"), changed -> {});

        assertThat(entry.event().epoch()).isEqualTo(4711);
        assertThat(entry.event().content()).isEqualTo(new Content.Said("waves", true));
        assertThat(older.event().author()).isEqualTo(Author.of(UserName.of("ada")));
        assertThat(older.event().content()).isEqualTo(new Content.Left("bye"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_number_changes_nothing_else(Entry entry) {
        ChatEvent numbered = entry.event().withSequence(9);

        assertThat(numbered.sequence()).isEqualTo(9);
        assertThat(numbered.withSequence(entry.event().sequence())).isEqualTo(entry.event());
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
                "x,1,2026-01-31T12:00:00Z,said,ada,,text",
                "1,1,2026-01-31T12:00:00Z,4,,ada,,,,text",
                "1,1,2026-01-31T12:00:00Z,256,,ada,,,,text",
                "1,1,2026-01-31T12:00:00Z,12,x,ada,,,,text",
                "1,1,2026-01-31T12:00:00Z,12,,ada,,,facts=!,text",
                "1,1,2026-01-31T12:00:00Z,12,,ada,,,new=1,text",
                "1,1,2026-01-31T12:00:00Z,data,,ada,,,media=image/png,no base64",
                "1,1,2026-01-31T12:00:00Z,data,,ada,,,media=png,",
                "1,1,2026-01-31T12:00:00Z,data,,ada,,,,AAAA",
                "1,1,2026-01-31T12:00:00Z,value,,ada,,,media=image/png,AAAA",
                "1,1,2026-01-31T12:00:00Z,value,,ada,,,media=image/png key=,AAAA"
            })
    void what_nobody_wrote_is_damage(String line) {
        assertThatThrownBy(() -> CsvEvents.parse(ROOM, CsvLine.parse(line), changed -> {}))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void the_header_names_the_cells() {
        assertThat(CsvEvents.header()).isEqualTo("epoch,seq,time,type,account,from,ref,id,facts,text\r\n");
    }
}
