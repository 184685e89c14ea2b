package io.kabar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Payload;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.testkit.TestMachine;
import io.kabar.chat.testkit.TestNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lobby as the tests of a game would test it: on a network in memory, with no thread and no waiting. */
class GameLobbyKitTest {

    private final List<String> lines = new ArrayList<>();

    // embedding: test
    @Test
    void whoever_comes_late_finds_the_round_however_bad_the_line_is() throws Exception {
        TestNetwork network = new TestNetwork(1); // a seed: the same datagrams are lost each time
        GameLobby lobby = new GameLobby(lines::add);
        ChatServer server = lobby.open(network.machine("game.example").server());
        server.room(RoomName.LOBBY).setValue("round", Payload.text("waiting")).join();
        TestMachine phone = network.machine("phone");
        phone.link().loss(0.2).delay(Duration.ofMillis(80));
        var ada = lobby.player(phone.client(), server.inviteLink("game.example"), "ada");

        ada.enter(RoomName.LOBBY);
        phone.move(); // to another network
        server.room(RoomName.LOBBY)
                .setValue("round", Payload.text("red has won"))
                .join();
        network.runUntilIdle();

        assertThat(lines).containsExactly("ada finds: waiting");
        assertThat(ada.round).isCompletedWithValue("ada is told: red has won");
    }
    // embedding: end

    @Test
    void cheater_is_put_out_and_stays_out() throws Exception {
        TestNetwork network = new TestNetwork(2);
        GameLobby lobby = new GameLobby(lines::add);
        ChatServer server = lobby.open(network.machine("game.example").server());
        var ada = lobby.player(network.machine("ada's").client(), server.inviteLink("game.example"), "ada");
        var eve = lobby.player(network.machine("eve's").client(), server.inviteLink("game.example"), "eve");
        ada.enter(GameLobby.RED);
        eve.enter(GameLobby.RED);

        ada.isAt(GameLobby.RED, 7);
        network.runUntilIdle();
        assertThat(eve.heard).isCompletedWithValue("eve sees ada at 7");
        eve.isAt(GameLobby.RED, 9000);
        network.runUntilIdle();

        assertThat(eve.out).isCompletedWithValue("eve is out: Nobody is that fast.");
        network.run(Duration.ofHours(1));
        ChatClient again = network.machine("eve's")
                .client()
                .server(server.inviteLink("game.example"))
                .name("eve")
                .connect()
                .join();
        assertThat(again.join(GameLobby.RED, JoinHistory.NONE)
                        .handle((room, failure) -> failure == null ? "inside" : failure.getMessage())
                        .join())
                .isEqualTo("Cheaters stay out.");
    }
}
