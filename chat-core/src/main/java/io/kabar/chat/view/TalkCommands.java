package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
        return runner.context().parsed(() -> direct(runner, UserName.of(arguments.get(0))), room -> runner.open(room));
    }

    private static RoomName direct(CommandRunner runner, UserName to) {
        if (to.key().equals(runner.model().self().key())) {
            throw new IllegalArgumentException("A direct conversation needs two people.");
        }
        return RoomName.with(to);
    }
}
