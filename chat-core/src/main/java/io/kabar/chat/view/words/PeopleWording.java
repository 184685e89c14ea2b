package io.kabar.chat.view.words;

import io.kabar.chat.Permissions;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomName;
import io.kabar.chat.Sanction;
import io.kabar.chat.Whois;
import io.kabar.chat.rules.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** People and what is imposed on them, in words. */
public final class PeopleWording {

    private PeopleWording() {}

    /** Who somebody is: {@code kai (account 7, staff) is here since 3 hours, in #lobby, #ops.} */
    public static String whois(Whois found, Instant now) {
        String role = found.role().isEmpty() ? "" : ", " + VisibleText.onOneLine(found.role());
        String who = found.who().name()
                + String.format(Locale.ROOT, " (account %d", found.who().account()) + role + ")";
        String presence = found.presence().map(Presence::word).orElse("not here now");
        String since = found.since()
                .map(at -> ", signed in " + ago(Duration.between(at, now)))
                .orElse("");
        return who + " is " + presence + since
                + (found.rooms().isEmpty()
                        ? ""
                        : ", in "
                                + found.rooms().stream().map(RoomName::toString).collect(Collectors.joining(", ")))
                + "."
                + (found.addresses().isEmpty() ? "" : " From " + String.join(", ", found.addresses()) + ".");
    }

    /** How long ago: {@code 3 days ago}. */
    public static String ago(Duration time) {
        if (time.toMinutes() < 1) {
            return "just now";
        } else if (time.toHours() < 1) {
            return some(time.toMinutes(), "minute") + " ago";
        } else if (time.toDays() < 1) {
            return some(time.toHours(), "hour") + " ago";
        }
        return some(time.toDays(), "day") + " ago";
    }

    /** {@code 1 message}, {@code 1,200 messages}. */
    public static String some(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    /** Bans or mutes of the server, one a line. */
    public static String sanctions(List<Sanction> sanctions, String none) {
        return sanctions.isEmpty()
                ? none
                : sanctions.stream().map(PeopleWording::sanction).collect(Collectors.joining("\n"));
    }

    private static String sanction(Sanction sanction) {
        return target(sanction.target()) + Permissions.until(sanction.until()) + ", by "
                + sanction.by().name()
                + (sanction.reason().isEmpty() ? "" : ": " + VisibleText.onOneLine(sanction.reason()));
    }

    private static String target(Sanction.Target target) {
        if (target instanceof Sanction.Addresses addresses) {
            String rule = String.format(Locale.ROOT, "rule %d", addresses.rule());
            return addresses.network().isEmpty() ? rule : rule + " (" + addresses.network() + ")";
        }
        return ((Sanction.Person) target).who().name().text();
    }

    /** How the emergency switches are. */
    public static String switches(Switches switches) {
        return "Newcomers: " + (switches.newcomers() ? "off" : "on") + ". New rooms: "
                + (switches.newRooms() ? "off" : "on") + ". Slow everywhere: "
                + (switches.slowSeconds() == 0 ? "off" : switches.slowSeconds() + " s") + ".";
    }
}
