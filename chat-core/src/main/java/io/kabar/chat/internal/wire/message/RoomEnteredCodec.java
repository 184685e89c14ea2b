package io.kabar.chat.internal.wire.message;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of how a room is that is entered: its fields, and the items of its block, of which those are left out that say
 * nothing.
 */
final class RoomEnteredCodec {

    private static final long TOPIC = 2;
    private static final long RETENTION = 4;
    /** What is set for the room, and how one stands in it. */
    private static final long MODES = 6;

    private static final long DESCRIPTION = 8;
    private static final long OWN_ROLE = 10;
    private static final long MUTED_UNTIL = 12;
    /** Also of a DirectWaiting: how the other one of a conversation is called. */
    private static final long PARTNER = 14;

    private static final long VALUE_COUNT = 16;
    /** The newest event that this user has read. */
    private static final long READ = 18;
    /** How many are inside, if that is more than are told. */
    private static final long INSIDE = 20;

    private RoomEnteredCodec() {}

    static MessageWriter write(MessageWriter out, ServerMessage.RoomEntered message) {
        Block block = Block.EMPTY;
        if (!message.topic().isEmpty()) {
            block = block.with(TOPIC, new MessageWriter().text(message.topic()));
        }
        if (!message.retention().isEmpty()) {
            block = block.with(RETENTION, new MessageWriter().text(message.retention()));
        }
        block = partner(settings(block, message.settings()), message.partner());
        block = message.values() == 0 ? block : block.withNumber(VALUE_COUNT, message.values());
        if (message.inside() > message.occupants()) {
            block = block.withNumber(INSIDE, message.inside());
        }
        if (message.readUpTo() > 0) {
            block = block.withNumber(READ, message.readUpTo());
        }
        return out.varint(message.lane())
                .varint(message.roomId())
                .text(message.room().text())
                .varint(message.epoch())
                .varint(message.nextEpoch())
                .varint(message.differsFrom())
                .varint(message.firstKept())
                .varint(message.last())
                .varint(message.firstRestored())
                .varint(message.live())
                .varint(message.firstKnown())
                .varint(message.occupants())
                .block(block);
    }

    static ServerMessage.RoomEntered read(MessageReader in) throws MalformedPacketException {
        int lane = ServerMessageCodec.lane(in);
        long roomId = in.varint();
        RoomName room = in.roomName();
        long epoch = in.varint();
        long nextEpoch = in.varint();
        long differsFrom = in.number();
        long firstKept = in.number();
        long last = in.number();
        long firstRestored = in.number();
        long live = in.number();
        long firstKnown = in.number();
        int occupants = in.count(Integer.MAX_VALUE);
        Block block = ServerMessageCodec.block(in);
        MessageReader topic = block.reader(TOPIC);
        MessageReader retention = block.reader(RETENTION);
        MessageReader values = block.reader(VALUE_COUNT);
        MessageReader read = block.reader(READ);
        MessageReader inside = block.reader(INSIDE);
        return new ServerMessage.RoomEntered(
                lane,
                roomId,
                room,
                epoch,
                nextEpoch,
                differsFrom,
                firstKept,
                last,
                firstRestored,
                live,
                firstKnown,
                occupants,
                values == null ? 0 : values.figure(Integer.MAX_VALUE),
                topic == null ? "" : topic.text(ClientMessageCodec.REASON),
                retention == null ? "" : retention.text(ServerMessageCodec.SENTENCE),
                settings(block),
                partner(block),
                read == null ? 0 : read.number(),
                inside == null ? occupants : Math.max(occupants, inside.figure(Integer.MAX_VALUE)));
    }

    static Block partner(Block before, @Nullable UserName partner) {
        return partner == null ? before : before.with(PARTNER, new MessageWriter().text(partner.text()));
    }

    static @Nullable UserName partner(Block block) throws MalformedPacketException {
        MessageReader partner = block.reader(PARTNER);
        return partner == null ? null : partner.userName();
    }

    /** Nothing is written of what is as in a room in which nobody has set anything. */
    private static Block settings(Block before, RoomSettings settings) {
        Block block = before;
        if (!settings.modes().values().isEmpty()) {
            block = block.with(
                    MODES, EventParts.modes(settings.modes().values()).encode());
        }
        if (!settings.description().isEmpty()) {
            block = block.with(DESCRIPTION, new MessageWriter().text(settings.description()));
        }
        Standing standing = settings.standing();
        if (standing.role() != RoomRole.GUEST) {
            block = block.with(OWN_ROLE, new MessageWriter().u8(standing.role().number()));
        }
        if (!standing.mutedUntil().equals(Instant.EPOCH)) {
            block = block.with(MUTED_UNTIL, new MessageWriter().time(standing.mutedUntil()));
        }
        return block;
    }

    private static RoomSettings settings(Block block) throws MalformedPacketException {
        byte[] modes = block.find(MODES);
        MessageReader description = block.reader(DESCRIPTION);
        MessageReader role = block.reader(OWN_ROLE);
        MessageReader muted = block.reader(MUTED_UNTIL);
        try {
            return new RoomSettings(
                    modes == null ? RoomModes.NONE : RoomModes.of(EventParts.modes(Block.decode(modes))),
                    description == null ? "" : description.text(ClientMessageCodec.REASON),
                    new Standing(
                            role == null ? RoomRole.GUEST : role.knownOf(WireCodes.ROOM_ROLES),
                            muted == null ? Instant.EPOCH : muted.time48()));
        } catch (IllegalArgumentException e) {
            throw MessageReader.malformed("modes out of range");
        }
    }
}
