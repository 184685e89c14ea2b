package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a request, each read when the method asks for it. Their tags mean the same in all methods: those of
 * rooms are below 20, those of accounts from 20, of order from 40, of one's rights in a room from 60 on.
 */
final class QueryArguments {

    /** The name of a room. */
    static final long ROOM = 1;
    /** The number of an event. */
    static final long NUMBER = 11;

    private final ClientFields message;
    private final Block block;

    QueryArguments(ClientFields message, Block block) {
        this.message = message;
        this.block = block;
    }

    /** Objects to what must not be skipped and is not among these tags. */
    void knows(List<Long> tags) {
        message.knows(block, tags);
    }

    RoomName room() throws MalformedPacketException {
        ClientFields in = needed(ROOM, "room");
        return in == null ? RoomName.LOBBY : in.room();
    }

    /** The number of an event. */
    long event() throws MalformedPacketException {
        ClientFields in = needed(NUMBER, "number of an event");
        return in == null ? 0 : in.varint();
    }

    /** A text that has to be there. */
    String text(long tag, String what, int maxBytes, Refusal ifTooLong) throws MalformedPacketException {
        ClientFields in = needed(tag, what);
        return in == null ? "" : in.text(what, maxBytes, ifTooLong);
    }

    /** A text; empty if it is not there. */
    String textOrNone(long tag, String what, int maxBytes, Refusal ifTooLong) throws MalformedPacketException {
        MessageReader in = block.reader(tag);
        return in == null ? "" : message.of(in).text(what, maxBytes, ifTooLong);
    }

    /** A number; another one if it is not there. */
    long number(long tag, long otherwise) throws MalformedPacketException {
        return block.number(tag, otherwise);
    }

    /** A number within bounds; another one if it is not there. */
    long number(long tag, String what, long min, long max, long otherwise) throws MalformedPacketException {
        MessageReader in = block.reader(tag);
        return in == null ? otherwise : message.of(in).number(what, min, max);
    }

    /** What is made of a password: 32 bytes, or none. */
    byte[] proof(long tag) throws MalformedPacketException {
        byte[] proof = block.find(tag);
        if (proof == null || (proof.length != 0 && proof.length != ClientMessageCodec.ROOM_PROOF)) {
            message.object(Refusal.BAD_REQUEST, "What is shown of a room's password has 32 bytes.");
            return new byte[0];
        }
        return proof;
    }

    /** Whether there is such an item. */
    boolean has(long tag) {
        return block.find(tag) != null;
    }

    /** The fields of an item; null, and objected to, if it is not there. */
    @Nullable
    ClientFields needed(long tag, String what) {
        MessageReader in = block.reader(tag);
        if (in == null) {
            message.object(Refusal.BAD_REQUEST, "The request lacks the " + what + " (tag " + tag + ").");
            return null;
        }
        return message.of(in);
    }
}
