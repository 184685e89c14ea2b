package io.kabar.examples;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Payload;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.Authorizer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The lobby of a game for two teams: each enters its own room by the host's table, positions are signals, the state of
 * the round is a value, and who cheats is put out. {@code docs/embedding.md} walks through it.
 */
public final class GameLobby implements Authorizer, ChatServerListener {

    static final RoomName RED = RoomName.of("red");
    static final RoomName BLUE = RoomName.of("blue");

    /** Nobody gets further from the middle in one round. */
    private static final int FARTHEST = 100;

    private final Map<UserName, RoomName> teams =
            Map.of(UserName.of("ada"), RED, UserName.of("eve"), RED, UserName.of("bob"), BLUE);
    private final Set<UserName> cheaters = ConcurrentHashMap.newKeySet();
    private final Consumer<String> told;

    GameLobby(Consumer<String> told) {
        this.told = told;
    }

    // embedding: server
    ChatServer open(ChatServer.Builder builder) throws IOException {
        return builder.open() // everybody may sign in; an Authenticator would know the game's own players
                .authorizer(this)
                .listener(this)
                .start();
    }
    // embedding: end

    // embedding: authorizer
    @Override
    public CompletionStage<Decision> mayEnter(Person who, RoomName room) {
        UserName name = who.author().name();
        if (cheaters.contains(name)) {
            return completedFuture(Decision.refuse("Cheaters stay out."));
        }
        boolean isTeam = room.equals(RED) || room.equals(BLUE);
        return completedFuture(
                isTeam && !room.equals(teams.get(name))
                        ? Decision.refuse("That is the room of the other team.")
                        : Decision.ALLOW);
    }
    // embedding: end

    // embedding: referee
    @Override
    public void onSignal(ChatServer server, RoomName room, UserName from, String key, byte[] bytes) {
        boolean isFair = bytes.length == Integer.BYTES && ByteBuffer.wrap(bytes).getInt() <= FARTHEST;
        if (key.equals("at") && !isFair && cheaters.add(from)) {
            var unused = server.room(room).putOut(from, "Nobody is that fast.");
        }
    }
    // embedding: end

    /** A player in this program; in a game each would be one of their own. */
    final class Player implements ChatClientListener, AutoCloseable {
        private final ChatClient client;
        final CompletableFuture<String> heard = new CompletableFuture<>();
        final CompletableFuture<String> out = new CompletableFuture<>();
        final CompletableFuture<String> round = new CompletableFuture<>();

        Player(ChatClient.Builder builder, InviteLink link, String name) {
            client = builder.server(link).name(name).listener(this).connect().join();
        }

        // embedding: enter
        void enter(RoomName room) {
            RoomState found = client.join(room, JoinHistory.NONE).join();
            RoomValue round = found.values().get("round"); // as it is now, whenever it was set
            told.accept(client.name() + " finds: "
                    + (round == null ? "nothing" : round.payload().asText()));
        }
        // embedding: end

        // embedding: move
        void isAt(RoomName room, int place) {
            client.signal(
                    room, "at", ByteBuffer.allocate(Integer.BYTES).putInt(place).array());
        }
        // embedding: end

        // embedding: listen
        @Override
        public void onSignal(ChatClient source, RoomName room, UserName from, String key, byte[] bytes) {
            heard.complete(source.name() + " sees " + from + " at "
                    + ByteBuffer.wrap(bytes).getInt());
        }

        @Override
        public void onValueChanged(ChatClient source, RoomName room, String key, Optional<RoomValue> value) {
            round.complete(source.name() + " is told: "
                    + value.map(v -> v.payload().asText()).orElse("nothing"));
        }
        // embedding: end

        @Override
        public void onRoomLeft(ChatClient source, RoomName room, String reason) {
            out.complete(source.name() + " is out: " + reason);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    Player player(ChatClient.Builder builder, InviteLink link, String name) {
        return new Player(builder, link, name);
    }

    private Player player(InviteLink link, String name) {
        return player(ChatClient.builder(), link, name);
    }

    /** One round. */
    void play() throws IOException {
        ScheduledExecutorService game = Executors.newSingleThreadScheduledExecutor();
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ChatServer server = open(ChatServer.builder().bind(here))) {
            InviteLink link = server.inviteLink("127.0.0.1");
            // embedding: round
            server.room(RoomName.LOBBY)
                    .setValue("round", Payload.text("waiting"))
                    .join();
            // embedding: end
            try (Player ada = player(link, "ada");
                    Player bob = player(link, "bob");
                    Player eve = player(link, "eve")) {
                bob.enter(RoomName.LOBBY);
                String refused = bob.client
                        .join(RED, JoinHistory.NONE)
                        .handle((room, failure) -> failure == null ? "inside" : failure.getMessage())
                        .join();
                told.accept("bob at the door of red: " + refused);
                ada.enter(RED);
                eve.enter(RED);
                // Twenty times a second, as a game does: what is lost does not matter, the next one comes.
                var adas = game.scheduleAtFixedRate(() -> ada.isAt(RED, 7), 0, 50, TimeUnit.MILLISECONDS);
                told.accept(eve.heard.join());
                var eves = game.scheduleAtFixedRate(() -> eve.isAt(RED, 9000), 0, 50, TimeUnit.MILLISECONDS);
                told.accept(eve.out.join());
                boolean unused = adas.cancel(false) && eves.cancel(false);
                server.room(RoomName.LOBBY)
                        .setValue("round", Payload.text("red has won"))
                        .join();
                told.accept(bob.round.join());
            } finally {
                game.shutdownNow();
            }
            try (Player late = player(link, "kai")) {
                late.enter(RoomName.LOBBY);
            }
        }
    }

    public static void main(String[] args) throws IOException {
        new GameLobby(System.out::println).play();
    }
}
