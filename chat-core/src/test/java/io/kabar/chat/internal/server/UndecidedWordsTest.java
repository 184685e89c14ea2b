package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client does, polite or not, while the host program has not decided about what it said. */
class UndecidedWordsTest {

    private static final Verdict ALLOWED = new Verdict.Allowed();

    private final RawClient client;

    UndecidedWordsTest() throws Exception {
        client = RawClient.ofHost();
    }

    private static ClientMessage.Say say(int number) {
        return new ClientMessage.Say(0, new MessageId(7, number), new Content.Said("line", false));
    }

    private <M extends ServerMessage> List<M> heard(Class<M> type) {
        return client.heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @BeforeEach
    void enter() {
        client.commits = true;
        client.signIn("ada");
        client.say(1, new ClientMessage.Join(ClientMessage.Target.room("lobby"), JoinHistory.NONE, 1000, new byte[0]));
        client.decide(ALLOWED);
        assertThat(heard(ServerMessage.RoomEntered.class)).hasSize(1);
    }

    @Test
    void a_leave_waits_for_what_was_said_before_it() {
        client.say(1, say(1));
        client.say(1, say(2));
        client.say(1, new ClientMessage.Leave("bye"));
        assertThat(heard(ServerMessage.RoomLeft.class)).isEmpty();

        client.decide(ALLOWED);
        client.decide(ALLOWED);
        assertThat(heard(ServerMessage.Accepted.class))
                .extracting(accepted -> accepted.id().number())
                .containsExactly(1L, 2L);
        assertThat(heard(ServerMessage.RoomLeft.class))
                .singleElement()
                .satisfies(left -> assertThat(left.reason()).isEqualTo("bye"));
    }

    @Test
    void who_is_put_out_meanwhile_is_told_of_every_message_that_it_is_not_said() {
        client.say(1, say(1));
        client.say(1, say(2));
        client.server.host().rooms(client.now).say(9, RoomName.LOBBY, RoomChange.kick(UserName.of("ada"), "No."));
        client.pass(Duration.ZERO);
        client.decide(ALLOWED);

        assertThat(heard(ServerMessage.RoomLeft.class)).hasSize(1);
        assertThat(heard(ServerMessage.Accepted.class)).isEmpty();
        assertThat(heard(ServerMessage.Refused.class))
                .allMatch(refused -> refused.code() == Refusal.NOT_IN_ROOM.code())
                .extracting(refused ->
                        ((ServerMessage.Subject.Message) refused.subject()).id().number())
                .containsExactly(1L, 2L);
    }
}
