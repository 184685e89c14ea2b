package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Account;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is meant by a change of a room. It is said by name, and the server finds the account: a number that a client adds
 * might be somebody else's.
 */
final class Meant {

    /** Nobody can have such a name. */
    static final Objection NOBODY = new Objection(Refusal.BAD_NAME, "That is no name of anybody.");

    private final LiveRooms rooms;
    private final Room room;

    Meant(LiveRooms rooms, Room room) {
        this.rooms = rooms;
        this.room = room;
    }

    /** Nobody has the name. */
    static Objection nobody(String name) {
        return new Objection(Refusal.NO_SUCH_USER, "There is nobody called " + name + ".");
    }

    /** What was sent, by name alone. */
    static ClientMessage.Say byName(ClientMessage.Say message) {
        return message.content() instanceof RoomChange.OfSomebody change ? with(message, byName(change)) : message;
    }

    /** The same change, by name alone. */
    static RoomChange.OfSomebody byName(RoomChange.OfSomebody change) {
        return change.with(new Whom(0, change.whom().name()));
    }

    /** The same message with another change. */
    static ClientMessage.Say with(ClientMessage.Say message, RoomChange change) {
        return new ClientMessage.Say(message.attempt(), message.id(), message.ref(), change);
    }

    /** The name that a change is about; null if it is none. */
    static @Nullable UserName name(RoomChange.OfSomebody change) {
        try {
            return UserName.of(change.whom().name());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Somebody whom a change is about.
     *
     * @param everywhere what they are in every room
     */
    record Person(Author author, RoomRole everywhere) {

        /** What an author is in every room, if that is who they are. */
        RoomRole of(Author other) {
            return other.account() == author.account() ? everywhere : RoomRole.GUEST;
        }

        private static Person of(User user) {
            return new Person(user.author(), user.everywhere());
        }
    }

    /** Who is signed in by this name; null if nobody is. */
    @Nullable
    Person here(UserName name) {
        User user = rooms.users().find(name);
        return user == null || !user.isHere() ? null : Person.of(user);
    }

    /**
     * Asks the account store whose a name is, who may have another one by now. Guests are in no store: those who were
     * here lately are known all the same.
     *
     * @param known takes who it is, or null if nobody is
     * @param unknown runs if the store cannot answer
     */
    void lookUp(UserName name, Consumer<@Nullable Person> known, Runnable unknown) {
        rooms.lookups().find(name, account -> known.accept(account == null ? remembered(name) : of(account)), unknown);
    }

    private Person of(Account account) {
        return new Person(account.author(), rooms.order().everywhere(account.role()));
    }

    private @Nullable Person remembered(UserName name) {
        User user = rooms.users().find(name);
        if (user != null) {
            return Person.of(user);
        }
        long inside = room.fold().accountOf(name);
        return inside == 0 ? null : new Person(new Author(inside, name), RoomRole.GUEST);
    }
}
