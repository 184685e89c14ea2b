package io.kabar.chat.internal.wire;

import org.jspecify.annotations.Nullable;

/** PLACEHOLDER until events have a content */
record EventHeader(int kind, int flags) {
    private static final int SAID = 1;
    private static final int TOPIC = 4;
    private static final int ACTION = 0x10;

    static EventHeader of(ClientMessage.Kind kind) {
        return switch (kind) {
            case TEXT -> new EventHeader(SAID, 0);
            case ACTION -> new EventHeader(SAID, ACTION);
            case TOPIC -> new EventHeader(TOPIC, 0);
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
            case SAID -> (flags & ACTION) == 0 ? ClientMessage.Kind.TEXT : ClientMessage.Kind.ACTION;
            case TOPIC -> ClientMessage.Kind.TOPIC;
            default -> null;
        };
    }

    String objection() {
        return "Nothing of kind " + kind + " is said in this room by its members.";
    }
}
