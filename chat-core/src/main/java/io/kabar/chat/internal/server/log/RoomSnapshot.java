package io.kabar.chat.internal.server.log;

import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a room as bytes, a version in front. The same state always gives the same bytes. A later version may
 * read what this one has written; this one reads its own only.
 *
 * <pre>
 *   version u8, flags u8 (1: worth keeping), last u64, position u64, topic u64, description u64,
 *   newest time u64 ms
 *   count u32, and for each epoch:           first event u64, epoch u64
 *   count u32, and for each role:            account u64, role u8
 *   count u32, and for each ban:             account u64, its event u64, until u64 ms
 *   count u32, and for each mute:            account u64, its event u64, until u64 ms
 *   count u32, and for each who is invited:  account u64
 *   count u32, and for each mode:            mode u8, value u64
 *   count u32, and for each who is inside:   name, account u64, since event u64
 *   count u32, and for each run of a client: name, run u64, highest number u64, its event u64, its time u64 ms
 *   forgotten up to u64
 *   count u32, and for each that is deleted: event u64, by which event u64
 *   count u32, and for each other that is edited or reacted to: event u64, newest edit u64,
 *     count u32, and for each emoji:         emoji, count u32, and for each account: account u64
 * </pre>
 */
final class RoomSnapshot {

    private static final int VERSION = 3;

    private static final List<RoomMode> MODES = List.of(RoomMode.values()); // in the order of their numbers

    /** Runs in a snapshot are those of so many events ... */
    private static final long RUN_EVENTS = 2048;

    /** ... and of so much time. */
    private static final long RUN_MILLIS = Duration.ofDays(1).toMillis();

    private RoomSnapshot() {}

    static byte[] encode(RoomFold fold) {
        StateWriter out = new StateWriter();
        write(fold, out);
        return out.toBytes();
    }

    private static void write(RoomFold fold, StateWriter out) {
        RoomFold.Tally tally = fold.tally();
        out.writeByte(VERSION);
        out.writeByte(tally.worthKeeping() ? 1 : 0);
        out.writeLong(tally.last());
        out.writeLong(tally.position());
        out.writeLong(tally.topic());
        out.writeLong(tally.description());
        out.writeLong(tally.newestMillis());
        Map<Long, Long> epochs = fold.epochs().byFirst();
        out.writeInt(epochs.size());
        for (Map.Entry<Long, Long> epoch : epochs.entrySet()) {
            out.writeLong(epoch.getKey());
            out.writeLong(epoch.getValue());
        }
        write(fold.rules(), out);
        out.writeInt(fold.occupants().size());
        for (Map.Entry<String, RoomFold.Stay> occupant : fold.occupants().entrySet()) {
            out.writeText(occupant.getKey());
            out.writeLong(occupant.getValue().account());
            out.writeLong(occupant.getValue().since());
        }
        fold.runs().write(out, tally.last() - RUN_EVENTS, tally.newestMillis() - RUN_MILLIS);
        fold.amendments().write(out);
    }

    private static void write(RoomRules rules, StateWriter out) {
        out.writeInt(rules.roles().size());
        rules.roles().forEach((account, role) -> {
            out.writeLong(account);
            out.writeByte(role.number());
        });
        writeTerms(rules.bans(), out);
        writeTerms(rules.mutes(), out);
        out.writeInt(rules.invitations().size());
        rules.invitations().forEach(out::writeLong);
        out.writeInt(rules.modes().values().size());
        rules.modes().values().forEach((mode, value) -> {
            out.writeByte(mode.number());
            out.writeLong(value);
        });
    }

    private static void writeTerms(Map<Long, RoomRules.Term> terms, StateWriter out) {
        out.writeInt(terms.size());
        terms.forEach((account, term) -> {
            out.writeLong(account);
            out.writeLong(term.event());
            out.writeLong(term.until().toEpochMilli());
        });
    }

    private static void read(RoomRules rules, StateReader in) {
        for (int left = in.readInt(); left > 0; left--) {
            rules.roles().put(natural(in), RoomRole.of(in.readUnsignedByte()));
        }
        readTerms(rules.bans(), in);
        readTerms(rules.mutes(), in);
        for (int left = in.readInt(); left > 0; left--) {
            rules.invitations().add(natural(in));
        }
        Map<RoomMode, Long> modes = new EnumMap<>(RoomMode.class);
        for (int left = in.readInt(); left > 0; left--) {
            modes.put(MODES.get(in.readUnsignedByte()), natural(in));
        }
        rules.setModes(RoomModes.of(modes));
    }

    private static void readTerms(Map<Long, RoomRules.Term> terms, StateReader in) {
        for (int left = in.readInt(); left > 0; left--) {
            long account = natural(in);
            terms.put(account, new RoomRules.Term(natural(in), Instant.ofEpochMilli(natural(in))));
        }
    }

    /** Null if the bytes are not whole, or of another version. */
    static @Nullable RoomFold decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        try {
            RoomFold fold = in.readUnsignedByte() == VERSION ? read(in) : null;
            return in.isAtEnd() ? fold : null;
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static RoomFold read(StateReader in) {
        boolean worthKeeping = (in.readUnsignedByte() & 1) != 0;
        RoomFold.Tally tally =
                new RoomFold.Tally(natural(in), natural(in), natural(in), natural(in), in.readLong(), worthKeeping);
        Map<Long, Long> epochs = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            long first = natural(in);
            epochs.put(first, natural(in));
        }
        RoomFold fold = new RoomFold(tally, new Epochs(epochs));
        read(fold.rules(), in);
        for (int left = in.readInt(); left > 0; left--) {
            String name = new UserName(in.readText()).text();
            fold.occupants().put(name, new RoomFold.Stay(natural(in), natural(in)));
        }
        fold.runs().read(in);
        fold.amendments().read(in);
        return fold;
    }

    private static long natural(StateReader in) {
        long number = in.readLong();
        if (number < 0) {
            throw new IllegalArgumentException("a number below 0");
        }
        return number;
    }
}
