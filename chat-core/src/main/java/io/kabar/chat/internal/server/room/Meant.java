package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ClientMessage;
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
        return message.content() instanceof RoomChange.OfSomebody change
                        && change.whom().account() != 0
                ? with(message, change.with(new Whom(0, change.whom().name())))
                : message;
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

    /** Who is signed in by this name; null if nobody is. */
    @Nullable
    Author here(UserName name) {
        User user = rooms.users().find(name);
        return user == null || !user.isHere() ? null : user.author();
    }

    /**
     * Asks the account store whose a name is, who may have another one by now. Guests are in no store: those who were
     * here lately are known all the same.
     *
     * @param known takes who it is, or null if nobody is
     * @param unknown runs if the store cannot answer
     */
    void lookUp(UserName name, Consumer<@Nullable Author> known, Runnable unknown) {
        rooms.lookups()
                .find(name, account -> known.accept(account == null ? remembered(name) : account.author()), unknown);
    }

    private @Nullable Author remembered(UserName name) {
        User user = rooms.users().find(name);
        long inside = room.fold().accountOf(name);
        return user != null ? user.author() : inside == 0 ? null : new Author(inside, name);
    }
}
