package io.kabar.chat.internal.server.room;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.server.lane.LaneWords;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.limits.Rates;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.SaidAs;
import io.kabar.chat.internal.server.order.Denial;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Authorizer;
import io.kabar.chat.spi.Journal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is said in a room: here a message is refused, or goes on its way to the journal. */
final class Speech {

    private static final Content ANYTHING = new Content.Said("", false);

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;
    private final ProposedMessages proposed = new ProposedMessages();
    private final Meant meant;
    private final Amending amending;

    Speech(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        room = liveRoom.room();
        meant = new Meant(rooms, room);
        amending = liveRoom.amending();
    }

    /** How many messages are on their way to the journal. */
    int proposed() {
        return proposed.size();
    }

    /** The journal has answered a proposal. */
    void answered(ProposedEvent proposal) {
        proposed.remove(proposal);
    }

    /** An occupant says something: it is refused, or proposed to the journal. */
    void say(Occupant occupant, ClientMessage.Say asSent) {
        ClientMessage.Say message = Meant.byName(asSent);
        LaneWords words = occupant.words();
        Refusal known = words.refusalOf(message.id());
        if (known != null) {
            words.repeat(message, new Objection(known), room.log().firstInMemory());
            return;
        }
        if (answerKnown(occupant, message) || isTurnedAway(occupant, message, RoomRole.GUEST)) {
            return;
        }
        long wait = rate(occupant, message);
        if (wait > 0) {
            words.tryLater(message, new Objection(Refusal.RATE_LIMITED), wait);
        } else if (message.content() instanceof RoomChange.OfSomebody change) {
            find(occupant, message, change);
        } else if (message.content() instanceof Amendment) {
            amend(occupant, message, () -> admit(occupant, message, RoomRole.GUEST));
        } else {
            admit(occupant, message, RoomRole.GUEST);
        }
    }

    private String slowly() {
        return "This room is in slow mode: one message in "
                + room.fold().rules().modes().slow().toSeconds() + " seconds.";
    }

    /**
     * Nothing but the host program may still say no.
     *
     * @param other what whoever it is about is in every room
     */
    private void admit(Occupant occupant, ClientMessage.Say message, RoomRole other) {
        if (rooms.questions().authorizes()) {
            ask(occupant, message, other);
        } else {
            propose(occupant, message);
        }
    }

    private void propose(Occupant occupant, ClientMessage.Say message) {
        liveRoom.order().spoke(occupant.session().user(), message.content());
        Author author = occupant.session().user().author();
        Journal.Proposal draft =
                rooms.journal().draft(room.name(), author, message.ref(), message.content(), message.id());
        ProposedEvent proposal = new ProposedEvent(liveRoom, draft, occupant);
        proposed.add(proposal);
        occupant.session().user().conduct().said(message.content(), rooms.loop().now());
        liveRoom.propose(proposal);
    }

    // Whom a change is about
    // -------------------------------------------------------------------------------------------------------

    /** Finds out whom a change is about; what comes behind it on its lane waits. */
    private void find(Occupant occupant, ClientMessage.Say message, RoomChange.OfSomebody change) {
        UserName name = Meant.name(change);
        if (name == null) {
            occupant.words().refuseForGood(message, Meant.NOBODY, room.log().firstInMemory());
            return;
        }
        Meant.Person here = meant.here(name);
        if (here != null) {
            found(occupant, message, change, here);
            return;
        }
        Consumer<Meant.@Nullable Person> then = who -> {
            if (who == null) {
                occupant.words()
                        .refuseForGood(
                                message,
                                Meant.nobody(change.whom().name()),
                                room.log().firstInMemory());
            } else {
                found(occupant, message, change, who);
            }
        };
        this.<Meant.@Nullable Person>lookUp(
                occupant, message, (known, failed) -> meant.lookUp(name, known, failed), then);
    }

    private void found(Occupant occupant, ClientMessage.Say message, RoomChange.OfSomebody change, Meant.Person who) {
        RoomChange.OfSomebody about = change.with(Whom.of(who.author()));
        Owners owners = liveRoom.order().owners();
        if (!owners.areToBeLookedUp(about)) {
            found(occupant, Meant.with(message, about), who.everywhere());
            return;
        }
        this.<Meant.Person>lookUp(
                occupant,
                message,
                (known, failed) -> owners.lookUp(about, () -> known.accept(who), failed),
                same -> found(occupant, Meant.with(message, about), same.everywhere()));
    }

    private void found(Occupant occupant, ClientMessage.Say known, RoomRole other) {
        if (!isTurnedAway(occupant, known, other)) {
            admit(occupant, known, other);
        }
    }

    // What was said before, and is amended
    // -------------------------------------------------------------------------------------------------------

