package io.kabar.chat.view;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Delivery;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionInfo;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.words.ChangeWording;
import io.kabar.chat.view.words.ModeWording;
import io.kabar.chat.view.words.PeopleWording;
import io.kabar.chat.view.words.Refusals;
import io.kabar.chat.view.words.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The sentences every client says in the same words. What was refused is in {@link Refusals}. */
public final class Wording {

    /** After a change of address. */
    public static final String ROAMED = "Moved to a new network address, still connected.";

    /** When more people have written than {@link ChatModel#waiting} lists. */
    static final String MORE_WAITING =
            "More people than are listed have written to you; /query NAME opens the conversation with one of them.";

    /** People who have not got a message, by name; more of them are a number. */
    private static final int MOST_MISSING = 12;

    private Wording() {}

    /** Something was said in a conversation that is not open; by the other side, or from another device. */
    static String waiting(UserName with) {
        return "There is something new in your conversation with " + with + "; /query " + with + " shows it.";
    }

    /** Who is writing: {@code ori is typing}; empty when nobody is. */
    public static String typing(List<UserName> names) {
        return switch (names.size()) {
            case 0 -> "";
            case 1 -> names.get(0) + " is typing";
            case 2 -> names.get(0) + " and " + names.get(1) + " are typing";
            default -> "several people are typing";
        };
    }

    /** Somebody in a roster: {@code ada (owner, away)}. */
    public static String member(Member member) {
        String role = member.role() == RoomRole.GUEST ? "" : member.role().word();
        String presence =
                member.presence() == Presence.HERE ? "" : member.presence().word();
        String both = role + (role.isEmpty() || presence.isEmpty() ? "" : ", ") + presence;
        return member.name() + (both.isEmpty() ? "" : " (" + both + ")");
    }

    /** Who is in a room, in one line. */
    public static String members(String title, List<Member> members) {
        return String.format(Locale.ROOT, "%,d in %s: ", members.size(), title)
                + members.stream().map(Wording::member).collect(Collectors.joining(", "));
    }

    /** Some of those who are in a room, as they were asked for, and how to find the others. */
    static String members(String title, Member.Page page, Member.Query asked) {
        String sought = VisibleText.onOneLine(asked.beginning());
        if (page.members().isEmpty() && !sought.isEmpty()) {
            return "Nobody in " + title + " has a name that begins with " + sought + ".";
        }
        String all = members(sought.isEmpty() ? title : title + " whose names begin with " + sought, page.members());
        return page.hasMore() ? all + "\n" + count(page, title) : all;
    }

    /** Said below a list of members that has ended early: {@code These are 4,096 of 9,000 in #big.} */
    private static String count(Member.Page page, String title) {
        return String.format(
                Locale.ROOT,
                "These are %,d of %,d in %s; /names BEGINNING* finds those whose names begin so.",
                page.members().size(),
                page.inside(),
                title);
    }

    /** A room in a list: {@code #lobby, 3 members, Release Friday}. */
    public static String room(RoomSummary room) {
        return room.name() + ", " + (room.members() == 1 ? "1 member" : room.members() + " members")
                + (room.topic().isEmpty() ? "" : ", " + VisibleText.onOneLine(room.topic()));
    }

    /**
     * Who has a message, and who has not: {@code #12 is delivered to 3 of 5: you, bob, eve; not yet to kai, lev.}
     *
     * @param roster who is in the room, as far as this side knows
     */
    static String delivery(Delivery delivery, UserName self, List<Member> roster) {
        String names = names(delivery.to(), self);
        int untold = delivery.delivered() - delivery.to().size();
        Set<UserName> with = Set.copyOf(delivery.to());
        List<UserName> without = roster.stream()
                .map(Member::name)
                .filter(name -> !with.contains(name))
                .toList();
        // Whoever came or went meanwhile is in one list and not in the other: then there is no saying who is missing.
        boolean missing = untold == 0
                && !without.isEmpty()
                && without.size() == delivery.members() - delivery.delivered()
                && without.size() <= MOST_MISSING;
        return "#" + delivery.sequence() + " is delivered to " + delivery.delivered() + " of " + delivery.members()
                + (names.isEmpty() ? "" : ": " + names)
                + (untold > 0 ? " and " + untold + " more" : "")
                + (missing ? "; not yet to " + names(without, self) : "") + ".";
    }

    private static String names(List<UserName> names, UserName self) {
        return names.stream()
                .map(name -> name.equals(self) ? "you" : name.text())
                .collect(Collectors.joining(", "));
    }

    /** The connection in figures, for {@code /net}. */
    public static String net(ConnectionInfo info, Status status) {
        return String.format(
                Locale.ROOT,
                "%s · %s:%d · round trip %.1f ms · %.1f %% loss · key %s · %d waiting",
                status.words(),
                info.server().getHostString(),
                info.server().getPort(),
                info.roundTrip().toNanos() / 1e6,
                info.lossPercent(),
                info.key().fingerprint(),
                info.waiting());
    }

