package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Limits;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;

/** Bytes of what later events have changed of a piece of history. */
final class AmendedCodec {

    private AmendedCodec() {}

    static MessageWriter write(MessageWriter out, Answer.Amended answer) {
        out.varint(answer.asOf()).varint(answer.items().size());
        for (Answer.Amended.Item item : answer.items()) {
            MessageWriter entry = new MessageWriter()
                    .varint(item.target())
                    .varint(item.edit())
                    .varint(item.deletion())
                    .varint(item.reactions().size());
            item.reactions()
                    .forEach(each ->
                            entry.text(each.emoji()).varint(each.count()).flag(each.own()));
            out.bytes(entry.toBytes());
        }
        return out;
    }

    static Answer.Amended read(MessageReader in) throws MalformedPacketException {
        long asOf = in.number();
        int count = in.count(ServerMessageCodec.LIST);
        List<Answer.Amended.Item> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            MessageReader item = in.entry();
            items.add(new Answer.Amended.Item(item.number(), item.number(), item.number(), reactions(item)));
        }
        return new Answer.Amended(asOf, items);
    }

    private static List<Answer.Amended.Counted> reactions(MessageReader in) throws MalformedPacketException {
        int count = in.count(ServerMessageCodec.LIST);
        List<Answer.Amended.Counted> reactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String emoji = in.text(Limits.EMOJI_BYTES);
            reactions.add(new Answer.Amended.Counted(emoji, in.figure(Integer.MAX_VALUE), in.flag()));
        }
        return reactions;
    }
}
