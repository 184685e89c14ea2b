package io.kabar.chat.view.commands;

import io.kabar.chat.InvitationTerms;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Durations;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.words.AccountWording;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Commands about this user's own account, its devices, and the invitations they have made. */
public final class AccountCommands {

    private AccountCommands() {}

    /** {@code /nick NAME}. */
    public static CompletableFuture<Void> nick(CommandContext context, List<String> arguments) {
        return context.parsed(
                () -> UserName.parse(arguments.get(0)),
                name -> context.request(
                        () -> context.client().rename(name),
                        nothing -> "You are " + name + " now. Your old name is kept for you for a while."));
    }

    /** {@code /password}: asks for the old one and the new one, neither of which is shown. */
    public static CompletableFuture<Void> password(CommandContext context, List<String> arguments) {
        return context.secret(
                "Old password of your account (empty if it has none, or on the device that began it): ",
                old -> context.secret(
                        "New password: ",
                        first -> context.secret("New password again: ", again -> {
                            if (!first.equals(again)) {
                                return context.fail("The two new passwords are not the same; nothing was changed.");
                            }
                            return context.request(
                                    () -> old.isEmpty()
                                            ? context.client().changePassword(first)
                                            : context.client().changePassword(old, first),
                                    nothing -> "The password of your account is changed. Further devices sign in with "
                                            + "it.");
                        })));
    }

    /** {@code /devices}. */
    public static CompletableFuture<Void> devices(CommandContext context, List<String> arguments) {
        return context.request(() -> context.client().devices(), AccountWording::devices);
    }

    /** {@code /revoke NUMBER [yes]}: shuts a device out; asks if it is the one that one is on. */
    public static CompletableFuture<Void> revoke(CommandContext context, List<String> arguments) {
        return context.parsed(
                () -> number(arguments.get(0), "Name the device by its number, as /revoke 2; /devices lists them."),
                number -> context.ask(() -> context.client().devices(), devices -> {
                    boolean isThis =
                            devices.stream().filter(KnownDevice::isThis).anyMatch(device -> device.number() == number);
                    return isThis
                            ? OrderCommands.sure(
                                    context,
                                    arguments,
                                    1,
                                    "Device " + number
                                            + " is the one you are on. It is signed out at once, and for good."
                                            + " Revoke it?",
                                    "/revoke " + number + " yes",
                                    () -> revoke(context, number))
                            : revoke(context, number);
                }));
    }

    private static CompletableFuture<Void> revoke(CommandContext context, int number) {
        return context.request(
                () -> context.client().revokeDevice(number),
                nothing -> "Device " + number + " is shut out of your account for good.");
    }

    /** {@code /invitation [server] [ROLE] [USES] [DURATION]}: makes a link into this room, or to the server alone. */
    public static CompletableFuture<Void> invitation(CommandContext context, List<String> arguments) {
        return context.parsed(
                () -> terms(
                        arguments.isEmpty() ? List.of() : Parts.words(arguments.get(0)),
                        context.place().room().filter(room -> !room.isDirect())),
                terms -> context.request(
                        () -> context.client().invite(terms), link -> AccountWording.link(link, terms)));
    }

    private static InvitationTerms terms(List<String> words, Optional<RoomName> here) {
        InvitationTerms terms = here.map(room -> InvitationTerms.once().into(room, RoomRole.GUEST))
                .orElseGet(InvitationTerms::once);
        for (String word : words) {
            Optional<RoomRole> role = RoomRole.of(word);
            Optional<RoomName> room = terms.room();
            if (word.toLowerCase(Locale.ROOT).equals("server")) {
                terms = new InvitationTerms(Optional.empty(), RoomRole.GUEST, terms.uses(), terms.time());
            } else if (role.isPresent()) {
                RoomName into = room.orElseThrow(() ->
                        new IllegalArgumentException("A role is given in a room; stand in it, and leave out server."));
                terms = terms.into(into, role.get());
            } else if (Parts.isDigits(word, 1, 9)) {
                terms = terms.uses(Digits.parseInt(word));
            } else if (Durations.isMeant(word)) {
                terms = terms.lasting(Durations.parse(word)
                        .orElseThrow(() -> new IllegalArgumentException("An invitation has an end, as 7d.")));
            } else {
                throw new IllegalArgumentException(
                        "An invitation is for a role, so many people and a time, as /invitation member 3 7d, or for"
                                + " the server alone, as /invitation server.");
            }
        }
        return terms;
    }

    /** {@code /invitations}. */
    public static CompletableFuture<Void> invitations(CommandContext context, List<String> arguments) {
        return context.request(
                () -> context.client().invitations(),
                invitations ->
                        AccountWording.invitations(invitations, context.place().now()));
    }

    /** {@code /withdraw NUMBER}: ends an invitation. */
    public static CompletableFuture<Void> withdraw(CommandContext context, List<String> arguments) {
        return context.parsed(
                () -> number(
                        arguments.get(0),
                        "Name the invitation by its number, as /withdraw 3; /invitations lists them."),
                number -> context.request(
                        () -> context.client().withdraw(number),
                        nothing -> "Invitation " + number + " lets nobody in any more."));
    }

    private static int number(String word, String otherwise) {
        String digits = word.startsWith("#") ? word.substring(1) : word;
        if (!Parts.isDigits(digits, 1, 9)) {
            throw new IllegalArgumentException(otherwise);
        }
        return Digits.parseInt(digits);
    }
}