    /** Finds the message that is amended, and goes on if nothing speaks against it; what comes behind it waits. */
    private void amend(Occupant occupant, ClientMessage.Say message, Runnable then) {
        long number = message.ref();
        if (!amending.hasToBeRead(number)) {
            amend(occupant, message, amending.inMemory(number), then);
            return;
        }
        this.<@Nullable ChatEvent>lookUp(
                occupant,
                message,
                (known, failed) -> amending.read(number, known, failed),
                target -> amend(occupant, message, target, then));
    }

    /** The message is found; what its author is, who may be away, the account store knows. */
    private void amend(Occupant occupant, ClientMessage.Say message, @Nullable ChatEvent target, Runnable then) {
        if (target == null || !Amending.asksForAuthor(occupant, message.content(), target)) {
            amend(occupant, message, target, RoomRole.GUEST, then);
            return;
        }
        this.<Meant.@Nullable Person>lookUp(
                occupant,
                message,
                (known, failed) -> meant.lookUp(target.from(), known, failed),
                who -> amend(occupant, message, target, who == null ? RoomRole.GUEST : who.of(target.author()), then));
    }

    private void amend(
            Occupant occupant, ClientMessage.Say message, @Nullable ChatEvent target, RoomRole author, Runnable then) {
        Objection objection = amending.toAmending(occupant, message.content(), message.ref(), target, author);
        if (objection == null) {
            then.run();
        } else {
            occupant.words().refuseForGood(message, objection, room.log().firstInMemory());
        }
    }

    // What has to be looked up
    // -------------------------------------------------------------------------------------------------------

    /**
     * Looks something up, and goes on with it if nothing speaks against the message by then; what comes behind that on
     * its lane waits.
     *
     * @param asks begins to look it up: hands over what is found, or runs what is given if it cannot be now
     */
    private <T extends @Nullable Object> void lookUp(
            Occupant occupant, ClientMessage.Say message, BiConsumer<Consumer<T>, Runnable> asks, Consumer<T> then) {
        ServerSession session = occupant.session();
        occupant.words().asks(message);
        asks.accept(
                found -> session.serve(() -> known(occupant, message, () -> then.accept(found))),
                () -> session.serve(() -> cannotLookUp(occupant, message)));
    }

    /** What was looked up is known; the room has gone on meanwhile. */
    private void known(Occupant occupant, ClientMessage.Say message, Runnable goOn) {
        if (occupant.isGone()) {
            return;
        }
        occupant.words().hasAnswer();
        if (!answerKnown(occupant, message) && !isTurnedAway(occupant, message, RoomRole.GUEST)) {
            goOn.run();
        }
        if (!occupant.words().isAsking()) {
            occupant.words().hearEarly();
        }
    }

    private static void cannotLookUp(Occupant occupant, ClientMessage.Say message) {
        if (!occupant.isGone()) {
            occupant.words().hasAnswer();
            occupant.words().tryLater(message, new Objection(Refusal.STORAGE), LaneWords.UNDECIDED_NANOS);
            occupant.words().hearEarly();
        }
    }

    // What the host program decides
    // -------------------------------------------------------------------------------------------------------

    /** Asks the host program whether this may be said; what comes behind it on its lane waits. */
    private void ask(Occupant occupant, ClientMessage.Say message, RoomRole other) {
        Authorizer.Person person = occupant.session().person();
        occupant.words().asks(message);
        rooms.questions()
                .ask(
                        id -> new ServerEvent.MaySay(id, person, room.name(), message.content()),
                        verdict -> occupant.session().serve(() -> judged(occupant, message, other, verdict)));
    }

    /** The host program has answered. The room has gone on meanwhile, so everything is looked at once more. */
    private void judged(Occupant occupant, ClientMessage.Say message, RoomRole other, Verdict verdict) {
        LaneWords words = occupant.words();
        if (occupant.isGone()) {
            return; // and its sender was told that it is not said
        }
        words.hasAnswer();
        if (answerKnown(occupant, message)) {
            words.hearEarly(); // another device has said it meanwhile, and it is one message
            return;
        }
        if (verdict instanceof Verdict.Refused refused) {
            Objection no = new Objection(Refusal.NOT_ALLOWED, refused.sentence());
            words.refuseForGood(message, no, room.log().firstInMemory());
        } else if (verdict instanceof Verdict.Allowed) {
            if (!isTurnedAway(occupant, message, other)) {
                allowed(occupant, message);
            }
        } else {
            words.tryLater(message, new Objection(Refusal.BUSY), LaneWords.UNDECIDED_NANOS);
        }
        if (!words.isAsking()) {
            words.hearEarly();
        }
    }

