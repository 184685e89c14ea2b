package io.kabar.chat.view.commands;

import io.kabar.chat.Author;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.view.words.PeopleWording;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Commands about other people, that are between them, this user and the server's staff. */
public final class PeopleCommands {

    private PeopleCommands() {}

    /** {@code /whois NAME}. */
    public static CompletableFuture<Void> whois(CommandContext context, List<String> arguments) {
        return context.parsed(
                () -> UserName.of(arguments.get(0)),
                who -> context.request(
                        () -> context.client().whois(who),
                        found -> PeopleWording.whois(found, context.place().now())));
    }

    /** {@code /report #NUMBER WHY...}: tells the staff of a message. */
    public static CompletableFuture<Void> report(CommandContext context, List<String> arguments) {
        return context.inRoom(room -> context.parsed(
                () -> number(arguments.get(0)),
                number -> context.request(
                        () -> context.client().report(room, number, arguments.get(1)),
                        nothing -> "The server's staff is told of #" + number + " in "
                                + context.place().title(room) + ".")));
    }

    @ForPeople("a number that a person types, in the digits of their keyboard")
    private static long number(String text) {
        try {
            return Long.parseLong(text.startsWith("#") ? text.substring(1) : text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Name the message by its number, as /report #12 spam.", e);
        }
    }

    /** {@code /block [NAME]}: lists whom this user has blocked, or blocks somebody. */
    public static CompletableFuture<Void> block(CommandContext context, List<String> arguments) {
        if (arguments.isEmpty()) {
            return context.request(() -> context.client().blocks(), PeopleCommands::blocked);
        }
        return context.parsed(() -> UserName.of(arguments.get(0)), who -> {
            if (who.key().equals(context.place().self().key())) {
                return context.fail("You cannot block yourself.");
            }
            return context.request(
                    () -> context.client().block(who),
                    nothing -> who + " can no longer write to you alone, on any device of yours; /unblock " + who
                            + " ends it. /ignore " + who + " hides what they say in rooms.");
        });
    }

    private static String blocked(List<Author> blocked) {
        return blocked.isEmpty()
                ? "You have blocked nobody."
                : "You have blocked "
                        + blocked.stream()
                                .map(author -> author.name().text())
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    /** {@code /unblock NAME}. */
    public static CompletableFuture<Void> unblock(CommandContext context, List<String> arguments) {
        return context.parsed(
                () -> UserName.of(arguments.get(0)),
                who -> context.request(
                        () -> context.client().unblock(who), nothing -> who + " can write to you alone again."));
    }
}
