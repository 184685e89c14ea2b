package io.kabar.chat.internal.wire.message;

import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes of queries: a method, and its arguments as items of the block, whose tags mean the same in all methods. */
final class QueryCodec {

    private static final int ROOMS = 1;
    private static final int MEMBERS = 2;
    private static final int HISTORY = 3;
    private static final int SEARCH = 4;
    private static final int WHO_SAW = 5;
    private static final int SET_ROOM_PASSWORD = 20;
    private static final int CONVERSATIONS = 21;

    /** The name behind which a list begins. */
    private static final long BEHIND = 3;
    /** First number and count of a piece of history. */
    private static final long SPAN = 5;
    /** Words to search for. */
    private static final long WORDS = 7;
    /** The number before which a search begins. */
    private static final long BEFORE = 9;
    /** With what the names in a list begin. */
    private static final long BEGINNING = 13;
    /** How many entries a list has at most. */
    private static final long COUNT = 15;
    /** What is shown of a password. */
    private static final long PROOF = 61;

    private static final List<Long> KNOWN =
            List.of(QueryArguments.ROOM, BEHIND, SPAN, WORDS, BEFORE, QueryArguments.NUMBER, BEGINNING, COUNT, PROOF);

    private QueryCodec() {}

    static MessageWriter write(MessageWriter out, Query query) {
        if (query instanceof Query.Rooms q) {
            return out.varint(ROOMS)
                    .block(q.behind().isEmpty() ? Block.EMPTY : Block.EMPTY.with(BEHIND, text(q.behind())));
        } else if (query instanceof Query.Members q) {
            return out.varint(MEMBERS).block(members(q));
        } else if (query instanceof Query.History q) {
            MessageWriter span =
                    new MessageWriter().varint(q.span().from()).varint(q.span().count());
            return out.varint(HISTORY).block(of(q.room()).with(SPAN, span));
        } else if (query instanceof Query.Search q) {
            Block words = of(q.room()).with(WORDS, text(q.words()));
            return out.varint(SEARCH).block(q.before() == 0 ? words : words.withNumber(BEFORE, q.before()));
        } else if (query instanceof Query.WhoSaw q) {
            return out.varint(WHO_SAW).block(of(q.room()).withNumber(QueryArguments.NUMBER, q.sequence()));
        } else if (query instanceof Query.SetRoomPassword q) {
            return out.varint(SET_ROOM_PASSWORD).block(of(q.room()).with(PROOF, q.proof()));
        } else if (query instanceof Query.Conversations) {
            return out.varint(CONVERSATIONS).block(Block.EMPTY);
        } else if (query instanceof OrderQuery q) {
            return OrderQueryCodec.write(out, q);
        }
        return AccountQueryCodec.write(out, (Query.OfAccount) query);
    }

    private static Block members(Query.Members query) {
        Block block = of(query.room());
        block = query.behind().isEmpty() ? block : block.with(BEHIND, text(query.behind()));
        block = query.beginning().isEmpty() ? block : block.with(BEGINNING, text(query.beginning()));
        return query.count() == Limits.MEMBERS_TOLD ? block : block.withNumber(COUNT, query.count());
    }

    private static Block of(RoomName room) {
        return Block.EMPTY.with(QueryArguments.ROOM, text(room.text()));
    }

    private static MessageWriter text(String text) {
        return new MessageWriter().text(text);
    }

    /** Null if there is no such method; that is objected to, and so is what is out of range. */
    static @Nullable Query read(ClientFields fields) throws MalformedPacketException {
        long method = fields.varint();
        if (AccountQueryCodec.knows(method)) {
            return AccountQueryCodec.read((int) method, fields);
        }
        QueryArguments in = new QueryArguments(fields, fields.block());
        if (method >= OrderQueryCodec.FIRST && method <= OrderQueryCodec.LAST) {
            return OrderQueryCodec.read((int) method, in);
        }
        in.knows(KNOWN);
        return switch ((int) Math.min(method, Integer.MAX_VALUE)) {
            case ROOMS -> new Query.Rooms(behind(in, "room"));
            case MEMBERS -> new Query.Members(in.room(), beginning(in), behind(in, "member"), count(in));
            case HISTORY -> new Query.History(in.room(), span(in));
            case SEARCH -> new Query.Search(in.room(), in.number(BEFORE, 0), words(in));
            case SET_ROOM_PASSWORD -> new Query.SetRoomPassword(in.room(), in.proof(PROOF));
            case CONVERSATIONS -> new Query.Conversations();
            case WHO_SAW -> new Query.WhoSaw(in.room(), in.event());
            default -> {
                fields.object(Refusal.UNSUPPORTED, "This server does not know method " + method + ".");
                yield null;
            }
        };
    }

    private static String behind(QueryArguments in, String whose) throws MalformedPacketException {
        return in.textOrNone(BEHIND, "name of the " + whose, ClientMessageCodec.TYPED_NAME, Refusal.BAD_NAME);
    }

    private static String beginning(QueryArguments in) throws MalformedPacketException {
        return in.textOrNone(BEGINNING, "beginning of a name", ClientMessageCodec.TYPED_NAME, Refusal.BAD_NAME);
    }

    private static int count(QueryArguments in) throws MalformedPacketException {
        return (int) in.number(COUNT, "count", 1, Limits.MEMBERS_TOLD, Limits.MEMBERS_TOLD);
    }

    private static String words(QueryArguments in) throws MalformedPacketException {
        return in.text(WORDS, "search", ClientMessageCodec.WORDS, Refusal.BAD_REQUEST);
    }

    private static HistoryRange span(QueryArguments arguments) throws MalformedPacketException {
        ClientFields in = arguments.needed(SPAN, "piece of history");
        long from = in == null ? 0 : in.number("first number", 0, JoinHistory.MAX_SEQUENCE);
        long count = in == null ? 1 : in.number("count", 1, HistoryRange.MAX);
        return new HistoryRange(from, (int) count);
    }
}
