package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.Switches;
import java.util.List;

/** Bytes of the queries that concern people on the whole server. */
final class OrderQueryCodec {

    /** The numbers of these methods. */
    static final int FIRST = 30;

    static final int LAST = 45;

    private static final int REPORT = 30;
    private static final int WHO_IS = 31;
    private static final int BLOCK = 32;
    private static final int UNBLOCK = 33;
    private static final int BLOCKED = 34;
    private static final int BAN = 35;
    private static final int BAN_NETWORK = 36;
    private static final int UNBAN = 37;
    private static final int UNBAN_RULE = 38;
    private static final int BANS = 39;
    private static final int MUTE = 40;
    private static final int UNMUTE = 41;
    private static final int MUTES = 42;
    private static final int SET_SWITCHES = 43;
    private static final int SWITCHES = 44;
    private static final int SHUT_OUT = 45;

    /** The name of a person, as typed. */
    private static final long NAME = 41;
    /** An address or network. */
    private static final long NETWORK = 43;
    /** For how many seconds. */
    private static final long SECONDS = 45;
    /** Why. */
    private static final long REASON = 47;
    /** The number of a rule. */
    private static final long RULE = 49;
    /** Newcomers off, new rooms off, seconds of slow mode. */
    private static final long SWITCHED = 51;
    /** Where somebody comes from is meant as well; empty. */
    private static final long WITH_ADDRESS = 53;

    private static final List<Long> KNOWN = List.of(
            QueryArguments.ROOM, QueryArguments.NUMBER, NAME, NETWORK, SECONDS, REASON, RULE, SWITCHED, WITH_ADDRESS);

    private OrderQueryCodec() {}

    static MessageWriter write(MessageWriter out, OrderQuery query) {
        if (query instanceof OrderQuery.Report q) {
            Block event = Block.EMPTY
                    .with(QueryArguments.ROOM, text(q.room().text()))
                    .withNumber(QueryArguments.NUMBER, q.sequence());
            return out.varint(REPORT).block(because(event, q.reason()));
        } else if (query instanceof OrderQuery.WhoIs q) {
            return out.varint(WHO_IS).block(named(q.name()));
        } else if (query instanceof OrderQuery.BlockPerson q) {
            return out.varint(BLOCK).block(named(q.name()));
        } else if (query instanceof OrderQuery.UnblockPerson q) {
            return out.varint(UNBLOCK).block(named(q.name()));
        } else if (query instanceof OrderQuery.Blocked) {
            return out.varint(BLOCKED);
        } else if (query instanceof OrderQuery.Ban q) {
            Block whom = q.withAddress() ? named(q.name()).with(WITH_ADDRESS, new byte[0]) : named(q.name());
            return out.varint(BAN).block(because(lasting(whom, q.seconds()), q.reason()));
        } else if (query instanceof OrderQuery.BanNetwork q) {
            Block network = Block.EMPTY.with(NETWORK, text(q.network()));
            return out.varint(BAN_NETWORK).block(because(lasting(network, q.seconds()), q.reason()));
        } else if (query instanceof OrderQuery.Unban q) {
            return out.varint(UNBAN).block(named(q.name()));
        } else if (query instanceof OrderQuery.UnbanRule q) {
            return out.varint(UNBAN_RULE).block(Block.EMPTY.withNumber(RULE, q.rule()));
        } else if (query instanceof OrderQuery.Bans) {
            return out.varint(BANS);
        } else if (query instanceof OrderQuery.Mute q) {
            return out.varint(MUTE).block(because(lasting(named(q.name()), q.seconds()), q.reason()));
        } else if (query instanceof OrderQuery.Unmute q) {
            return out.varint(UNMUTE).block(named(q.name()));
        } else if (query instanceof OrderQuery.Mutes) {
            return out.varint(MUTES);
        } else if (query instanceof OrderQuery.SetSwitches q) {
            return out.varint(SET_SWITCHES)
                    .block(Block.EMPTY.with(SWITCHED, OrderAnswerCodec.switches(new MessageWriter(), q.switches())));
        } else if (query instanceof OrderQuery.AskSwitches) {
            return out.varint(SWITCHES);
        } else if (query instanceof OrderQuery.ShutOut q) {
            return out.varint(SHUT_OUT)
                    .block(named(q.name())
                            .with(QueryArguments.ROOM, text(q.room().text())));
        }
        throw new AssertionError(query);
    }

    private static Block named(String name) {
        return Block.EMPTY.with(NAME, text(name));
    }

    private static Block lasting(Block block, long seconds) {
        return seconds == 0 ? block : block.withNumber(SECONDS, seconds);
    }

    private static Block because(Block block, String reason) {
        return reason.isEmpty() ? block : block.with(REASON, text(reason));
    }

    private static MessageWriter text(String text) {
        return new MessageWriter().text(text);
    }

    static OrderQuery read(int method, QueryArguments in) throws MalformedPacketException {
        in.knows(KNOWN);
        return switch (method) {
            case REPORT -> new OrderQuery.Report(in.room(), in.event(), reason(in));
            case WHO_IS -> new OrderQuery.WhoIs(name(in));
            case BLOCK -> new OrderQuery.BlockPerson(name(in));
            case UNBLOCK -> new OrderQuery.UnblockPerson(name(in));
            case BLOCKED -> new OrderQuery.Blocked();
            case BAN -> new OrderQuery.Ban(name(in), in.has(WITH_ADDRESS), in.number(SECONDS, 0), reason(in));
            case BAN_NETWORK ->
                new OrderQuery.BanNetwork(
                        in.text(NETWORK, "network", ClientMessageCodec.TYPED_NAME, Refusal.BAD_REQUEST),
                        in.number(SECONDS, 0),
                        reason(in));
            case UNBAN -> new OrderQuery.Unban(name(in));
            case UNBAN_RULE -> new OrderQuery.UnbanRule(in.number(RULE, 0));
            case BANS -> new OrderQuery.Bans();
            case MUTE -> new OrderQuery.Mute(name(in), in.number(SECONDS, 0), reason(in));
            case UNMUTE -> new OrderQuery.Unmute(name(in));
            case MUTES -> new OrderQuery.Mutes();
            case SET_SWITCHES -> new OrderQuery.SetSwitches(switches(in));
            case SWITCHES -> new OrderQuery.AskSwitches();
            case SHUT_OUT -> new OrderQuery.ShutOut(in.room(), name(in));
            default -> throw new AssertionError(method);
        };
    }

    private static String name(QueryArguments in) throws MalformedPacketException {
        return in.text(NAME, "name", ClientMessageCodec.TYPED_NAME, Refusal.BAD_NAME);
    }

    private static String reason(QueryArguments in) throws MalformedPacketException {
        return in.textOrNone(REASON, "reason", ClientMessageCodec.REASON, Refusal.TOO_LARGE);
    }

    private static Switches switches(QueryArguments arguments) throws MalformedPacketException {
        ClientFields in = arguments.needed(SWITCHED, "switches");
        if (in == null) {
            return Switches.NONE;
        }
        boolean newcomers = in.number("switch of newcomers", 0, 1) == 1;
        boolean newRooms = in.number("switch of new rooms", 0, 1) == 1;
        return new Switches(newcomers, newRooms, (int) in.number("pause in seconds", 0, Switches.LONGEST_PAUSE));
    }
}
