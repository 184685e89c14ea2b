package io.kabar.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private static final Instant NOON = Instant.parse("2026-06-08T12:00:00Z");
    private static final UserName TAM = UserName.of("tam");

    @Test
    void each_kind_of_event() {
        String start = "\"room\":\"lobby\",\"seq\":7,\"time\":\"2026-06-08T12:00:00Z\",\"from\":\"tam\",";
        assertThat(JsonLines.event(
                        ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Said("hi \"ada\"", true)),
                        EventOrigin.LIVE))
                .isEqualTo("{\"type\":\"said\"," + start
                        + "\"text\":\"hi \\\"ada\\\"\",\"action\":true,\"replayed\":false}");
        assertThat(JsonLines.event(
                        ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Joined()),
                        EventOrigin.HISTORY))
                .isEqualTo("{\"type\":\"joined\"," + start + "\"replayed\":true}");
        assertThat(JsonLines.event(
                        ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Left("bye")),
                        EventOrigin.LIVE))
                .isEqualTo("{\"type\":\"left\"," + start + "\"text\":\"bye\",\"replayed\":false}");
        assertThat(JsonLines.event(
                        ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Topic("Freeze")),
                        EventOrigin.LIVE))
                .isEqualTo("{\"type\":\"topic\"," + start + "\"text\":\"Freeze\",\"replayed\":false}");
    }

    @Test
    void the_epoch_is_there_if_it_is_known() {
        assertThat(JsonLines.event(
                        ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), new Content.Joined())
                                .withEpoch(4_294_967_295L),
                        EventOrigin.HISTORY))
                .contains("\"room\":\"lobby\",\"epoch\":4294967295,\"seq\":7");
    }

    @Test
    void a_kind_of_event_that_is_new_would_have_to_be_thought_about() {
        assertThat(Content.class.getPermittedSubclasses())
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder(
                        "Said",
                        "Joined",
                        "Left",
                        "Topic",
                        "Described",
                        "RoomChange",
                        "StaffAction",
                        "ProgramContent",
                        "Amendment",
                        "Unknown");
    }

    private static final Whom KAI = new Whom(7, "kai");
    private static final List<Content> KINDS = List.of(
            new Content.Said("", false),
            new Content.Joined(true),
            new Content.Left(""),
            new Content.Topic(""),
            new Content.Described(""),
            new RoomChange.RoleGiven(KAI, RoomRole.MEMBER, "helps"),
            new RoomChange.Kicked(KAI, "spam"),
            new RoomChange.Banned(KAI, RoomChange.FOREVER, "spam"),
            new RoomChange.Muted(KAI, RoomChange.LIFTED, ""),
            new RoomChange.Invited(KAI, true, ""),
            new RoomChange.ModesSet(Map.of(RoomMode.SLOW, 30L, RoomMode.MODERATED, 1L), ""),
            new StaffAction("ban", KAI, "banned kai"),
            new Amendment.Edited(""),
            new Amendment.Deleted("off topic"),
            new Amendment.Reacted("+1", true));

    private static String type(ChatEvent event) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(JsonLines.event(event, EventOrigin.LIVE))) {
            parser.nextToken();
            parser.nextToken();
            return parser.nextTextValue();
        }
    }

    @Test
    void facts_of_changes_are_words_that_programs_take_apart() {
        assertThat(KINDS)
                .extracting(content -> JsonLines.event(
                        ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), content), EventOrigin.LIVE))
                .anySatisfy(json -> assertThat(json)
                        .contains(
                                "\"type\":\"role\"", "\"facts\":\"target=7 role=member name=kai\",\"text\":\"helps\""))
                .anySatisfy(json -> assertThat(json)
                        .contains("\"type\":\"kicked\"", "\"facts\":\"target=7 name=kai\",\"text\":\"spam\""))
                .anySatisfy(json -> assertThat(json)
                        .contains(
                                "\"type\":\"banned\"",
                                "\"facts\":\"target=7 until=9999-12-31T23:59:59.999Z name=kai\""))
                .anySatisfy(json -> assertThat(json)
                        .contains("\"type\":\"muted\"", "\"facts\":\"target=7 until=1970-01-01T00:00:00Z name=kai\""))
                .anySatisfy(json ->
                        assertThat(json).contains("\"type\":\"invited\"", "\"facts\":\"target=7 taken-back name=kai\""))
                .anySatisfy(
                        json -> assertThat(json).contains("\"type\":\"modes\"", "\"facts\":\"moderated=1 slow=30\""))
                .anySatisfy(json ->
                        assertThat(json).contains("\"type\":\"staff\"", "\"facts\":\"action=ban target=7 name=kai\""));
    }

    private static List<String> names(String json) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    names.add(parser.currentName());
                }
            }
        }
        return names;
    }

    /** The fields of a row of a table: what stands in its cells as code, the first cell left out. */
    private static List<String> listed(List<String> document, String row) {
        String line = document.stream()
                .filter(each -> each.startsWith("| `" + row + "` |"))
                .findFirst()
                .orElseThrow();
        List<String> fields = new ArrayList<>();
        for (int from = line.indexOf('|', 1); (from = line.indexOf('`', from)) >= 0; ) {
            int to = line.indexOf('`', from + 1);
            fields.add(line.substring(from + 1, to));
            from = to + 1;
        }
        return fields;
    }

    @Test
    void the_document_lists_exactly_the_fields_that_each_line_has() throws IOException {
        List<String> document = Files.readAllLines(Path.of("..", "docs", "json.md"));
        List<String> common = List.of("type", "room", "seq", "time", "from");
        for (Content content : KINDS) {
            ChatEvent event = ChatEvent.of(RoomName.LOBBY, 7, NOON, Author.of(TAM), content);
            List<String> fields = new ArrayList<>(common);
            fields.addAll(listed(document, type(event)));
            fields.add("replayed");
            assertThat(names(JsonLines.event(event, EventOrigin.LIVE)))
                    .as(type(event))
                    .isEqualTo(fields);
        }
        assertThat(names(JsonLines.room(new RoomSummary(RoomName.of("ops"), 2, 9, "x"))))
                .isEqualTo(listed(document, "kabar rooms --json"));
        assertThat(names(JsonLines.member(RoomName.of("ops"), new Member(TAM, RoomRole.MODERATOR, Presence.AWAY))))
                .isEqualTo(listed(document, "kabar who --json"));
    }

    @Test
    void no_line_steers_a_terminal_and_nothing_is_lost() {
        String json = JsonLines.event(
                ChatEvent.of(
                        RoomName.LOBBY,
                        1,
                        NOON,
                        Author.of(TAM),
                        new Content.Said("\u001b[31m\n\u009b\u202e\u2028\u007f é 👩", false)),
                EventOrigin.LIVE);
        assertThat(json).contains("\"\\u001B[31m\\n\\u009b\\u202e\\u2028\\u007f é 👩\"");
    }

    @Test
    void rooms_and_members() {
        assertThat(JsonLines.room(new RoomSummary(RoomName.of("ops"), 2, 9, "x")))
                .isEqualTo("{\"room\":\"ops\",\"members\":2,\"seq\":9,\"topic\":\"x\"}");
        assertThat(JsonLines.member(RoomName.of("ops"), new Member(TAM, RoomRole.MODERATOR, Presence.AWAY)))
                .isEqualTo("{\"room\":\"ops\",\"name\":\"tam\",\"role\":\"moderator\",\"presence\":\"away\"}");
    }
}
