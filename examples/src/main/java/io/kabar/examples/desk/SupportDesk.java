package io.kabar.examples.desk;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.ParticipantListener;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.spi.Authorizer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A support desk. Whoever asks in the hall gets a ticket of a bot, and with it a room for the two of them and whoever
 * takes it; agents are told in a room of their own, where {@code take 7} and {@code solved 7} do what they say. Tickets
 * and rooms are in one database.
 */
public final class SupportDesk implements Authorizer, AutoCloseable {

    static final RoomName HALL = RoomName.of("hall");
    static final RoomName AGENTS = RoomName.of("agents");
    private static final UserName BOT = UserName.of("desk");

    private final Set<UserName> agents;
    private final SqliteDatabase database;
    private final Tickets tickets;
    private final ChatServer server;

    // embedding: desk
    /** Opens the desk; nothing of what was asked or said before is forgotten. */
    SupportDesk(Path file, Set<UserName> agents, ChatServer.Builder builder) throws IOException {
        this.agents = agents;
        database = new SqliteDatabase(file);
        tickets = new Tickets(database);
        server = builder.open()
                .journal(new SqliteJournal(database))
                .authorizer(this)
                .start();
    }
    // embedding: end

    ChatServer server() {
        return server;
    }

    // embedding: bot
    /** The bot reads on behind the newest question that has a ticket, so what was asked meanwhile gets one, too. */
    Participant bot() {
        Participant bot = server.participant(BOT).listener(new Bot()).signIn().join();
        bot.join(AGENTS, JoinHistory.NONE).join(); // first, for what it reads in the hall is told there
        bot.join(HALL, JoinHistory.from(tickets.newestQuestion() + 1)).join();
        return bot;
    }
    // embedding: end

    /** Agents may enter everywhere, and everybody the hall and the rooms of their own tickets. */
    @Override
    public CompletionStage<Decision> mayEnter(Person who, RoomName room) {
        UserName name = who.author().name();
        if (room.equals(HALL) || agents.contains(name) || name.equals(BOT)) {
            return completedFuture(Decision.ALLOW);
        }
        boolean isTheirs = tickets.numberOf(room)
                .flatMap(tickets::find)
                .filter(t -> t.customer().equals(name))
                .isPresent();
        return completedFuture(isTheirs ? Decision.ALLOW : Decision.refuse("That is no ticket of yours."));
    }

    private final class Bot implements ParticipantListener<Participant> {

        @Override
        public void onEvent(Participant bot, ChatEvent event, EventOrigin origin) {
            if (!event.isSaid() || event.from().equals(bot.name())) {
                return;
            }
            if (event.room().equals(HALL)) {
                asked(bot, event);
            } else if (origin == EventOrigin.LIVE) {
                ordered(event);
            }
        }

        /** A question has one ticket, however often the bot reads it. */
        private void asked(Participant bot, ChatEvent question) {
            Optional<Tickets.Ticket> ticket = tickets.open(question.sequence(), question.from(), question.text());
            if (ticket.isPresent()) {
                long number = ticket.get().number();
                String room = tickets.room(number).text();
                notWaitedFor(
                        bot.reply(HALL, question.sequence(), "This is ticket " + number + "; come to #" + room + "."));
                notWaitedFor(bot.send(AGENTS, "Ticket " + number + ", " + question.from() + ": " + question.text()));
                notWaitedFor(server.room(tickets.room(number)).setTopic(question.text()));
            }
        }

        private void ordered(ChatEvent order) {
            String text = order.text();
            if (text.startsWith("take ")) {
                find(text.substring(5)).ifPresent(ticket -> {
                    tickets.take(ticket.number(), order.from());
                    notWaitedFor(
                            server.room(tickets.room(ticket.number())).announce(order.from() + " looks after it."));
                });
            } else if (text.startsWith("solved ")) {
                find(text.substring(7)).ifPresent(ticket -> {
                    tickets.solve(ticket.number());
                    notWaitedFor(server.room(tickets.room(ticket.number())).close("Solved, thank you."));
                });
            }
        }

        /** Within a call of a listener nobody waits; what fails is told. */
        private void notWaitedFor(CompletableFuture<?> said) {
            var unused = said.exceptionally(failure -> {
                System.err.println("The bot could not do that: " + failure.getMessage());
                return null;
            });
        }

        private Optional<Tickets.Ticket> find(String number) {
            return tickets.number(number.strip()).flatMap(tickets::find);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        database.close();
    }

    /** Serves until the program is ended. Run it with a file for the database and the names of the agents. */
    public static void main(String[] args) throws Exception {
        Set<UserName> agents = new HashSet<>();
        for (int i = 1; i < args.length; i++) {
            agents.add(UserName.of(args[i]));
        }
        ChatServer.Builder builder = ChatServer.builder().bind(new InetSocketAddress(0));
        try (SupportDesk desk = new SupportDesk(Path.of(args[0]), agents, builder)) {
            Participant bot = desk.bot();
            System.out.println(bot.name() + " is there: " + desk.server().inviteLink("localhost"));
            desk.server().awaitClose();
        }
    }
}
