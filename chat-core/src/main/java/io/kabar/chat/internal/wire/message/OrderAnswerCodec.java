package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Author;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.Sanction;
import io.kabar.chat.Whois;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.Switches;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes of the answers that concern people on the whole server. */
final class OrderAnswerCodec {

    private static final long DONE = 41;
    private static final long WHOIS = 43;
    private static final long PEOPLE = 45;
    private static final long SANCTIONS = 47;
    private static final long SWITCHES = 49;
    private static final List<Long> KNOWN = List.of(DONE, WHOIS, PEOPLE, SANCTIONS, SWITCHES);

    /** What is a sanction's target. */
    private static final int PERSON = 0;

    private static final int ADDRESSES = 1;

    /** Longest name of a role, and longest network. */
    private static final int WORD = 64;

    private OrderAnswerCodec() {}

    static Block encode(OrderAnswer answer) {
        MessageWriter out = new MessageWriter();
        if (answer instanceof OrderAnswer.Done) {
            return Block.EMPTY.with(DONE, out);
        } else if (answer instanceof OrderAnswer.Whois a) {
            return Block.EMPTY.with(WHOIS, whois(out, a.whois()));
        } else if (answer instanceof OrderAnswer.People a) {
            return Block.EMPTY.with(PEOPLE, out.entries(a.people(), OrderAnswerCodec::author));
        } else if (answer instanceof OrderAnswer.Sanctions a) {
            return Block.EMPTY.with(SANCTIONS, out.entries(a.sanctions(), OrderAnswerCodec::sanction));
        } else if (answer instanceof OrderAnswer.Switched a) {
            return Block.EMPTY.with(SWITCHES, switches(out, a.switches()));
        }
        throw new AssertionError(answer);
    }

    private static MessageWriter author(MessageWriter out, Author author) {
        return out.varint(author.account()).text(author.name().text());
    }

    private static MessageWriter whois(MessageWriter out, Whois whois) {
        author(out, whois.who()).text(whois.role());
        out.u8(whois.presence().map(WireCodes.PRESENCES::indexOf).orElse(-1) + 1);
        out.varint(whois.since().map(Instant::toEpochMilli).orElse(0L));
        return out.list(whois.rooms(), (rooms, room) -> rooms.text(room.text()))
                .list(whois.addresses(), MessageWriter::text);
    }

    private static MessageWriter sanction(MessageWriter out, Sanction sanction) {
        out.u8(sanction.kind() == Sanction.Kind.BAN ? 0 : 1);
        if (sanction.target() instanceof Sanction.Person person) {
            author(out.u8(PERSON), person.who());
        } else if (sanction.target() instanceof Sanction.Addresses addresses) {
            out.u8(ADDRESSES).varint(addresses.rule()).text(addresses.network());
        }
        author(out.time(sanction.since()).time(sanction.until()), sanction.by());
        return out.text(sanction.reason());
    }

    static MessageWriter switches(MessageWriter out, Switches switches) {
        return out.varint(switches.newcomers() ? 1 : 0)
                .varint(switches.newRooms() ? 1 : 0)
                .varint(switches.slowSeconds());
    }

    /** The answer in a block; null if it is none of these. */
    static @Nullable OrderAnswer decode(Block block) throws MalformedPacketException {
        for (long tag : KNOWN) {
            MessageReader in = block.reader(tag);
            if (in != null) {
                if (!block.isUnderstoodBy(KNOWN)) {
                    throw MessageReader.malformed("an answer that is not known");
                }
                return decode(tag, in);
            }
        }
        return null;
    }

    private static OrderAnswer decode(long tag, MessageReader in) throws MalformedPacketException {
        if (tag == DONE) {
            return new OrderAnswer.Done();
        } else if (tag == WHOIS) {
            return new OrderAnswer.Whois(whois(in));
        } else if (tag == PEOPLE) {
            return new OrderAnswer.People(in.entries(OrderAnswerCodec::author));
        } else if (tag == SANCTIONS) {
            return new OrderAnswer.Sanctions(in.entries(OrderAnswerCodec::sanction));
        }
        return new OrderAnswer.Switched(
                new Switches(in.varint() == 1, in.varint() == 1, in.figure(Switches.LONGEST_PAUSE)));
    }

    private static Author author(MessageReader in) throws MalformedPacketException {
        long account = in.varint();
        if (account > Limits.LAST_NUMBER) {
            throw MessageReader.malformed("account");
        }
        return new Author(account, in.userName());
    }

    private static Whois whois(MessageReader in) throws MalformedPacketException {
        Author who = author(in);
        String role = in.text(WORD);
        int presence = in.u8();
        Instant since = in.time();
        List<RoomName> rooms = in.list(MessageReader::roomName);
        List<String> addresses = in.list(each -> each.text(WORD));
        return new Whois(
                who,
                role,
                presence == 0
                        ? Optional.empty()
                        : Optional.of(WireCodes.PRESENCES.get(Math.min(presence, WireCodes.PRESENCES.size()) - 1)),
                presence == 0 ? Optional.empty() : Optional.of(since),
                rooms,
                addresses);
    }

    private static Sanction sanction(MessageReader in) throws MalformedPacketException {
        Sanction.Kind kind = in.oneOf(List.of(Sanction.Kind.values()));
        Sanction.Target target = switch (in.u8()) {
            case PERSON -> new Sanction.Person(author(in));
            case ADDRESSES -> new Sanction.Addresses(in.varint(), in.text(WORD));
            default -> throw MessageReader.malformed("target");
        };
        Instant since = in.time48();
        Instant until = in.time48();
        return new Sanction(kind, target, since, until, author(in), in.text(ClientMessageCodec.REASON));
    }
}
