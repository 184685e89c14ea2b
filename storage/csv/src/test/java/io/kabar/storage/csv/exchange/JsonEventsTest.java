package io.kabar.storage.csv.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.accounts.AccountBook;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.room.FormerConversations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventsTest {

    private static Entry parse(String line) throws IOException {
        return parse(line, conversations());
    }

    private static Entry parse(String line, FormerConversations conversations) throws IOException {
        return JsonEvents.parse(line, people -> conversations.called(people, room -> false));
    }

    private static FormerConversations conversations() throws IOException {
        AccountBook accounts = CsvAccounts.read(Path.of("nowhere"));
        for (String name : List.of("ada", "tam")) {
            accounts.add(new Account(
                    0, UserName.of(name), Optional.empty(), Optional.empty(), Account.MEMBER, Instant.EPOCH));
        }
        return FormerConversations.of(accounts);
    }

    @Test
    void epoch_comes_back() throws Exception {
        Entry entry = new Entry(
                ChatEvent.of(RoomName.LOBBY, 7, Instant.EPOCH, Author.of(UserName.of("ada")), new Content.Joined())
                        .withEpoch(4_294_967_295L),
                MessageId.NONE);

        assertThat(parse(JsonEvents.line(entry))).isEqualTo(entry);
        assertThatThrownBy(() -> parse(JsonEvents.line(entry).replace("4294967295", "4294967296")))
                .isInstanceOf(DamagedException.class);
    }

    private static final Instant NOON = Instant.parse("2026-06-08T12:00:00Z");
    private static final UserName TAM = UserName.of("tam");

    /** The same lines that the terminal client prints: its test holds them as well. */
    @Test
    void each_kind_of_event_is_written_as_tail_prints_it_and_read_back() throws Exception {
        String start = "\"room\":\"lobby\",\"seq\":7,\"time\":\"2026-06-08T12:00:00Z\",\"from\":\"tam\",";
        check(
                ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Said("hi \"ada\"", true)),
                "{\"type\":\"said\"," + start + "\"text\":\"hi \\\"ada\\\"\",\"action\":true}");
        check(
                ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Joined()),
                "{\"type\":\"joined\"," + start.substring(0, start.length() - 1) + "}");
        check(
                ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Left("bye")),
                "{\"type\":\"left\"," + start + "\"text\":\"bye\"}");
        check(
                ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Topic("Freeze")),
                "{\"type\":\"topic\"," + start + "\"text\":\"Freeze\"}");
    }

    @Test
    void everything_that_is_known_of_an_event_comes_back() throws Exception {
        Content strange =
                new Content.Unknown(200, 0x90, new byte[] {1, 1, 42}, new byte[] {-1}, new byte[] {-1, 10, 0});
        Content data = new ProgramContent.Data(new Payload("image/png", new byte[] {-1, 10, 0}));
        Content value = new ProgramContent.ValueSet("turn of key=1", Payload.json("{}"));
        for (Content content : new Content[] {new Content.Topic("Freeze"), strange, data, value}) {
            ChatEvent event = new ChatEvent(RoomName.LOBBY, 4711, 7, NOON, new Author(12, TAM), 5, content);
            Entry entry = new Entry(event, new MessageId(1, 2));

            assertThat(parse(JsonEvents.line(entry))).isEqualTo(entry);
        }
    }

    @Test
    void bytes_of_programs_are_base64() throws Exception {
        Content data = new ProgramContent.Data(new Payload("image/png", new byte[] {-1, 10, 0}));
        ChatEvent event = ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), data);

        assertThat(JsonEvents.line(new Entry(event, MessageId.NONE)))
                .endsWith("\"from\":\"tam\",\"facts\":\"media=image/png\",\"text\":\"/woA\"}");
    }

    @Test
    void reason_and_topic_of_version_0_1_are_read() throws Exception {
        String start = "{\"room\":\"lobby\",\"from\":\"tam\",\"time\":\"2026-06-08T12:00:00Z\",";

        assertThat(parse(start + "\"type\":\"left\",\"reason\":\"bye\"}")
                        .event()
                        .text())
                .isEqualTo("bye");
        assertThat(parse(start + "\"type\":\"topic\",\"topic\":\"tea\"}")
                        .event()
                        .text())
                .isEqualTo("tea");
    }

    /** As tail prints them: an export to stdout may be read on a terminal. */
    @Test
    void what_a_terminal_acts_on_is_escaped() throws Exception {
        String text = "a\u001b[2J \u007f \u009b2J \u0085 \u2028 \u202e \u2066 \ud83d\ude00";
        ChatEvent event = ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Said(text, false));

        String line = JsonEvents.line(new Entry(event, MessageId.NONE));

        assertThat(line.codePoints())
                .noneMatch(
                        c -> Character.isISOControl(c) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
        assertThat(parse(line).event()).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lobby", "#lobby", "LOBBY", "\uFF2Cobby", " lobby "})
    void a_room_that_somebody_else_has_spelled_is_the_one_that_people_come_to(String room) throws Exception {
        assertThat(parse(said(room)).event().room()).isEqualTo(RoomName.LOBBY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@ada@tam", "@tam@ada", "@Ada@TAM", "@Tam@ada"})
    void a_direct_conversation_is_the_same_in_any_order_and_case(String room) throws Exception {
        assertThat(parse(said(room)).event().room()).isEqualTo(RoomName.direct(1, 2));
    }

    @Test
    void lines_of_one_conversation_stay_together_however_each_spells_it() throws Exception {
        FormerConversations conversations = conversations();

        for (String room : List.of("@ada@tam", "@tam@ada", "@Ada@TAM", "@Tam@ada")) {
            assertThat(parse(said(room), conversations).event().room()).isEqualTo(RoomName.direct(1, 2));
        }
        RoomName alone = parse(said("@ada@gone"), conversations).event().room();
        assertThat(parse(said("@Gone@ada"), conversations).event().room()).isEqualTo(alone);
        assertThat(parse(said("@ada@away"), conversations).event().room()).isNotEqualTo(alone);
    }

    private static String said(String room) {
        return "{\"room\":\"" + room + "\",\"type\":\"said\",\"from\":\"tam\",\"time\":\"2026-06-08T12:00:00Z\"}";
    }

    private static void check(ChatEvent event, String line) throws Exception {
        assertThat(JsonEvents.line(new Entry(event, MessageId.NONE))).isEqualTo(line);
        assertThat(parse(line).event()).isEqualTo(event);
    }

    @Test
    void what_is_not_known_is_passed_over() throws Exception {
        ChatEvent event = parse("{\"new\":{\"a\":[1]},\"room\":\"lobby\",\"type\":\"said\",\"from\":\"tam\","
                        + "\"time\":\"2026-06-08T12:00:00Z\",\"text\":\"x\"}")
                .event();

        assertThat(event)
                .isEqualTo(ChatEvent.of(RoomName.LOBBY, 0, NOON, Author.of(TAM), new Content.Said("x", false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"type\":\"said\"}",
                "{\"type\":\"danced\",\"room\":\"lobby\",\"time\":\"2026-06-08T12:00:00Z\",\"from\":\"tam\"}",
                "{\"type\":\"said\",\"room\":\"a b\",\"time\":\"2026-06-08T12:00:00Z\",\"from\":\"tam\"}",
                "{\"type\":\"said\",\"room\":\"lobby\",\"time\":\"noon\",\"from\":\"tam\"}",
                "{\"type\":\"said\",\"room\":\"lobby\",\"time\":\"2026-06-08T12:00:00Z\","
                        + "\"from\":\"tam\",\"seq\":\"x\"}",
                "{\"type\":\"said\",\"room\":\"lobby\",\"time\":\"2026-06-08T12:00:00Z\",\"from\":\"tam\"} {}"
            })
    void anything_else_is_no_event(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(DamagedException.class);
    }
}