    /** What to compare with the operator, for {@code /verify}. */
    public static String verify(ConnectionInfo info) {
        return "The server's key is " + info.key().fullFingerprint()
                + ". Ask its operator to read theirs to you over another way; if they are the same, nobody stands"
                + " between.";
    }

    /**
     * At first contact without a key in the link, as ssh does.
     *
     * @param remembered whether the key is known from now on, which it is not where nothing can be written
     */
    public static String firstContact(String address, ConnectionInfo info, boolean remembered) {
        return "First contact with " + address + ". Its key " + info.key().fullFingerprint() + " is taken on trust"
                + (remembered
                        ? " and remembered from now on."
                        : ", and will be again next time, for it could not be remembered.");
    }

    /** Before the first message that is new. */
    static String newSince(Duration ago) {
        return "New since you left (" + PeopleWording.ago(ago) + "):";
    }

    /**
     * What has happened since the user left.
     *
     * @param messages of others that are shown
     * @param older events before them that are not shown
     * @param gone events that are no longer kept
     */
    static String sinceLeft(Duration ago, int messages, long older, long gone) {
        String when = "Since you left (" + PeopleWording.ago(ago) + ")";
        String lost = gone == 0
                ? ""
                : " " + PeopleWording.some(gone, "event") + (gone == 1 ? " is" : " are") + " no longer kept.";
        if (older > 0) {
            String what = messages == 0
                    ? PeopleWording.some(older, "event") + ", not shown here"
                    : PeopleWording.some(messages, "message") + ", and " + PeopleWording.some(older, "more event");
            return when + ": " + what + ": /history." + lost;
        }
        return messages == 0 && gone == 0
                ? "Nothing was said since you left (" + PeopleWording.ago(ago) + ")."
                : when + ": " + PeopleWording.some(messages, "message") + "." + lost;
    }

    /** Above the oldest line, when no more lines have a place. */
    static String full(int lines) {
        return String.format(
                Locale.ROOT,
                "As much is shown as there is place for, %,d lines. /clear makes room for older ones.",
                lines);
    }

    /** Above the oldest line of a room, when nothing older is kept. */
    static String beginning(RoomModel room) {
        return "This is the beginning of what is kept"
                + (room.retention().isEmpty() ? "." : "; history is " + room.retention() + ".");
    }

    static String entered(RoomModel room, Instant now) {
        int others = room.inside() - 1;
        String company = others < 1
                ? "nobody else is here"
                : others == 1 ? "1 other is here" : String.format(Locale.ROOT, "%,d others are here", others);
        if (room.inside() > room.roster().size()) {
            company += "; /names BEGINNING* finds one of them";
        }
        String where = room.name().isDirect()
                ? "You are talking with " + room.title() + "."
                : "You are in " + room.title() + ", " + company + ".";
        return where
                + (room.topic().isEmpty() ? "" : " Topic: " + sentence(room.topic()))
                + standing(room, now)
                + (room.retention().isEmpty() ? "" : " History is " + room.retention() + ".");
    }

    /** What is set for a room, as what this user has entered it, and why they may not speak, if that is so. */
    private static String standing(RoomModel room, Instant now) {
        String modes = ModeWording.brief(room.voice().settings().modes());
        RoomRole role = room.voice().settings().standing().role();
        return (role == RoomRole.GUEST ? "" : " You are " + role.withArticle() + ".")
                + (modes.isEmpty() ? "" : " Set: " + modes + ".")
                + room.voice().silence(now).map(sentence -> " " + sentence).orElse("");
    }

    private static String sentence(String words) {
        boolean ended = !words.isEmpty() && ".!?\u2026".indexOf(words.charAt(words.length() - 1)) >= 0;
        return ended ? words : words + ".";
    }

    /** Asked of somebody who leaves while the server has not got everything they have said. */
    public static String unsent(int messages) {
        return (messages == 1
                        ? "A message of yours has not got to the server yet, and is"
                        : String.format(
                                Locale.ROOT, "%,d messages of yours have not got to the server yet, and are", messages))
                + " lost if you leave now.";
    }

    static String left(String title, String reason) {
        return reason.isEmpty() ? "You left " + title + "." : "You are no longer in " + title + ": " + sentence(reason);
    }

    /** The topic was set. */
    public static String topic(UserName who, String topic) {
        return topic.isEmpty() ? who + " cleared the topic" : who + " set the topic: " + topic;
    }

    /** What happened in an event of which only its kind has words. */
    public static String of(ChatEvent event) {
        return ChangeWording.of(event);
    }

    static String historyChanged(long from) {
        return "The server's history of this room is not the one you have read: from event " + from
                + " on it is another. What you have read from there on is not in the room any more.";
    }

    static String gone(long from, long to) {
        return from == to
                ? "Event " + from + " is no longer kept."
                : "Events " + from + " to " + to + " are no longer kept.";
    }

    static String closed(CloseReason reason, String sentence) {
        if (reason == CloseReason.SIGNED_OUT) {
            return "Signed out.";
        } else if (reason == CloseReason.REPLACED) {
            return "Signed out: this session was replaced by a newer one of the same program.";
        }
        return sentence.isEmpty() ? "Signed out: " + reason.words() + "." : "Signed out: " + sentence;
    }
}
