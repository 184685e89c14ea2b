package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Conversation;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.ArrayList;
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
            return Block.EMPTY.with(ROOMS, rooms(out, a));
        } else if (answer instanceof Answer.Members a) {
            return Block.EMPTY.with(MEMBERS, members(out, a.members()));
        } else if (answer instanceof Answer.History a) {
            return Block.EMPTY.with(
                    HISTORY,
                    out.varint(a.from()).varint(a.to()).varint(a.firstKept()).varint(a.last()));
        } else if (answer instanceof Answer.Amended a) {
            return Block.EMPTY.with(AMENDED, AmendedCodec.write(out, a));
        } else if (answer instanceof Answer.Found a) {
            out.varint(a.searchedTo()).flag(a.more()).varint(a.hits().size());
            a.hits().forEach(out::varint);
            return Block.EMPTY.with(FOUND, out);
        } else if (answer instanceof Answer.Seen a) {
            out.varint(a.members()).varint(a.delivered()).varint(a.names().size());
            a.names().forEach(name -> out.text(name.text()));
            return Block.EMPTY.with(SEEN, out);
        } else if (answer instanceof Answer.Conversations a) {
            return Block.EMPTY.with(CONVERSATIONS, conversations(out, a.conversations()));
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
            return rooms(in);
        }
        in = block.reader(MEMBERS);
        if (in != null) {
            return new Answer.Members(members(in));
        }
        in = block.reader(HISTORY);
        if (in != null) {
            return new Answer.History(in.number(), in.number(), in.number(), in.number());
        }
        in = block.reader(AMENDED);
        if (in != null) {
            return AmendedCodec.read(in);
        }
        in = block.reader(FOUND);
        if (in != null) {
            return new Answer.Found(in.number(), in.flag(), numbers(in));
        }
        in = block.reader(CONVERSATIONS);
        if (in != null) {
            return new Answer.Conversations(conversations(in));
        }
        in = block.reader(SEEN);
        if (in != null) {
            return new Answer.Seen(in.figure(Integer.MAX_VALUE), in.figure(Integer.MAX_VALUE), names(in));
        }
        return AccountAnswerCodec.decode(block);
    }

    private static MessageWriter rooms(MessageWriter out, Answer.Rooms answer) {
        out.flag(answer.rest()).varint(answer.rooms().size());
        for (RoomSummary room : answer.rooms()) {
            out.bytes(new MessageWriter()
                    .text(room.name().text())
                    .varint(room.members())
                    .varint(room.lastSequence())
                    .text(room.topic())
                    .toBytes());
        }
        return out;
    }

    private static Answer rooms(MessageReader in) throws MalformedPacketException {
        boolean rest = in.flag();
        int count = in.count(ServerMessageCodec.LIST);
        List<RoomSummary> rooms = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            MessageReader room = in.entry();
            rooms.add(new RoomSummary(
                    room.roomName(),
                    room.figure(Integer.MAX_VALUE),
                    room.sequence(),
                    room.text(ClientMessageCodec.REASON)));
        }
        return new Answer.Rooms(rooms, rest);
    }

    private static MessageWriter conversations(MessageWriter out, List<Conversation> conversations) {
        out.varint(conversations.size());
        for (Conversation each : conversations) {
            out.bytes(new MessageWriter()
                    .text(each.name().text())
                    .varint(each.lastSequence())
                    .varint(each.firstUnread())
                    .text(each.with().map(UserName::text).orElse(""))
                    .toBytes());
        }
        return out;
    }

    private static List<Conversation> conversations(MessageReader in) throws MalformedPacketException {
        int count = in.count(ServerMessageCodec.LIST);
        List<Conversation> conversations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            MessageReader each = in.entry();
            RoomName name = each.roomName();
            long last = each.number();
            long unread = each.number();
            conversations.add(new Conversation(name, each.userNameOrNone(), last, unread));
        }
        return conversations;
    }

    static MessageWriter members(MessageWriter out, List<Member> members) {
        out.varint(members.size());
        members.forEach(member -> member(out, member));
        return out;
    }

    static MessageWriter member(MessageWriter out, Member member) {
        return out.bytes(new MessageWriter()
                .text(member.name().text())
                .u8(WireCodes.ROOM_ROLES.indexOf(member.role()))
                .u8(WireCodes.PRESENCES.indexOf(member.presence()))
                .toBytes());
    }

    static List<Member> members(MessageReader in) throws MalformedPacketException {
        int count = in.count(ServerMessageCodec.LIST);
        List<Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(member(in));
        }
        return members;
    }

    static Member member(MessageReader in) throws MalformedPacketException {
        MessageReader member = in.entry();
        UserName name = member.userName();
        return new Member(name, member.knownOf(WireCodes.ROOM_ROLES), member.knownOf(WireCodes.PRESENCES));
    }

    private static List<Long> numbers(MessageReader in) throws MalformedPacketException {
        int count = in.count(ServerMessageCodec.LIST);
        List<Long> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(in.number());
        }
        return numbers;
    }

    private static List<UserName> names(MessageReader in) throws MalformedPacketException {
        int count = in.count(ServerMessageCodec.LIST);
        List<UserName> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.userName());
        }
        return names;
    }
}
