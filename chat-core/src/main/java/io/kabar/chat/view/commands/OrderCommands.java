package io.kabar.chat.view.commands;

import io.kabar.chat.Member;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomRole;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Commands about who may be in a room, speak in it and keep order there. */
public final class OrderCommands {

    private OrderCommands() {}

    /** {@code /kick NAME [WHY...]}. */
    public static CompletableFuture<Void> kick(CommandContext context, List<String> arguments) {
        return about(context, arguments, who -> RoomChange.kick(who, Penalty.joined(arguments, 1)));
    }

    /** {@code /ban NAME [DURATION] [WHY...]}; for good if no time is named. */
    public static CompletableFuture<Void> ban(CommandContext context, List<String> arguments) {
        return impose(context, arguments, RoomChange::ban);
    }

    /** {@code /unban NAME}. */
    public static CompletableFuture<Void> unban(CommandContext context, List<String> arguments) {
        return about(context, arguments, RoomChange::unban);
    }

    /** {@code /mute NAME [DURATION] [WHY...]}; for good if no time is named. */
    public static CompletableFuture<Void> mute(CommandContext context, List<String> arguments) {
        return impose(context, arguments, RoomChange::mute);
    }

    /** {@code /unmute NAME}. */
    public static CompletableFuture<Void> unmute(CommandContext context, List<String> arguments) {
        return about(context, arguments, RoomChange::unmute);
    }

    /** {@code /invite NAME [WHY...]}. */
    public static CompletableFuture<Void> invite(CommandContext context, List<String> arguments) {
        return about(context, arguments, who -> RoomChange.invite(who, Penalty.joined(arguments, 1)));
    }

    /** {@code /uninvite NAME [WHY...]}. */
    public static CompletableFuture<Void> uninvite(CommandContext context, List<String> arguments) {
        return about(context, arguments, who -> RoomChange.uninvite(who, Penalty.joined(arguments, 1)));
    }

    private static CompletableFuture<Void> about(
            CommandContext context, List<String> arguments, Function<UserName, RoomChange> change) {
        return context.inRoom(room ->
                context.parsed(() -> change.apply(UserName.of(arguments.get(0))), made -> context.change(room, made)));
    }

    private static CompletableFuture<Void> impose(CommandContext context, List<String> arguments, Imposing imposing) {
        return about(context, arguments, who -> {
            Penalty penalty = Penalty.of(arguments);
            Instant until = penalty.howLong().map(context.place().now()::plus).orElse(RoomChange.FOREVER);
            return imposing.of(who, until, penalty.why());
        });
    }

    private interface Imposing {
        RoomChange of(UserName who, Instant until, String why);
    }

    /** {@code /role NAME [ROLE] [WHY...]}: tells or gives a role. */
    public static CompletableFuture<Void> role(CommandContext context, List<String> arguments) {
        return context.inRoom(room -> context.parsed(() -> UserName.of(arguments.get(0)), who -> {
            if (arguments.size() == 1) {
                return context.answer(member(context, room, who)
                        .map(known -> known.name() + " is " + known.role().withArticle() + " in "
                                + context.place().title(room) + ".")
                        .orElse(who + " is not in " + context.place().title(room) + "."));
            }
            return context.parsed(
                    () -> RoomChange.role(who, role(arguments.get(1)), Penalty.joined(arguments, 2)),
                    change -> isOwnOwnership(context, room, change)
                            ? context.sure(
                                    false,
                                    "You would be no owner of "
                                            + context.place().title(room)
                                            + " any more, and only another owner can make you one again. Do it?",
                                    "/transfer NAME yes",
                                    () -> context.change(room, change))
                            : context.change(room, change));
        }));
    }

    private static boolean isOwnOwnership(CommandContext context, RoomName room, RoomChange.RoleGiven change) {
        UserName self = context.place().self();
        return change.role() != RoomRole.OWNER
                && new UserName(change.whom().name()).key().equals(self.key())
                && member(context, room, self)
                        .filter(me -> me.role() == RoomRole.OWNER)
                        .isPresent();
    }

    private static RoomRole role(String word) {
        return RoomRole.of(word)
                .orElseThrow(() -> new IllegalArgumentException("A role is one of "
                        + Arrays.stream(RoomRole.values()).map(RoomRole::word).collect(Collectors.joining(", "))
                        + "; guest takes away the one before."));
    }

    private static Optional<Member> member(CommandContext context, RoomName room, UserName who) {
        return context.place().members(room).stream()
                .filter(member -> member.name().key().equals(who.key()))
                .findFirst();
    }

    /** {@code /transfer NAME [yes]}: makes somebody else the owner, and oneself a moderator. */
    public static CompletableFuture<Void> transfer(CommandContext context, List<String> arguments) {
        return context.inRoom(room -> context.parsed(() -> UserName.of(arguments.get(0)), to -> {
            UserName self = context.place().self();
            if (to.key().equals(self.key())) {
                return context.fail("You cannot give " + context.place().title(room) + " to yourself.");
            }
            return sure(
                    context,
                    arguments,
                    1,
                    "Give " + context.place().title(room) + " to " + to + "? You would be a moderator of it, and only "
                            + to + " could make you an owner again.",
                    "/transfer " + to + " yes",
                    () -> context.submit(
                            () -> context.client().change(room, RoomChange.role(to, RoomRole.OWNER, "")),
                            receipt -> context.change(room, RoomChange.role(self, RoomRole.MODERATOR, ""))));
        }));
    }

    /** Does what cannot be undone if the argument at this place says yes, or the user says it when asked. */
    static CompletableFuture<Void> sure(
            CommandContext context,
            List<String> arguments,
            int place,
            String question,
            String usage,
            Supplier<CompletableFuture<Void>> body) {
        if (arguments.size() > place
                && !arguments.get(place).toLowerCase(Locale.ROOT).equals("yes")) {
            return context.fail("Usage: " + usage);
        }
        return context.sure(arguments.size() > place, question, usage, body);
    }
}
