package io.kabar.chat.internal.wire;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;

/**
 * Bytes of an event's body: type, time in milliseconds since 1970, who, and what the type adds. Room and number are in
 * the frame. An event is encoded once, when it is committed, and the same bytes go to every member.
 */
public final class EventCodec {

    private static final int SAID = 1;
    private static final int ACTED = 2;
    private static final int JOINED = 3;
    private static final int LEFT = 4;
    private static final int TOPIC = 5;

    private EventCodec() {}

    /** The body of an event. */
    public static byte[] encode(ChatEvent event) {
        if (event instanceof ChatEvent.Said e) {
            return begin(e.action() ? ACTED : SAID, e).text(e.text()).toBytes();
        } else if (event instanceof ChatEvent.Joined e) {
            return begin(JOINED, e).toBytes();
        } else if (event instanceof ChatEvent.Left e) {
            return begin(LEFT, e).text(e.reason()).toBytes();
        } else if (event instanceof ChatEvent.Topic e) {
            return begin(TOPIC, e).text(e.topic()).toBytes();
        }
        throw new AssertionError(event);
    }

    /** The event of a body. */
    public static ChatEvent decode(RoomName room, long seq, byte[] body) throws MalformedPacketException {
        MessageReader in = new MessageReader(body);
        int type = in.u8();
        Instant time = in.time();
        UserName from = in.userName();
        ChatEvent event;
        try {
            event = switch (type) {
                case SAID -> new ChatEvent.Said(room, seq, time, from, in.text(ClientMessageCodec.TEXT), false);
                case ACTED -> new ChatEvent.Said(room, seq, time, from, in.text(ClientMessageCodec.TEXT), true);
                case JOINED -> new ChatEvent.Joined(room, seq, time, from);
                case LEFT -> new ChatEvent.Left(room, seq, time, from, in.text(ClientMessageCodec.REASON));
                case TOPIC -> new ChatEvent.Topic(room, seq, time, from, in.text(ClientMessageCodec.REASON));
                default -> throw MessageReader.malformed("event type " + type);
            };
        } catch (IllegalArgumentException e) {
            throw MessageReader.malformed("event out of bounds");
        }
        in.end();
        return event;
    }

    /** Whether it is something said, as far as can be told without decoding it. */
    public static boolean isSaid(byte[] body) {
        return body.length > 0 && (body[0] == SAID || body[0] == ACTED);
    }

    private static MessageWriter begin(int type, ChatEvent event) {
        return new MessageWriter(type)
                .varint(event.time().toEpochMilli())
                .text(event.from().text());
    }
}