    private void allowed(Occupant occupant, ClientMessage.Say message) {
        if (message.content() instanceof Amendment) {
            amend(occupant, message, () -> propose(occupant, message)); // it may be deleted by now
        } else {
            propose(occupant, message);
        }
    }

    /** Refuses a message if something speaks against it now, or if too much waits for the journal. */
    private boolean isTurnedAway(Occupant occupant, ClientMessage.Say message, RoomRole other) {
        Denial denial = denial(occupant, message.content());
        Objection objection = denial == null ? objection(occupant, message, other) : new Objection(denial);
        long slowWait = liveRoom.order().slowWait(occupant.session().user(), message.content());
        if (denial != null && denial.waitNanos() > 0) {
            occupant.words().tryLater(message, new Objection(denial), denial.waitNanos());
        } else if (objection != null) {
            occupant.words().refuseForGood(message, objection, room.log().firstInMemory());
        } else if (slowWait > 0) {
            occupant.words().tryLater(message, new Objection(Refusal.RATE_LIMITED, slowly()), slowWait);
        } else if (rooms.journal().isFull()) {
            occupant.words().tryLater(message, new Objection(Refusal.BUSY), LaneWords.BUSY_NANOS);
        } else {
            return false;
        }
        return true;
    }

    /** What the order of the whole server has against somebody's saying something; null if nothing. */
    private @Nullable Denial denial(Occupant occupant, Content content) {
        User user = occupant.session().user();
        long account = user.author().account();
        boolean unlimited = user.may(Capability.NO_LIMITS);
        Denial denial = user.conduct()
                .toSaying(
                        account,
                        unlimited,
                        content,
                        rooms.loop().now(),
                        rooms.loop().time());
        return denial == null && room.name().isDirect() ? toTalking(user) : denial;
    }

    private @Nullable Denial toTalking(User user) {
        long account = user.author().account();
        return rooms.order().toTalking(account, room.name().partnerOf(account));
    }

    /** Whether somebody may say nothing here, whatever it is. */
    boolean isSilenced(Occupant occupant) {
        User user = occupant.session().user();
        return rooms.order().mutes().find(user.author().account(), rooms.loop().time()) != null
                || (room.name().isDirect() && toTalking(user) != null)
                || liveRoom.order().toSaying(user, ANYTHING) != null;
    }

    /** A message sent a second time is one message: it is answered with what became of the first. */
    private boolean answerKnown(Occupant occupant, ClientMessage.Say message) {
        Author from = occupant.session().user().author();
        ProposedEvent proposal = proposed.find(from, message.id());
        if (proposal != null) {
            proposal.sentBy(occupant);
            return true;
        }
        SaidAs said = room.log().find(from, message.id());
        if (said != null) {
            occupant.words().accepted(message.id(), said);
        }
        return said != null;
    }

    private @Nullable Objection objection(Occupant occupant, ClientMessage.Say message, RoomRole other) {
        if (room.isFull()) {
            return Objection.FULL;
        }
        if (occupant.partnerGone()) {
            return new Objection(Refusal.NO_SUCH_USER);
        }
        if (message.ref() > room.log().last()) {
            return new Objection(Refusal.BAD_REQUEST, "There is no event #" + message.ref() + ".");
        }
        Objection objection = Objection.to(message, rooms.settings().maxMessageBytes());
        if (objection != null) {
            return objection;
        }
        Objection order = liveRoom.order().toSaying(occupant.session().user(), message.content(), other);
        if (order != null) {
            return order;
        }
        Author from = occupant.session().user().author();
        return room.log().isPast(from, message.id()) || proposed.isBehind(from, message.id())
                ? new Objection(Refusal.OUT_OF_ORDER)
                : null;
    }

    /** Nanoseconds until this may be said; 0 for now, and then it is counted. */
    private long rate(Occupant occupant, ClientMessage.Say message) {
        ServerSession session = occupant.session();
        Set<Rates.Scarce> scarce = EnumSet.noneOf(Rates.Scarce.class);
        if (isScarce(message.content())) {
            scarce.add(Rates.Scarce.TOPIC);
        }
        if (!room.isWorthKeeping() && proposed.isEmpty()) {
            scarce.add(room.name().isDirect() ? Rates.Scarce.NEW_TALK : Rates.Scarce.NEW_ROOM);
        }
        int text = message.content().text().getBytes(StandardCharsets.UTF_8).length;
        int bytes = Math.max(text, message.content().size());
        return session.user()
                .rates()
                .message(session.countedAddress(), bytes, scarce, rooms.loop().now());
    }

    /** Whether it changes something about the room, as a topic does. */
    private static boolean isScarce(Content content) {
        return !content.isMessage() && content.kind() != Content.VALUE_SET && !(content instanceof Amendment);
    }
}
