package io.kabar.chat.view;

import io.kabar.chat.Conversation;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Commands that say something. */
final class TalkCommands {

    private TalkCommands() {}

    static CompletableFuture<Void> me(CommandRunner runner, List<String> arguments) {
        return runner.sayHere(arguments.get(0), true);
    }

    static CompletableFuture<Void> msg(CommandRunner runner, List<String> arguments) {
        String text = arguments.get(1);
        return runner.context()
                .parsed(
                        () -> UserName.of(arguments.get(0)),
                        to -> runner.context()
                                .parsed(
                                        () -> direct(runner, to),
                                        room -> runner.model()
                                                .meant(room)
                                                .map(open -> runner.send(open, text, false))
                                                // The conversation opens by itself, and the message stands in it when
                                                // it is accepted.
                                                .orElseGet(() -> runner.context()
                                                        .submit(() -> runner.context()
                                                                .client()
                                                                .sendDirect(to, text)))));
    }

    static CompletableFuture<Void> query(CommandRunner runner, List<String> arguments) {
        if (arguments.isEmpty()) {
            return runner.context().request(() -> runner.context().client().conversations(), TalkCommands::list);
        }
        return runner.context().parsed(() -> direct(runner, UserName.of(arguments.get(0))), room -> runner.open(room));
    }

    private static String list(List<Conversation> conversations) {
        return conversations.isEmpty()
                ? "You have no conversations yet; /query NAME begins one."
                : conversations.stream()
                        .map(TalkCommands::line)
                        .collect(Collectors.joining("\n", "Conversations:\n", ""));
    }

    private static String line(Conversation conversation) {
        long unread =
                conversation.firstUnread() == 0 ? 0 : conversation.lastSequence() - conversation.firstUnread() + 1;
        return conversation.with().map(UserName::text).orElse("somebody who is gone")
                + (unread == 0 ? "" : String.format(Locale.ROOT, " (%,d new)", unread));
    }

    private static RoomName direct(CommandRunner runner, UserName to) {
        if (to.key().equals(runner.model().self().key())) {
            throw new IllegalArgumentException("A direct conversation needs two people.");
        }
        return RoomName.with(to);
    }
}
