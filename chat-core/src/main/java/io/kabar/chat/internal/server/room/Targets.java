package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomRegistry;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.server.session.Users;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody wants to go, as they typed it, and which room that is. This is the door for names of rooms: what is
 * there is found in any spelling, what is new is judged.
 */
final class Targets {

    private final RoomRegistry rooms;
    private final Users users;

    Targets(RoomRegistry rooms, Users users) {
        this.rooms = rooms;
        this.users = users;
    }

    /**
     * The name of the room that {@code self} means, which may be one that is still to be made. The conversation with
     * somebody who is not here may keep the name by which it is asked for: the account store knows whose it is.
     *
     * @throws ChatException in a sentence for the person, if there is none and must be none
     */
    RoomName find(String typed, Author self) throws ChatException {
        RoomName asked;
        try {
            asked = RoomName.of(typed);
        } catch (IllegalArgumentException e) {
            throw badName(String.valueOf(e.getMessage()));
        }
        if (asked.isDirect()) {
            return direct(asked, self);
        }
        Room room = rooms.find(asked);
        if (room != null) {
            return room.name();
        }
        String objection = asked.objection().orElse("");
        if (!objection.isEmpty()) {
            throw badName(objection);
        }
        if (rooms.isTaken(asked)) {
            throw badName("The name " + asked + " looks like that of another room.");
        }
        return asked;
    }

    private RoomName direct(RoomName asked, Author self) throws ChatException {
        UserName person = asked.person().orElse(null);
        if (person == null) {
            if (asked.isDirectOf(self.account())) {
                return asked;
            }
            throw ChatException.of(Refusal.NOT_ALLOWED);
        }
        User present = users.meant(person);
        return present == null || !present.isHere() ? asked : conversation(present.author(), self);
    }

    /** The name of the conversation with somebody. */
    static RoomName conversation(Author partner, Author self) throws ChatException {
        if (partner.account() == self.account()) {
            throw badName("A direct conversation needs two people.");
        }
        return RoomName.direct(partner.account(), self.account());
    }

    /**
     * The other one of a conversation, if they are signed in, so that nobody need be asked who that is; null else, and
     * for every other room.
     */
    @Nullable
    Author partnerHere(RoomName name, Author self) {
        User user = name.isDirectOf(self.account()) ? users.of(name.partnerOf(self.account())) : null;
        return user == null || !user.isHere() ? null : user.author();
    }

    private static ChatException badName(String sentence) {
        return ChatException.of(Refusal.BAD_NAME, sentence, null);
    }
}
