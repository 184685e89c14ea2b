package io.kabar.cli.demo;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.cli.command.Deadline;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody to talk to in {@code kabar demo}: answers in the lobby, and whoever writes to it alone. */
final class DemoBot implements ChatClientListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoBot.class);

    private final CompletableFuture<ChatClient> client = new CompletableFuture<>();
    private final Function<ChatEvent, Optional<String>> answer;
    private final Set<UserName> bots;

    /**
     * A bot.
     *
     * @param bots whom it never answers, so that two of them do not talk for ever
     * @param answer what it says to something that has happened, if anything
     */
    DemoBot(Set<UserName> bots, Function<ChatEvent, Optional<String>> answer) {
        this.bots = Set.copyOf(bots);
        this.answer = answer;
    }

    /** Signs in and enters the lobby. */
    void start(InviteLink link, String name, String password, Deadline deadline) throws InterruptedException {
        ChatClient signedIn = deadline.await(ChatClient.builder()
                .server(link)
                .name(name)
                .password(password)
                .listener(this)
                .connect());
        client.complete(signedIn);
        deadline.await(signedIn.join(RoomName.LOBBY, JoinHistory.NONE));
    }

    @Override
    public void onDirectMessage(ChatClient from, RoomName conversation, Optional<UserName> with, long sequence) {
        tellIfFailed(from.join(conversation, JoinHistory.from(sequence)));
    }

    @Override
    public void onEvent(ChatClient from, ChatEvent event, EventOrigin origin) {
        if (origin == EventOrigin.LIVE && !bots.contains(event.from())) {
            // Called on the callback thread: sends, and does not wait.
            answer.apply(event).ifPresent(text -> tellIfFailed(from.send(event.room(), text)));
        }
    }

    private static void tellIfFailed(CompletableFuture<?> call) {
        var unused = call.whenComplete((answer, failure) -> {
            if (failure != null) {
                LOG.debug("a bot was refused", failure);
            }
        });
    }

    @Override
    public void close() {
        if (client.isDone()) {
            client.join().close();
        }
    }
}
