package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Limits;
import io.kabar.chat.internal.wire.MalformedPacketException;

/** Bytes of what later events have changed of a piece of history. */
final class AmendedCodec {

    private AmendedCodec() {}

    static MessageWriter write(MessageWriter out, Answer.Amended answer) {
        return out.varint(answer.asOf()).entries(answer.items(), AmendedCodec::item);
    }

    private static void item(MessageWriter out, Answer.Amended.Item item) {
        out.varint(item.target())
                .varint(item.edit())
                .varint(item.deletion())
                .list(
                        item.reactions(),
                        (some, each) ->
                                some.text(each.emoji()).varint(each.count()).flag(each.own()));
    }

    static Answer.Amended read(MessageReader in) throws MalformedPacketException {
        return new Answer.Amended(in.number(), in.entries(AmendedCodec::item));
    }

    private static Answer.Amended.Item item(MessageReader in) throws MalformedPacketException {
        return new Answer.Amended.Item(in.number(), in.number(), in.number(), in.list(AmendedCodec::reaction));
    }

    private static Answer.Amended.Counted reaction(MessageReader in) throws MalformedPacketException {
        return new Answer.Amended.Counted(in.text(Limits.EMOJI_BYTES), in.figure(Integer.MAX_VALUE), in.flag());
    }
}
