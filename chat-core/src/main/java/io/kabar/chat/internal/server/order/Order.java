package io.kabar.chat.internal.server.order;

import io.kabar.chat.Author;
import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.RoomFounders;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.ServerRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who may come in and speak on the whole server, and who may begin rooms: what speaks against it, in sentences. */
public final class Order {

    /** What somebody is told who may not be on the server. */
    public static final String BANNED = "You are banned from this server";
    /** What somebody is told who comes from where nobody may come from. */
    public static final String NETWORK_BANNED = "Nobody may come to this server from your network";
    /** What somebody is told who may say nothing. */
    public static final String MUTED = "You are muted on this server";

    /** Bytes of a reason in the end of a connection, which has place for a sentence only. */
    private static final int SHORT_REASON = 96;

    private final ServerLoop loop;
    private final OrderRules settings;
    private final int repeats;
    private final AccountSanctions bans;
    private final AccountSanctions mutes;
    private final AddressBans addresses;
    private final RoomDoors doors;
    private final Blocks blocks;
    private final RoomPasswords roomPasswords;
    private final SwitchBoard switches;
    private final Crowds crowds;
    private Consumer<String> news = sentence -> {};

    /** Nothing speaks against anybody yet. */
    public Order(ServerLoop loop, ServerSettings server, Records records) {
        this.loop = loop;
        settings = server.order();
        boolean limited = server.rateBurst() > 0;
        repeats = limited ? settings.repeats() : 0;
        bans = new AccountSanctions(records, Sanction.Kind.BAN);
        mutes = new AccountSanctions(records, Sanction.Kind.MUTE);
        addresses = new AddressBans(records);
        doors = new RoomDoors(records);
        blocks = new Blocks(records);
        roomPasswords = new RoomPasswords(records);
        switches = new SwitchBoard(records);
        crowds = new Crowds(
                settings.newNamesPerMinute(), settings.newcomersPerRoomMinute(), sentence -> news.accept(sentence));
    }

    /** Takes what the records say, once they are there. */
    public void restore() {
        int strange = bans.restore()
                + mutes.restore()
                + addresses.restore()
                + doors.restore()
                + blocks.restore()
                + switches.restore();
        if (strange > 0) {
            loop.tell(new ServerEvent.Warning(strange + " of the server's records of bans, mutes and blocks cannot be"
                    + " understood, and do not hold."));
        }
    }

    /** Who hears what happens by itself, in sentences for the staff. */
    public void tellNews(Consumer<String> listener) {
        news = listener;
    }

    /** How often a person may say the same within a minute; 0 for no bound. */
    int repeats() {
        return repeats;
    }

    /** Who may not be on the server. */
    public AccountSanctions bans() {
        return bans;
    }

    /** Who may say nothing. */
    public AccountSanctions mutes() {
        return mutes;
    }

    /** Where nobody may come from. */
    public AddressBans addresses() {
        return addresses;
    }

    /** Where nobody may come from into a room. */
    public RoomDoors doors() {
        return doors;
    }

    /** Who does not want to be talked to by whom. */
    public Blocks blocks() {
        return blocks;
    }

    /** What opens rooms that ask for a password. */
    public RoomPasswords roomPasswords() {
        return roomPasswords;
    }

    /** What is switched off. */
    public SwitchBoard switches() {
        return switches;
    }

    /** Whether there is a role of this name. */
    public boolean knowsRole(String name) {
        return settings.roles().knows(name);
    }

    /** The role of this name. */
    public ServerRole role(String name) {
        return settings.roles().find(name);
    }

    /** What somebody of this role is in every room, whatever its log says. */
    public RoomRole everywhere(String role) {
        ServerRole found = role(role);
        return found.allows(Capability.RUN_ROOMS)
                ? RoomRole.OWNER
                : found.allows(Capability.MODERATE_ROOMS) ? RoomRole.MODERATOR : RoomRole.GUEST;
    }

    // At the door
    // -------------------------------------------------------------------------------------------------------

    /**
     * Whether nobody answers a stranger from there: the address is banned, and who comes from it was told of late.
     * Nothing else is done for them then.
     */
    public boolean ignores(AddressPrefixes from) {
        return addresses.ignores(from, loop.time(), loop.now());
    }

    /** The rules that hold on this server. */
    public OrderRules settings() {
        return settings;
    }

    /** What speaks against anybody's signing in from there; null if nothing does. */
    public @Nullable Denial toAddress(AddressPrefixes from) {
        Sanction ban = addresses.find(from, loop.time());
        return ban == null ? null : Denial.forGood(sentence(NETWORK_BANNED, ban));
    }

    /** What speaks against an account's signing in; null if nothing does. */
    public @Nullable Denial toSigningIn(long account) {
        Sanction ban = bans.find(account, loop.time());
        return ban == null ? null : Denial.forGood(sentence(BANNED, ban));
    }

