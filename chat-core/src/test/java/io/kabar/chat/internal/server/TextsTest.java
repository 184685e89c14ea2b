package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts that cannot be written down, and texts of which nothing can be seen, at every door. */
class TextsTest {

    /**
     * A lone surrogate alone, at the end, at the beginning, in the middle, two in the wrong order, one before a pair.
     */
    private static final List<String> HALVES =
            List.of("\ud83d", "a\ud83d", "\ude00a", "a\ud83da", "a\ude00\ud83d", "\ud83d\ud83d\ude00");

    private static final List<String> NOTHING_TO_SEE = List.of(
            "",
            " ",
            "\t\n",
            "\u00a0",
            "\u200b",
            "\u200d\u200c",
            "\u2060\ufeff",
            "\u3164",
            "\u115f\u1160",
            "\uffa0",
            "\u2800",
            "\u00ad",
            "\ufe0f",
            "\u180e",
            "\u3000",
            "\u0007",
            "\u202e",
            "\udb40\udc41",
            " \u200b \u2800 ");

    private final EndpointRig rig = new EndpointRig();

    private static String sentence(TestClient client, long ticket) {
        return client.of(ClientEvent.Failed.class).stream()
                .filter(failed -> failed.callId() == ticket)
                .map(ClientEvent.Failed::sentence)
                .findFirst()
                .orElse("");
    }

    @Test
    void half_a_character_is_refused_with_a_sentence_wherever_it_is_said() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long tickets = 1000;
        for (String text : HALVES) {
            assertThat(Limits.isWhole(text)).isFalse();
            for (Saying kind : Saying.values()) {
                ada.endpoint.say(++tickets, RoomName.LOBBY, kind, text, rig.now);
                rig.settle();
                assertThat(ada.refusal(tickets)).isEqualTo(Refusal.BAD_REQUEST);
                assertThat(sentence(ada, tickets)).contains("surrogate");
            }
            ada.endpoint.leave(++tickets, RoomName.LOBBY, text, rig.now);
            rig.settle();
            assertThat(sentence(ada, tickets)).contains("surrogate");
        }
        assertThat(rig.log(RoomName.LOBBY)).containsExactly("1 ada joined");
    }

    @Test
    void half_a_character_is_in_no_name_no_password_and_no_event() {
        for (String text : HALVES) {
            assertThatIllegalArgumentException().isThrownBy(() -> UserName.of(text));
            assertThatIllegalArgumentException().isThrownBy(() -> RoomName.of(text));
            assertThat(Scram.acceptable(text.toCharArray())).isFalse();
            UserName ada = UserName.of("ada");
            Instant now = Instant.EPOCH;
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> ChatEvent.of(RoomName.LOBBY, 1, now, Author.of(ada), new Content.Said(text, false)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ChatEvent.of(RoomName.LOBBY, 1, now, Author.of(ada), new Content.Topic(text)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ChatEvent.of(RoomName.LOBBY, 1, now, Author.of(ada), new Content.Left(text)));
        }
    }

    @Test
    void a_reason_is_cut_between_characters() {
        String rocket = "\ud83d\ude80";
        for (int before = 0; before < 3; before++) {
            String cut = Limits.cutLine("x".repeat(before) + rocket.repeat(400));
            assertThat(cut.codePointCount(0, cut.length())).isEqualTo(Limits.LINE_CHARACTERS);
            assertThat(Limits.isWhole(cut)).isTrue();
        }
        assertThat(Limits.cutLine(rocket)).isEqualTo(rocket);
    }

    @Test
    void a_message_of_which_nothing_can_be_seen_is_not_sent_and_says_why() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (String text : NOTHING_TO_SEE) {
            long said = ada.say(RoomName.LOBBY, text);
            rig.settle();
            assertThat(ada.refusal(said)).isEqualTo(Refusal.BAD_REQUEST);
            assertThat(sentence(ada, said)).contains(text.isEmpty() ? "empty" : "could be seen");
        }
        long topic = 5000;
        ada.endpoint.say(topic, RoomName.LOBBY, Saying.TOPIC, "", rig.now);
        rig.settle();
        assertThat(ada.numberOf(topic)).as("an empty topic clears it").isPositive();
    }

    @Test
    void a_server_takes_no_message_of_which_nothing_can_be_seen() throws Exception {
        RawClient client = new RawClient();
        client.commits = true;
        client.signIn("ada")
                .say(
                        1,
                        new ClientMessage.Join(
                                ClientMessage.Target.room("lobby"), JoinHistory.NONE, 1000, new byte[0]));
        int number = 0;
        for (String text : NOTHING_TO_SEE) {
            client.heard.clear();
            client.say(1, new ClientMessage.Say(0, new MessageId(7, ++number), new Content.Said(text, false)));
            assertThat(client.heard)
                    .as("%s", text.codePoints().boxed().toList())
                    .singleElement()
                    .isInstanceOfSatisfying(ServerMessage.Refused.class, refused -> {
                        assertThat(refused.code()).isEqualTo(Refusal.BAD_REQUEST.code());
                        assertThat(refused.sentence()).contains("not said");
                    });
        }
        for (String text : List.of("a", ".", "\u0301", "\ud83d\ude80", "\u200b!", "\u5c0f")) {
            client.heard.clear();
            client.pass(Duration.ofSeconds(2));
            client.say(1, new ClientMessage.Say(0, new MessageId(7, ++number), new Content.Said(text, false)));
            assertThat(client.heard).singleElement().isInstanceOf(ServerMessage.Accepted.class);
        }
    }
}
