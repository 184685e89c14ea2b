package io.kabar.chat.internal.server.room;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.Permissions;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.endpoint.Sentences;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Amendments;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.rules.Amendable;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.rules.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to messages that were said before: edits, deletions, reactions. Finds the message, which may be in
 * the journal only, and tells what speaks against it, with what is on its way to the journal counted as done.
 */
final class Amending {

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;
    /** Those on their way to the journal, in order, by what they are about. */
    private final Map<Long, List<ChatEvent>> underWay = new HashMap<>(0);

    Amending(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        room = liveRoom.room();
    }

    /** Something is on its way to the journal. */
    void proposed(ChatEvent draft) {
        if (draft.content() instanceof Amendment) {
            underWay.computeIfAbsent(draft.ref(), none -> new ArrayList<>(1)).add(draft);
        }
    }

    /** It is there, or never will be. */
    @SuppressWarnings("ReferenceEquality") // the same proposal, not another one like it
    void answered(ChatEvent draft) {
        underWay.computeIfPresent(draft.ref(), (target, drafts) -> {
            drafts.removeIf(each -> each == draft);
            return drafts.isEmpty() ? null : drafts;
        });
    }

    /** Whether there is an event of this number that has to be read before anything can be said of it. */
    boolean hasToBeRead(long number) {
        return number >= room.log().firstKept() && number < room.log().firstInMemory();
    }

    /** The event of this number as far as it is in memory; null if it is not. */
    @Nullable
    ChatEvent inMemory(long number) {
        return number < room.log().firstKept() ? null : room.log().event(room.name(), number);
    }

    /**
     * Reads an event.
     *
     * @param found takes it; null if it is not kept any more
     * @param failed runs if it cannot be read now
     */
    void read(long number, Consumer<@Nullable ChatEvent> found, Runnable failed) {
        rooms.journal().readEvent(room, number, found, failed);
    }

    /**
     * What speaks against something that an occupant wants to do to an event; null if nothing does.
     *
     * @param target the event; null if there is none
     * @param everywhere what its author is in every room, if it is somebody else
     */
    @Nullable
    Objection toAmending(
            Occupant occupant, Content content, long number, @Nullable ChatEvent target, RoomRole everywhere) {
        Author author = occupant.session().user().author();
        long readable = liveRoom.order().readableFrom(occupant.session().user(), occupant.live());
        if (target == null || number < readable) {
            return none(number);
        }
        Standing me = liveRoom.order().standing(occupant.session().user());
        RoomRole role = target.author().equals(rooms.settings().host().author())
                ? RoomRole.OWNER // what the server itself has said, nobody in the room is above
                : liveRoom.order().role(target.author(), everywhere);
        return judge(content, target, author, isOwn(occupant, target), me, role);
    }

    private static boolean isOwn(Occupant occupant, ChatEvent target) {
        long account = occupant.session().user().author().account();
        return account != 0 && target.author().account() == account;
    }

    /** Whether it matters for something that is to be done what the author of an event is in every room. */
    static boolean asksForAuthor(Occupant occupant, Content content, @Nullable ChatEvent target) {
        return target != null
                && content.kind() == Content.DELETED
                && target.author().account() != 0
                && !isOwn(occupant, target);
    }

    /** The same of something that the server itself wants to do. */
    @Nullable
    Objection toAmendingAsServer(Content content, long number, @Nullable ChatEvent target) {
        Author host = rooms.settings().host().author();
        return target == null
                ? none(number)
                : judge(
                        content,
                        target,
                        host,
                        target.author().equals(host),
                        Standing.of(RoomRole.OWNER),
                        RoomRole.GUEST);
    }

    private static Objection none(long number) {
        return new Objection(
                Refusal.BAD_REQUEST, "There is no event #" + number + " here, or it is not kept any more.");
    }

    private @Nullable Objection judge(
            Content content, ChatEvent target, Author author, boolean own, Standing me, RoomRole role) {
        long number = target.sequence();
        Amendable what = new Amendable(
                number, target.content().isMessage(), target.isSaid(), isDeleted(number), own, role, target.time());
        Obstacle obstacle = Permissions.toAmending(
                me,
                what,
                content,
                rooms.settings().order().editWindow(),
                rooms.loop().time());
        if (obstacle != null) {
            return new Objection(Refusal.NOT_ALLOWED, obstacle);
        }
        return content instanceof Amendment.Deleted ? null : toKeeping(number, author.account(), content);
    }

    private boolean isDeleted(long number) {
        return room.fold().amendments().deletionOf(number) != 0
                || underWay.getOrDefault(number, List.of()).stream()
                        .anyMatch(each -> each.content().kind() == Content.DELETED);
    }

    /** What speaks against it because of what is known of the message already. */
    private @Nullable Objection toKeeping(long number, long account, Content content) {
        Amendments known = room.fold().amendments();
        if (known.isTooOld(number)) {
            return new Objection(
                    Refusal.NOT_ALLOWED,
                    new Obstacle(Rule.AGE, "#" + number + " is too old for that by now.", RoomRole.OWNER));
        }
        if (!(content instanceof Amendment.Reacted reacted)) {
            return null;
        }
        if (Limits.isInvisible(reacted.emoji())) {
            return new Objection(Refusal.BAD_REQUEST, Sentences.nothingToSee(reacted.emoji()));
        }
        if (reacted.takenBack() != hasReacted(number, account, reacted.emoji())) {
            return new Objection(
                    Refusal.BAD_REQUEST,
                    reacted.takenBack()
                            ? "You have not reacted to #" + number + " with that."
                            : "You have reacted to #" + number + " with that already.");
        }
        return !reacted.takenBack() && known.hasNoPlaceFor(number, reacted.emoji())
                ? new Objection(
                        Refusal.NOT_ALLOWED,
                        "#" + number + " has " + Amendments.MOST_EMOJI + " different reactions, and no place for more.")
                : null;
    }

    private boolean hasReacted(long number, long account, String emoji) {
        boolean has = room.fold().amendments().hasReacted(number, emoji, account);
        for (ChatEvent each : underWay.getOrDefault(number, List.of())) {
            if (each.content() instanceof Amendment.Reacted reacted
                    && reacted.emoji().equals(emoji)
                    && each.author().account() == account) {
                has = !reacted.takenBack();
            }
        }
        return has;
    }
}
