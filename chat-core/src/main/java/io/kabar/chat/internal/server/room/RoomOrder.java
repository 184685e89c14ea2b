package io.kabar.chat.internal.server.room;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Permissions;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomRules;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.rules.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in a room, at this moment: what its log says, with what is on its way to the journal counted as done.
 * So whatever is proposed is allowed by everything in front of it, in whatever order sessions speak.
 */
public final class RoomOrder {

    /** Speakers that are remembered in slow mode before those are looked for that need not be any more. */
    private static final int MANY_SPEAKERS = 1024;

    private static final RoomChange ANY_BAN = new RoomChange.Banned(RoomChange.Whom.NOBODY, RoomChange.FOREVER, "");

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;
    private final Ahead<RoomRules> rules;
    private final ValuesAhead values;
    /** When each account has said something last, in slow mode. */
    private final Map<Long, Long> spokeAt = new HashMap<>(0);

    private final PasswordSetter password;
    private final Owners owners;

    RoomOrder(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        room = liveRoom.room();
        rules = new Ahead<>(
                () -> room.fold().rules(),
                RoomRules::copy,
                (state, draft) -> state.apply(room.log().last() + 1, draft));
        values = new ValuesAhead(room);
        password = new PasswordSetter(liveRoom, rooms, this);
        owners = new Owners(rooms, this);
    }

    /** What holds, with everything that is on its way. */
    RoomRules rules() {
        return rules.get();
    }

    private RoomModes modes() {
        return rules().modes();
    }

    /** Who has the room. */
    Owners owners() {
        return owners;
    }

    /** What is shown by who enters, if the room asks for it. */
    PasswordSetter password() {
        return password;
    }

    /** Something is on its way to the journal. */
    void proposed(ChatEvent draft) {
        values.proposed(draft);
        if (draft.content() instanceof RoomChange) {
            rules.proposed(draft);
        }
    }

    /** It is there, or never will be. */
    void answered(ChatEvent draft) {
        values.answered(draft);
        if (rules.answered(draft)) {
            password.settle();
        }
    }

    // How somebody stands
    // -------------------------------------------------------------------------------------------------------

    /** What somebody is here. */
    RoomRole role(Author author, RoomRole everywhere) {
        return rules().role(author.account()).or(everywhere);
    }

    private RoomRole role(User user) {
        return role(user.author(), user.everywhere());
    }

    /** How somebody stands here. Who runs all rooms is muted in none: that was done while they were away. */
    Standing standing(User user) {
        Instant muted =
                rules().mutedUntil(user.author().account(), rooms.loop().time()).orElse(Instant.EPOCH);
        return new Standing(role(user), user.everywhere() == RoomRole.OWNER ? Instant.EPOCH : muted);
    }

    /** Whether somebody is told that there is this room, and who is in it. */
    public boolean isShownTo(User user) {
        return !modes().is(RoomMode.HIDDEN)
                || room.roster().member(user.name()) != null
                || role(user) != RoomRole.GUEST
                || rules().isInvited(user.author().account());
    }

    /**
     * From which event on somebody may read who is inside.
     *
     * @param live the first event that happened after their session was let in
     */
    public long readableFrom(User user, long live) {
        if (room.name().isDirect()) {
            return 1;
        }
        RoomRole needed = modes().role(RoomMode.HISTORY_FOR);
        if (role(user).isAtLeast(needed)) {
            return 1;
        }
        long since = room.fold().insideSince(user.name());
        return since == 0 ? live : Math.min(since, live);
    }

    // What speaks against something
    // -------------------------------------------------------------------------------------------------------

    /** What speaks against somebody's entering; null if nothing does. */
    @Nullable
    Objection toEntering(Occupant occupant) {
        User user = occupant.session().user();
        if (room.name().isDirect()) {
            return null;
        }
        if (room.isFull()) {
            return Objection.FULL;
        }
        long account = user.author().account();
        RoomRole role = role(user);
        Instant banned = rules().bannedUntil(account, rooms.loop().time()).orElse(null);
        if (banned != null && !user.everywhere().isAtLeast(RoomRole.MODERATOR)) {
            return banned(account, banned);
        }
        boolean inside = room.roster().member(user.name()) != null;
        int others = room.roster().size() - (inside ? 1 : 0);
        Obstacle obstacle = Permissions.toEntering(
                role, rules().isInvited(account), occupant.knowsPassword(), inside ? 0 : others, modes());
        return obstacle == null ? null : new Objection(Refusal.NOT_ALLOWED, obstacle);
    }

    private Objection banned(long account, Instant until) {
        ChatEvent event = room.log().event(room.name(), rules().banOf(account));
        String by = event == null || !bans(event, account)
                ? ". Ask a moderator of it."
                : ", by " + event.from() + (event.text().isEmpty() ? "." : ": " + ended(event.text()))
                        + ask(event, RoomRole.MODERATOR);
        return new Objection(
                Refusal.NOT_ALLOWED,
                new Obstacle(
                        Rule.BANNED,
                        "You are banned from " + room.name() + Permissions.until(until) + by,
                        RoomRole.MODERATOR));
    }

    /** Whether it is what has banned an account; of a ban that is on its way the number is not certain yet. */
    private static boolean bans(ChatEvent event, long account) {
        return event.content() instanceof RoomChange.Banned banned
                && banned.whom().account() == account;
    }

    /** What speaks against somebody's saying something or changing something here; null if nothing does. */
    @Nullable
    Objection toSaying(User user, Content content) {
        return toSaying(user, content, RoomRole.GUEST);
    }

