package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A room of very many is quiet: who enters and leaves is no event, and is told to nobody. It becomes so when its 256th
 * user enters, by an event of the server's, and whoever keeps order there may end it once there are fewer.
 */
final class Quiet {

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;

    Quiet(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        room = liveRoom.room();
    }

    private int at() {
        return rooms.order().settings().quietAt();
    }

    /** One more user enters: if there are as many by that as make a room quiet, it is from now on. */
    void enters(UserName name) {
        boolean isNew = !room.roster().isMeant(name);
        if (liveRoom.announces() && isNew && at() > 0 && room.roster().places() + 1 >= at()) {
            liveRoom.propose(rooms.settings().host().author(), RoomChange.mode(RoomMode.QUIET, 1));
        }
    }

    /** What speaks against a change of modes whoever makes it; null if nothing does. */
    @Nullable
    Objection toModes(Content content) {
        boolean inVain = at() > 0 && ends(content) && room.roster().places() >= at();
        return inVain
                ? new Objection(
                        Refusal.NOT_ALLOWED,
                        new Obstacle(
                                Rule.QUIET,
                                "A room of " + at()
                                        + " people and more is quiet; it can be ended when there are fewer.",
                                RoomRole.MODERATOR))
                : null;
    }

    private static boolean ends(Content content) {
        return content instanceof RoomChange.ModesSet set && set.turnsOff(RoomMode.QUIET);
    }

    /** An event is in the log: if it ends the quiet, those who are here join, so that the log says who is. */
    void committed(ChatEvent event, boolean wasQuiet) {
        if (!wasQuiet && liveRoom.isQuiet()) {
            room.roster().settle(); // what was on its way is there, and what was silent did not wait for it
            rooms.releaseIfEmpty(liveRoom);
        } else if (wasQuiet && ends(event.content())) {
            joinAll();
        }
    }

    /** It could not be stored that it is quiet: whoever has left or come silently meanwhile does so by an event. */
    void notStored(ChatEvent draft) {
        if (!begins(draft.content()) || !liveRoom.announces()) {
            return;
        }
        for (UserName name : room.fold().inside()) {
            if (room.roster().goes(name)) {
                liveRoom.propose(new Author(room.fold().accountOf(name), name), new Content.Left(""));
            }
        }
        joinAll();
    }

    private static boolean begins(Content content) {
        return content instanceof RoomChange.ModesSet set && set.turnsOn(RoomMode.QUIET);
    }

    /** Whether somebody is here of whom the log does not say so, though it would: they have come silently. */
    boolean isUntold(UserName name) {
        return liveRoom.announces()
                && room.roster().isPresent(name)
                && room.fold().insideSince(name) == 0;
    }

    /** Whether the join that could not be stored is that of somebody who is here already: it is tried again later. */
    boolean joinsLater(UserName name) {
        boolean isHere = liveRoom.announces()
                && room.roster().member(name) != null
                && room.fold().insideSince(name) == 0;
        if (isHere) {
            room.roster().staysWithoutJoin(name);
            rooms.loop().at(rooms.loop().now() + Leaving.LEAVE_RETRY, this::joinAll);
        }
        return isHere;
    }

    private void joinAll() {
        for (UserName name : room.roster().names()) {
            User user = rooms.users().find(name);
            if (user != null && isUntold(name)) {
                room.roster().joins(name);
                liveRoom.propose(user.author(), new Content.Joined());
            }
        }
    }
}
