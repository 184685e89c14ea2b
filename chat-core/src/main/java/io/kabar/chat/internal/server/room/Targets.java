package io.kabar.chat.internal.server.room;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.People;
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
    private final People people;
    private final Users users;

    Targets(RoomRegistry rooms, People people, Users users) {
        this.people = people;
        this.rooms = rooms;
        this.users = users;
    }

    /**
     * The name of the room that {@code self} means, which may be one that is still to be made.
     *
     * @throws ChatException in a sentence for the person, if there is none and must be none
     */
    RoomName find(String typed, UserName self) throws ChatException {
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

    private RoomName direct(RoomName asked, UserName self) throws ChatException {
        if (people.key(asked.first()).equals(people.key(asked.second()))) {
            throw badName("A direct conversation needs two people.");
        }
        if (!isOneOf(asked, self)) {
            throw ChatException.of(Refusal.NOT_ALLOWED);
        }
        User present = users.known(people.key(partner(asked, self)));
        return conversation(asked, self, present == null ? null : present.name());
    }

    /**
     * The name of a conversation.
     *
     * @param account the name of the one that {@code self} talks with, as its owner wrote it; null if that is not known
     */
    RoomName conversation(RoomName asked, UserName self, @Nullable UserName account) throws ChatException {
        Room room = rooms.find(asked);
        if (room != null) {
            return room.name();
        }
        UserName partner = partner(asked, self);
        boolean isTheirs = account != null && people.key(account).equals(people.key(partner));
        try {
            return RoomName.direct(self, isTheirs && account != null ? account : partner);
        } catch (IllegalArgumentException e) {
            throw badName(String.valueOf(e.getMessage()));
        }
    }

    /** The other one of a conversation that {@code self} is one of. */
    UserName partner(RoomName conversation, UserName self) {
        return people.key(conversation.first()).equals(people.key(self)) ? conversation.second() : conversation.first();
    }

    /** By what somebody is known. */
    String person(UserName name) {
        return people.key(name);
    }

    /**
     * Whether the other one of a conversation is signed in, so that nobody need be asked whether there is such a
     * person.
     */
    boolean isHere(RoomName conversation, UserName self) {
        User user = users.known(people.key(partner(conversation, self)));
        return user != null && user.isHere();
    }

    /** Whether somebody is one of the two of a conversation. */
    boolean isOneOf(RoomName conversation, UserName name) {
        String person = people.key(name);
        return person.equals(people.key(conversation.first())) || person.equals(people.key(conversation.second()));
    }

    private static ChatException badName(String sentence) {
        return ChatException.of(Refusal.BAD_NAME, sentence, null);
    }
}
