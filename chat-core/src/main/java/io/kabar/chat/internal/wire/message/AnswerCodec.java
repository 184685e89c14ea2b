package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Amended.Reaction;
import io.kabar.chat.Conversation;
import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bytes of answers: an item of the block, whose tag says what it is. Each entry of a list has its length in front: what
 * follows in it behind the fields that are known belongs to later versions and is skipped.
 */
final class AnswerCodec {

    private static final long ROOMS = 1;
    private static final long MEMBERS = 3;
    private static final long HISTORY = 5;
    private static final long FOUND = 7;
    private static final long SEEN = 9;
    private static final long AMENDED = 11;
    private static final long CONVERSATIONS = 13;
    private static final List<Long> KNOWN = List.of(ROOMS, MEMBERS, HISTORY, FOUND, SEEN, AMENDED, CONVERSATIONS);
    private static final List<Long> ALL =
            Stream.concat(KNOWN.stream(), AccountAnswerCodec.KNOWN.stream()).toList();

    private AnswerCodec() {}

    static Block encode(Answer answer) {
        MessageWriter out = new MessageWriter();
        if (answer instanceof Answer.Rooms a) {
            return Block.EMPTY.with(ROOMS, out.flag(a.rest()).entries(a.rooms(), AnswerCodec::room));
        } else if (answer instanceof Answer.Members a) {
            return Block.EMPTY.with(MEMBERS, members(out.varint(a.inside()).flag(a.rest()), a.members()));
        } else if (answer instanceof Answer.History a) {
            return Block.EMPTY.with(
                    HISTORY,
                    out.varint(a.from()).varint(a.to()).varint(a.firstKept()).varint(a.last()));
        } else if (answer instanceof Answer.Amended a) {
            return Block.EMPTY.with(AMENDED, out.varint(a.asOf()).entries(a.items(), AnswerCodec::amended));
        } else if (answer instanceof Answer.Found a) {
            out.varint(a.searchedTo()).flag(a.more());
            return Block.EMPTY.with(FOUND, out.list(a.hits(), MessageWriter::varint));
        } else if (answer instanceof Answer.Seen a) {
            out.varint(a.members()).varint(a.delivered());
            return Block.EMPTY.with(SEEN, out.list(a.names(), (names, name) -> names.text(name.text())));
        } else if (answer instanceof Answer.Conversations a) {
            return Block.EMPTY.with(CONVERSATIONS, out.entries(a.conversations(), AnswerCodec::conversation));
        } else if (answer instanceof OrderAnswer a) {
            return OrderAnswerCodec.encode(a);
        }
        return AccountAnswerCodec.encode(answer);
    }

    /** The answer in a block. */
    static Answer decode(Block block) throws MalformedPacketException {
        OrderAnswer order = OrderAnswerCodec.decode(block);
        if (order != null) {
            return order;
        }
        if (!block.isUnderstoodBy(ALL)) {
            throw MessageReader.malformed("an answer that is not known");
        }
        MessageReader in = block.reader(ROOMS);
        if (in != null) {
            boolean rest = in.flag();
            return new Answer.Rooms(in.entries(AnswerCodec::room), rest);
        }
        in = block.reader(MEMBERS);
        if (in != null) {
            return new Answer.Members(in.figure(Integer.MAX_VALUE), in.flag(), members(in));
        }
        in = block.reader(HISTORY);
        if (in != null) {
            return new Answer.History(in.number(), in.number(), in.number(), in.number());
        }
        in = block.reader(AMENDED);
        if (in != null) {
            return new Answer.Amended(in.number(), in.entries(AnswerCodec::amended));
        }
        in = block.reader(FOUND);
        if (in != null) {
            return new Answer.Found(in.number(), in.flag(), in.list(MessageReader::number));
        }
        in = block.reader(CONVERSATIONS);
        if (in != null) {
            return new Answer.Conversations(in.entries(AnswerCodec::conversation));
        }
        in = block.reader(SEEN);
        if (in != null) {
            return new Answer.Seen(
                    in.figure(Integer.MAX_VALUE), in.figure(Integer.MAX_VALUE), in.list(MessageReader::userName));
        }
        return AccountAnswerCodec.decode(block);
    }

    private static void room(MessageWriter out, RoomSummary room) {
        out.text(room.name().text())
                .varint(room.members())
                .varint(room.lastSequence())
                .text(room.topic());
    }

    private static RoomSummary room(MessageReader in) throws MalformedPacketException {
        return new RoomSummary(
                in.roomName(), in.figure(Integer.MAX_VALUE), in.sequence(), in.text(ClientMessageCodec.REASON));
    }

    private static void conversation(MessageWriter out, Conversation conversation) {
        out.text(conversation.name().text())
                .varint(conversation.lastSequence())
                .varint(conversation.firstUnread())
                .text(conversation.with().map(UserName::text).orElse(""));
    }

    private static Conversation conversation(MessageReader in) throws MalformedPacketException {
        RoomName name = in.roomName();
        long last = in.number();
        long unread = in.number();
        return new Conversation(name, in.userNameOrNone(), last, unread);
    }

    private static void amended(MessageWriter out, Answer.Amended.Item item) {
        out.varint(item.target())
                .varint(item.edit())
                .varint(item.deletion())
                .list(
                        item.reactions(),
                        (some, each) ->
                                some.text(each.emoji()).varint(each.count()).flag(each.own()));
    }

    private static Answer.Amended.Item amended(MessageReader in) throws MalformedPacketException {
        return new Answer.Amended.Item(in.number(), in.number(), in.number(), in.list(AnswerCodec::reaction));
    }

    private static Reaction reaction(MessageReader in) throws MalformedPacketException {
        return new Reaction(in.text(Limits.EMOJI_BYTES), in.figure(Integer.MAX_VALUE), in.flag());
    }

    static MessageWriter members(MessageWriter out, List<Member> members) {
        return out.list(members, AnswerCodec::member);
    }

    static MessageWriter member(MessageWriter out, Member member) {
        return out.entry(entry -> entry.text(member.name().text())
                .u8(WireCodes.ROOM_ROLES.indexOf(member.role()))
                .u8(WireCodes.PRESENCES.indexOf(member.presence())));
    }

    static List<Member> members(MessageReader in) throws MalformedPacketException {
        return in.list(AnswerCodec::member);
    }

    static Member member(MessageReader in) throws MalformedPacketException {
        MessageReader member = in.entry();
        UserName name = member.userName();
        return new Member(name, member.knownOf(WireCodes.ROOM_ROLES), member.knownOf(WireCodes.PRESENCES));
    }
}
