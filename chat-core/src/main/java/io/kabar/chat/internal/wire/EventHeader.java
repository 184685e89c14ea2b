package io.kabar.chat.internal.wire;

import io.kabar.chat.Content;
import org.jspecify.annotations.Nullable;

/** Kind and flags of what is to become an event: the same as in the event, see {@link EventCodec}. */
record EventHeader(int kind, int flags) {
    static EventHeader of(ClientMessage.Kind kind) {
        return switch (kind) {
            case TEXT -> new EventHeader(Content.SAID, 0);
            case ACTION -> new EventHeader(Content.SAID, EventCodec.ACTION);
            case TOPIC -> new EventHeader(Content.TOPIC, 0);
        };
    }

    MessageWriter write(MessageWriter out) {
        return out.u8(kind).u8(flags);
    }

    static EventHeader read(MessageReader in) throws MalformedPacketException {
        return new EventHeader(in.u8(), in.u8());
    }

    ClientMessage.@Nullable Kind kindOfSay() {
        return switch (kind) {
            case Content.SAID -> (flags & EventCodec.ACTION) == 0 ? ClientMessage.Kind.TEXT : ClientMessage.Kind.ACTION;
            case Content.TOPIC -> ClientMessage.Kind.TOPIC;
            default -> null;
        };
    }

    String objection() {
        return "Nothing of kind " + kind + " is said in this room by its members.";
    }
}
