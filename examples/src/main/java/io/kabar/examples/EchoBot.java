package io.kabar.examples;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.DeviceSecret;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A bot that says again what is said to it: "echo: good morning" is answered with "good morning", in the lobby or in a
 * direct conversation. Run it with an invitation link and the server's password.
 */
public final class EchoBot implements ChatClientListener {

    private static final String CALL = "echo: ";

    /** Direct conversations to be in at a time; the one entered first is left for the next one. */
    private static final int MOST_CONVERSATIONS = 16;

    private final Deque<RoomName> conversations = new ArrayDeque<>();
    private final CompletableFuture<CloseReason> over = new CompletableFuture<>();

    private EchoBot() {}

    /** Runs until the server ends the session for good, or somebody says "echo: QUIT". */
    public static void main(String[] args) {
        EchoBot bot = new EchoBot();
        ChatClient client = ChatClient.builder()
                .server(InviteLink.parse(args[0]))
                .name("echo")
                .password(args[1])
                .device(DeviceSecret.inFile(Path.of("echo.device")))
                .listener(bot)
                .connect()
                .join();
        client.join(RoomName.LOBBY, JoinHistory.NONE).join();
        System.out.println("listening as " + client.name());
        System.out.println(bot.over.join().words());
    }

    /** Somebody writes to the bot alone: it enters the conversation and reads from there on. */
    @Override
    public void onDirectMessage(ChatClient bot, RoomName conversation, Optional<UserName> with, long sequence) {
        conversations.add(conversation);
        if (conversations.size() > MOST_CONVERSATIONS) {
            var unused = bot.leave(conversations.remove(), "");
        }
        var unused = bot.join(conversation, JoinHistory.from(sequence)).whenComplete((room, failure) -> {
            if (failure != null) {
                System.err.println(failure.getMessage());
            }
        });
    }

    @Override
    public void onEvent(ChatClient bot, ChatEvent event, EventOrigin origin) {
        if (origin == EventOrigin.HISTORY || !event.isSaid() || !event.text().startsWith(CALL)) {
            return;
        }
        String text = event.text().substring(CALL.length());
        if (text.equals("QUIT")) {
            bot.close();
        } else {
            // Called on the callback thread: send, but do not wait here.
            var unused = bot.send(event.room(), text).whenComplete((receipt, failure) -> {
                if (failure != null) {
                    System.err.println(failure.getMessage());
                }
            });
        }
    }

    @Override
    public void onClosed(ChatClient bot, CloseReason reason, String sentence) {
        over.complete(reason);
    }
}