    /**
     * The same.
     *
     * @param other what whoever a change is about is in every room
     */
    @Nullable
    Objection toSaying(User user, Content content, RoomRole other) {
        if (room.name().isDirect()) {
            return isTalk(content) ? values.toSetting(content) : ofTwo();
        }
        Instant now = rooms.loop().time();
        Obstacle obstacle = Permissions.toSaying(standing(user), modes(), content, now);
        if (obstacle == null
                && content instanceof RoomChange.OfSomebody change
                && change.whom().account() != 0) {
            return toChanging(user, change, other);
        }
        return obstacle == null ? toChange(content) : new Objection(Refusal.NOT_ALLOWED, obstacle);
    }

    /** What speaks against a change whoever makes it, that is about nobody; null if nothing does. */
    @Nullable
    Objection toChange(Content content) {
        Objection objection = password.toModes(content);
        objection = objection == null ? liveRoom.quiet().toModes(content) : objection;
        return objection == null ? values.toSetting(content) : objection;
    }

    private static boolean isTalk(Content content) {
        return content.isMessage()
                || content.kind() == Content.TOPIC
                || content.kind() == Content.VALUE_SET
                || content instanceof Amendment;
    }

    /** What speaks against somebody's banning people at all; null if nothing does. */
    @Nullable
    Obstacle toBanning(User user) {
        return Permissions.toSaying(
                standing(user), modes(), ANY_BAN, rooms.loop().time());
    }

    private static Objection ofTwo() {
        return new Objection(Refusal.NOT_ALLOWED, "A conversation of two has no order to keep.");
    }

    private @Nullable Objection toChanging(User user, RoomChange.OfSomebody change, RoomRole everywhere) {
        long account = change.whom().account();
        boolean self = account == user.author().account();
        RoomRole here = rules().role(account);
        RoomRole other = self ? here : here.or(everywhere);
        Obstacle obstacle = Permissions.toChanging(role(user), other, self, owners.isAlone(account), change);
        if (obstacle != null) {
            return new Objection(Refusal.NOT_ALLOWED, obstacle);
        }
        return toChange(change);
    }

    /** What speaks against a change whoever makes it; null if nothing does. */
    @Nullable
    Objection toChange(RoomChange.OfSomebody change) {
        String name = change.whom().name();
        if (change.kind() == Content.KICKED && !room.roster().isMeant(new UserName(name))) {
            return new Objection(Refusal.NO_SUCH_USER, name + " is not in " + room.name() + ".");
        }
        boolean isNone = change instanceof RoomChange.Invited invited
                && invited.takenBack()
                && !rules().isInvited(change.whom().account());
        return isNone ? new Objection(Refusal.NO_SUCH_USER, name + " is not invited into " + room.name() + ".") : null;
    }

    // Slow mode
    // -------------------------------------------------------------------------------------------------------

    /** Nanoseconds until somebody may say something in slow mode; 0 for now. */
    long slowWait(User user, Content content) {
        long slow = modes().slow().toNanos();
        if (slow == 0 || !content.isMessage() || role(user).isAtLeast(RoomRole.MODERATOR)) {
            return 0;
        }
        Long last = spokeAt.get(user.author().account());
        return last == null ? 0 : Math.max(0, last + slow - rooms.loop().now());
    }

    /** Somebody has said something. */
    void spoke(User user, Content content) {
        long slow = modes().slow().toNanos();
        if (slow == 0) {
            spokeAt.clear();
        } else if (content.isMessage()) {
            long now = rooms.loop().now();
            if (spokeAt.size() >= MANY_SPEAKERS) {
                spokeAt.values().removeIf(last -> last + slow <= now);
            }
            spokeAt.put(user.author().account(), now);
        }
    }

    // Putting out
    // -------------------------------------------------------------------------------------------------------

    /**
     * Ends the stays of whom a change puts out that is on its way to the journal: of those in the room, on their way in
     * included, by the accounts they have now, as a name may have had another.
     *
     * @return whom the log does not have here any more once it is there
     */
    List<Author> putOut(ChatEvent change) {
        if (!(change.content() instanceof RoomChange)) {
            return List.of();
        }
        return room.roster().names().stream()
                .map(this::author)
                .filter(author -> rules().putsOut(change, author.account()))
                .filter(author -> liveRoom.leaving().putOutBy(author, words(change)))
                .toList();
    }

    private Author author(UserName name) {
        User user = rooms.users().find(name);
        return user == null ? new Author(room.fold().accountOf(name), name) : user.author();
    }

    /** What somebody is told who is put out: by whom, how long, why and whom to ask. */
    private static String words(ChatEvent change) {
        if (change.author().account() == 0 && !change.text().isEmpty()) {
            return change.text(); // the host program knows best what to say
        }
        RoomRole helper = change.content() instanceof RoomChange.ModesSet ? RoomRole.OWNER : RoomRole.MODERATOR;
        String what = change.content() instanceof RoomChange.Banned banned
                ? "banned by " + change.from() + Permissions.until(banned.until())
                : change.content() instanceof RoomChange.Kicked
                        ? "put out by " + change.from()
                        : "closed by " + change.from();
        String why = change.text().isEmpty() ? what + "." : what + ": " + ended(change.text());
        return why + ask(change, helper);
    }

    /** Whom to ask to undo a change; the server itself answers nobody. */
    private static String ask(ChatEvent change, RoomRole helper) {
        return change.author().account() == 0
                ? " Ask " + helper.withArticle() + " of it."
                : " Ask " + change.from() + ", or another one of its " + helper.word() + "s.";
    }

    private static String ended(String words) {
        return ".!?".indexOf(words.charAt(words.length() - 1)) >= 0 ? words : words + ".";
    }
}