    /** What speaks against somebody's taking a new name; null if nothing does, and then they are counted. */
    public @Nullable Denial toNewName(AddressPrefixes from) {
        if (switches.present().newcomers()) {
            return Denial.forGood("This server takes nobody new at the moment. Ask " + settings.contact() + ".");
        }
        long wait = crowds.newName(from, loop.now());
        return wait == 0
                ? null
                : new Denial(Refusal.RATE_LIMITED, "Too many new people have come at once; try again later.", wait);
    }

    /** Somebody has signed in from there. */
    public void signedIn(Author who, AddressPrefixes from) {
        doors.signedIn(who.account(), from);
    }

    // Talking
    // -------------------------------------------------------------------------------------------------------

    /** What speaks against somebody's talking to another alone; null if nothing does. Who is blocked is not told so. */
    public @Nullable Denial toTalking(long account, long partner) {
        if (blocks.blocked(partner, account) != null) {
            return Denial.forGood("This conversation is not open at the moment.");
        }
        UserName blocked = blocks.blocked(account, partner);
        return blocked == null
                ? null
                : Denial.forGood("You have blocked " + blocked + "; unblock them to talk to them.");
    }

    // Rooms
    // -------------------------------------------------------------------------------------------------------

    /** What speaks against somebody's beginning a room; null if nothing does. */
    public @Nullable Denial toFounding(ServerRole role) {
        if (role.allows(Capability.CREATE_ROOMS)) {
            return null;
        }
        if (settings.founders() == RoomFounders.STAFF) {
            return Denial.forGood("There is no such room, and only the staff of this server begin new ones. "
                    + lacks(Capability.CREATE_ROOMS));
        }
        return switches.present().newRooms()
                ? Denial.forGood("There is no such room, and new ones are switched off at the moment.")
                : null;
    }

    /** What speaks against entering the room of the staff for who may not read it. */
    public Denial toStaffRoom() {
        return Denial.forGood(RoomName.STAFF + " is for the staff of this server. " + lacks(Capability.READ_STAFF_LOG));
    }

    /** The room of this name is another one, or none any more: what opens and closes its door goes with it. */
    public void forgetRoom(RoomName room) {
        doors.forget(room);
        roomPasswords.forget(room);
    }

    /**
     * What speaks against entering a room by where somebody comes from, and with how many others; null if nothing does.
     *
     * @param account whose it is
     * @param isNewcomer whether their account is young and has no role in the room
     */
    public @Nullable Denial toEntering(RoomName room, long account, AddressPrefixes from, boolean isNewcomer) {
        Instant until = doors.bannedUntil(room, from, loop.time());
        if (until != null) {
            return Denial.forGood("Nobody may enter " + room + " from your network until " + inWords(until) + ".");
        }
        long wait = isNewcomer && !room.isDirect() ? crowds.enters(room, account, from, loop.now()) : 0;
        return wait == 0
                ? null
                : new Denial(
                        Refusal.RATE_LIMITED,
                        "Too many newcomers have come to " + room + " at once; its door opens again in a few minutes.",
                        wait);
    }

    // Sentences
    // -------------------------------------------------------------------------------------------------------

    /** What somebody is told who is under a sanction: what, until when, why, and whom to ask. */
    public String sentence(String what, Sanction sanction) {
        return sentence(what, sanction, sanction.reason());
    }

    /** The same for where there is little room: a long reason is cut. */
    public String shortSentence(String what, Sanction sanction) {
        String reason = Limits.cut(sanction.reason(), SHORT_REASON);
        return sentence(what, sanction, reason.equals(sanction.reason()) ? reason : reason + "...");
    }

    private String sentence(String what, Sanction sanction, String why) {
        String reason = why.isEmpty() ? "." : ": " + withPeriod(why);
        return what + until(sanction) + reason + " If that is wrong, ask " + settings.contact() + ".";
    }

    /** Until when a sanction holds, to follow what it is; empty if it is for ever. */
    public static String until(Sanction sanction) {
        return sanction.until().equals(Sanction.FOREVER) ? "" : " until " + inWords(sanction.until());
    }

    private static String withPeriod(String text) {
        char last = text.charAt(text.length() - 1);
        return last == '.' || last == '!' || last == '?' ? text : text + ".";
    }

    private static String inWords(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Which capability is missing, and who can give it. */
    public String lacks(Capability capability) {
        return "That takes a role that may " + capability.words() + " ("
                + String.join(", ", settings.roles().namesWith(capability)) + "); it is given by who may "
                + Capability.MANAGE_ROLES.words() + " ("
                + String.join(", ", settings.roles().namesWith(Capability.MANAGE_ROLES)) + ").";
    }
}
