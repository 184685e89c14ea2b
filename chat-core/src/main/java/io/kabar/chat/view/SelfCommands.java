package io.kabar.chat.view;

import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Commands about this user, their connection and their screen. */
final class SelfCommands {

    private SelfCommands() {}

    static CompletableFuture<Void> away(CommandRunner runner, List<String> arguments) {
        return show(runner, ChatClient::away, "You are shown as away; /back ends it.");
    }

    static CompletableFuture<Void> back(CommandRunner runner, List<String> arguments) {
        return show(runner, ChatClient::back, "You are shown as here again.");
    }

    private static CompletableFuture<Void> show(CommandRunner runner, Consumer<ChatClient> as, String answer) {
        return runner.context()
                .request(
                        () -> {
                            as.accept(runner.context().client());
                            return runner.context().done();
                        },
                        nothing -> answer);
    }

    static CompletableFuture<Void> ignore(CommandRunner runner, List<String> arguments) {
        ChatModel model = runner.model();
        if (arguments.isEmpty()) {
            String names = model.ignored().stream().sorted().map(UserName::text).collect(Collectors.joining(", "));
            return runner.context().answer(names.isEmpty() ? "You hide nobody." : "You hide " + names + ".");
        }
        return runner.context().parsed(() -> UserName.of(arguments.get(0)), who -> {
            if (who.key().equals(model.self().key())) {
                return runner.context().fail("You cannot hide yourself.");
            }
            model.ignore(who);
            return runner.context()
                    .answer("What " + who + " says is hidden until you leave; /unignore " + who + " ends it.");
        });
    }

    static CompletableFuture<Void> unignore(CommandRunner runner, List<String> arguments) {
        return runner.context().parsed(() -> UserName.of(arguments.get(0)), who -> {
            if (!runner.model().ignores(who)) {
                return runner.context().fail("You do not hide " + who + ".");
            }
            runner.model().unignore(who);
            return runner.context().answer("What " + who + " says is shown again.");
        });
    }

    static CompletableFuture<Void> net(CommandRunner runner, List<String> arguments) {
        return runner.context()
                .request(
                        () -> CompletableFuture.completedFuture(
                                runner.context().client().info()),
                        info -> Wording.net(info, runner.model().status()));
    }

    static CompletableFuture<Void> verify(CommandRunner runner, List<String> arguments) {
        return runner.context()
                .request(
                        () -> CompletableFuture.completedFuture(
                                runner.context().client().info()),
                        Wording::verify);
    }

    static CompletableFuture<Void> clear(CommandRunner runner, List<String> arguments) {
        runner.model().transcript().clear();
        runner.frontend().cleared();
        return runner.context().done();
    }

    static CompletableFuture<Void> help(CommandRunner runner, List<String> arguments) {
        if (arguments.isEmpty()) {
            int width = Arrays.stream(Command.values())
                    .mapToInt(command -> command.usage().length())
                    .max()
                    .orElse(0);
            return runner.context()
                    .answer(Arrays.stream(Command.values())
                            .map(command -> command.usage()
                                    + " ".repeat(width + 2 - command.usage().length())
                                    + command.help())
                            .collect(Collectors.joining(
                                    "\n", "What you can type:\n", "\n//text says a line that begins with a slash")));
        }
        String given = arguments.get(0);
        String word = given.startsWith("/") ? given.substring(1) : given;
        return Command.find(word)
                .map(command -> runner.context()
                        .answer(command.usage() + ": " + command.help()
                                + (command.aliases().isEmpty()
                                        ? ""
                                        : " (also /" + String.join(", /", command.aliases()) + ")")))
                .orElseGet(() -> runner.context().fail("Unknown command /" + word + "; /help lists them."));
    }

    static CompletableFuture<Void> quit(CommandRunner runner, List<String> arguments) {
        runner.frontend().quit();
        return runner.context().done();
    }
}
