package io.kabar.daemon.control;

import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.ServerRole;
import io.kabar.chat.server.ServerUser;
import io.kabar.daemon.control.Outcome.Row;
import io.kabar.daemon.control.Parameter.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What can be done about accounts and about who may register. */
final class AccountRows {

    private AccountRows() {}

    static List<ControlCommand> rows() {
        return List.of(
                ControlCommand.of(
                        "passwd NAME PASSWORD", "give an account a password, which is asked for", AccountRows::passwd),
                ControlCommand.of(
                        "no-password NAME",
                        "take an account's password away; its devices still get in",
                        AccountRows::noPassword),
                ControlCommand.of("devices NAME", "list the devices of an account", AccountRows::devices),
                ControlCommand.of("revoke NAME NUMBER", "shut a device out of an account for good", AccountRows::revoke)
                        .asking(AccountRows::beforeRevoking),
                ControlCommand.of(
                        "rename NAME NEW_NAME", "give an account another name; it stays the same", AccountRows::rename),
                ControlCommand.of(
                        "server-role NAME SERVER_ROLE",
                        "make somebody member, staff, owner or what else there is",
                        AccountRows::serverRole),
                ControlCommand.of("owner NAME", "make somebody an owner of the server", AccountRows::owner),
                ControlCommand.of(
                        "invite-link NUMBER DURATION [ROOM] [ROLE]",
                        "make a link for so many new people; 0 for any number",
                        AccountRows::inviteLink),
                ControlCommand.of("invitations", "list the links that are good", AccountRows::invitations),
                ControlCommand.of("withdraw NUMBER", "end a link, by its number in the list", AccountRows::withdraw));
    }

    private static ServerUser user(ControlHost host, Arguments arguments) {
        return host.server().user(arguments.user());
    }

    /** Of more than there can be, the largest; the server says that there is none of it. */
    private static int number(Arguments arguments) {
        return (int) Math.min(Integer.MAX_VALUE, Digits.parseLong(arguments.text(Kind.NUMBER)));
    }

    private static CompletableFuture<Outcome> passwd(ControlHost host, Arguments arguments) {
        return user(host, arguments)
                .setPassword(arguments.text(Kind.PASSWORD))
                .thenApply(nothing -> Outcome.done(arguments.user() + " has a new password."));
    }

    private static CompletableFuture<Outcome> noPassword(ControlHost host, Arguments arguments) {
        return user(host, arguments)
                .removePassword()
                .thenApply(nothing -> Outcome.done(arguments.user() + " has no password any more."));
    }

    private static CompletableFuture<Outcome> devices(ControlHost host, Arguments arguments) {
        return user(host, arguments)
                .devices()
                .thenApply(devices -> Outcome.list(
                        "The account " + arguments.user() + " knows no device.",
                        devices.stream().map(AccountRows::row).toList()));
    }

    private static Row row(KnownDevice device) {
        return new Row()
                .with("number", device.number())
                .with("label", device.label())
                .with("created", device.created().toString())
                .with("seen", device.seen().toString())
                .with("revoked", device.revoked().map(Object::toString).orElse(""));
    }

    private static CompletableFuture<String> beforeRevoking(ControlHost host, Arguments arguments) {
        return CompletableFuture.completedFuture("Shut device " + arguments.text(Kind.NUMBER) + " of "
                + arguments.user() + " out for good? It cannot be let in again.");
    }

    private static CompletableFuture<Outcome> revoke(ControlHost host, Arguments arguments) {
        int number = number(arguments);
        return user(host, arguments)
                .revokeDevice(number)
                .thenApply(nothing -> Outcome.done("Shut device " + number + " of " + arguments.user() + " out."));
    }

    private static CompletableFuture<Outcome> rename(ControlHost host, Arguments arguments) {
        UserName next = UserName.parse(arguments.text(Kind.NEW_NAME));
        return user(host, arguments)
                .rename(next)
                .thenApply(renamed -> Outcome.done(arguments.user() + " is now called " + renamed.name() + "."));
    }

    private static CompletableFuture<Outcome> serverRole(ControlHost host, Arguments arguments) {
        return role(host, arguments, arguments.text(Kind.SERVER_ROLE).toLowerCase(Locale.ROOT));
    }

    private static CompletableFuture<Outcome> owner(ControlHost host, Arguments arguments) {
        return role(host, arguments, ServerRole.OWNER.name());
    }

    private static CompletableFuture<Outcome> role(ControlHost host, Arguments arguments, String role) {
        return user(host, arguments)
                .setRole(role)
                .thenApply(nothing -> Outcome.done(arguments.user() + " is now " + role + " of the server."));
    }

    private static CompletableFuture<Outcome> inviteLink(ControlHost host, Arguments arguments) {
        Optional<RoomName> room = arguments.given(Kind.ROOM).map(RoomName::of);
        RoomRole role = arguments.given(Kind.ROLE).map(ModeWord::role).orElse(RoomRole.GUEST);
        Duration time = arguments.duration().orElse(Invitation.LONGEST);
        InvitationTerms terms = new InvitationTerms(room, role, number(arguments), time);
        return host.server()
                .invite(host.invitation().host(), terms)
                .thenApply(link -> Outcome.list("", List.of(new Row().with("link", link.toString()))));
    }

    private static CompletableFuture<Outcome> invitations(ControlHost host, Arguments arguments) {
        return host.server()
                .invitations()
                .thenApply(all -> Outcome.list(
                        "There is no invitation.",
                        all.stream().map(AccountRows::row).toList()));
    }

    private static Row row(Invitation invitation) {
        return new Row()
                .with("number", invitation.id())
                .with("by", invitation.by().text())
                .with("room", invitation.room().map(RoomName::text).orElse(""))
                .with("role", invitation.role().word())
                .with("uses", invitation.usesLeft() == 0 ? "any" : String.valueOf(invitation.usesLeft()))
                .with("until", invitation.expires().toString());
    }

    private static CompletableFuture<Outcome> withdraw(ControlHost host, Arguments arguments) {
        String number = arguments.text(Kind.NUMBER);
        return host.server()
                .withdraw(Digits.parseLong(number))
                .thenApply(nothing -> Outcome.done("Withdrew the invitation " + number + "."));
    }
}
