package io.kabar.chat.view.words;

import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.RoomName;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An account's devices and invitations, in words. */
public final class AccountWording {

    private AccountWording() {}

    /** The devices of an account, one a line. */
    public static String devices(List<KnownDevice> devices) {
        return devices.isEmpty()
                ? "Your account knows no device."
                : devices.stream()
                        .map(AccountWording::device)
                        .collect(Collectors.joining(
                                "\n", "Devices that sign in without a password; /revoke NUMBER shuts one out:\n", ""));
    }

    private static String device(KnownDevice device) {
        return device.number() + "  " + (device.label().isEmpty() ? "no label" : VisibleText.onOneLine(device.label()))
                + ", since " + day(device.created())
                + device.revoked().map(at -> ", shut out " + day(at)).orElse(", last seen " + day(device.seen()))
                + (device.isThis() ? " (this one)" : "");
    }

    private static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** The invitations that are good, one a line. */
    public static String invitations(List<Invitation> invitations, Instant now) {
        return invitations.isEmpty()
                ? "There is no invitation that is good."
                : invitations.stream()
                        .map(each -> invitation(each, now))
                        .collect(Collectors.joining(
                                "\n", "Invitations that are good; /withdraw NUMBER ends one:\n", ""));
    }

    private static String invitation(Invitation invitation, Instant now) {
        return invitation.id() + "  " + into(invitation.room(), invitation.role()) + ", by " + invitation.by() + ", "
                + uses(invitation.usesLeft()) + ", " + left(Duration.between(now, invitation.expires())) + " left";
    }

    /** A link that was made. */
    public static String link(InviteLink link, InvitationTerms terms) {
        return link + "\nIt is an invitation " + into(terms.room(), terms.role()) + ", for " + uses(terms.uses())
                + ", good for " + left(terms.time()) + ". Whoever has it can use it.";
    }

    private static String into(Optional<RoomName> room, RoomRole role) {
        return room.map(name -> "into " + name + (role == RoomRole.GUEST ? "" : " as " + role.word()))
                .orElse("to the server");
    }

    private static String uses(int uses) {
        return uses == 0 ? "any number of people" : String.format(Locale.ROOT, "%,d use%s", uses, uses == 1 ? "" : "s");
    }

    private static String left(Duration time) {
        if (time.toDays() > 0) {
            return PeopleWording.some(time.toDays(), "day");
        }
        return time.toHours() > 0
                ? PeopleWording.some(time.toHours(), "hour")
                : PeopleWording.some(Math.max(1, time.toMinutes()), "minute");
    }
}
