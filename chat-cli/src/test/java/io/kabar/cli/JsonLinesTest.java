package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private static final Instant NOON = Instant.parse("2026-06-08T12:00:00Z");
    private static final UserName TAM = UserName.of("tam");

    @Test
    void each_kind_of_event() {
        String start = "\"room\":\"lobby\",\"seq\":7,\"time\":\"2026-06-08T12:00:00Z\",\"from\":\"tam\",";
        assertThat(JsonLines.event(new ChatEvent.Said(RoomName.LOBBY, 7, NOON, TAM, "hi \"ada\"", true), false))
                .isEqualTo("{\"type\":\"said\"," + start
                        + "\"text\":\"hi \\\"ada\\\"\",\"action\":true,\"replayed\":false}");
        assertThat(JsonLines.event(new ChatEvent.Joined(RoomName.LOBBY, 7, NOON, TAM), true))
                .isEqualTo("{\"type\":\"joined\"," + start + "\"text\":\"\",\"replayed\":true}");
        assertThat(JsonLines.event(new ChatEvent.Left(RoomName.LOBBY, 7, NOON, TAM, "bye"), false))
                .isEqualTo("{\"type\":\"left\"," + start + "\"text\":\"bye\",\"reason\":\"bye\",\"replayed\":false}");
        assertThat(JsonLines.event(new ChatEvent.Topic(RoomName.LOBBY, 7, NOON, TAM, "Freeze"), false))
                .isEqualTo("{\"type\":\"topic\"," + start
                        + "\"text\":\"Freeze\",\"topic\":\"Freeze\",\"replayed\":false}");
    }

    @Test
    void a_kind_of_event_that_is_new_would_have_to_be_thought_about() {
        assertThat(ChatEvent.class.getPermittedSubclasses())
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder("Said", "Joined", "Left", "Topic");
    }

    @Test
    void no_line_steers_a_terminal_and_nothing_is_lost() {
        String json = JsonLines.event(
                new ChatEvent.Said(
                        RoomName.LOBBY, 1, NOON, TAM, "\u001b[31m\n\u009b\u202e\u2028\u007f é 👩 \ud800", false),
                false);
        assertThat(json).contains("\"\\u001B[31m\\n\\u009b\\u202e\\u2028\\u007f é 👩 \\ud800\"");
    }

    @Test
    void rooms_and_members() {
        assertThat(JsonLines.room(new RoomSummary(RoomName.of("ops"), 2, 9, "x")))
                .isEqualTo("{\"room\":\"ops\",\"members\":2,\"seq\":9,\"topic\":\"x\"}");
        assertThat(JsonLines.member(RoomName.of("ops"), new Member(TAM, Role.STAFF, Presence.AWAY)))
                .isEqualTo("{\"room\":\"ops\",\"name\":\"tam\",\"role\":\"staff\",\"presence\":\"away\"}");
    }
}
