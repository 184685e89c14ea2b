package io.kabar.examples;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ServerSecret;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Authenticator.Answer;
import io.kabar.chat.spi.Authorizer;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A room for a game with players and tokens of its own: who is none stays out, and so does who has cheated. */
public final class GameRoom implements Authorizer, ChatClientListener {
    private static final RoomName TABLE = RoomName.of("table");
    private static final Map<String, Account> PLAYERS = Map.of(
            "token of ada", Account.of(1, UserName.of("ada")), "token of bob", Account.of(2, UserName.of("bob")));
    private static final Set<UserName> CHEATERS = ConcurrentHashMap.newKeySet(); // no restart of a server forgets it

    private static Answer player(String token) {
        return PLAYERS.containsKey(token) ? Answer.accept(PLAYERS.get(token)) : Answer.refuse("You are no player.");
    }

    @Override
    public CompletionStage<Decision> mayEnter(Person who, RoomName room) {
        boolean out = CHEATERS.contains(who.author().name());
        return completedFuture(out ? Decision.refuse("Cheaters stay out.") : Decision.ALLOW);
    }

    @Override
    public void onEvent(ChatClient client, ChatEvent event, EventOrigin origin) {
        System.out.println(client.name() + " sees: " + event.from() + ": " + event.text());
    }

    @Override
    public void onRoomLeft(ChatClient client, RoomName room, String reason) {
        System.out.println(client.name() + " is out: " + reason);
    }

    private static void play(ChatServer server, String name) {
        var builder = ChatClient.builder().name(name).token("token of " + name);
        builder.server(server.inviteLink("localhost")).listener(new GameRoom());
        var entered = builder.connect().thenCompose(client -> client.join(TABLE, JoinHistory.NONE));
        var told = entered.handle((room, e) -> e == null ? " plays" : ": " + e.getMessage());
        System.out.println(name + told.join());
    }

    public static void main(String[] args) throws Exception {
        ServerSecret identity = ServerSecret.generate();
        UserName bob = UserName.of("bob");
        for (int i = 0; i < 2; i++) {
            var builder = ChatServer.builder().secret(identity).authorizer(new GameRoom());
            builder.authenticator(shown -> completedFuture(player(shown.token())));
            try (ChatServer server =
                    builder.bind(new InetSocketAddress("localhost", 0)).start()) {
                Stream.of("ada", "bob", "eve").forEach(name -> play(server, name));
                server.room(TABLE).say("round begins").join();
                if (CHEATERS.add(bob)) {
                    server.room(TABLE).putOut(bob, "You saw the cards.").join();
                    play(server, "bob");
                }
            }
        }
    }
}
