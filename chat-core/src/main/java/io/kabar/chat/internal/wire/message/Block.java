package io.kabar.chat.internal.wire.message;

import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Room to grow: tagged items at the end of a message or a handshake payload. Whoever does not know a tag skips the item
 * if the tag is even, and refuses what the block belongs to if it is odd. Of two items with the same tag the first
 * counts. What follows in an item's value behind the fields that are known belongs to later versions and is skipped.
 *
 * <pre>
 * block = v length, (v tag, v length, value)*
 * </pre>
 */
public final class Block {

    /** No items. */
    public static final Block EMPTY = new Block(List.of());

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Item(long tag, byte[] value) {}

    private final List<Item> items;

    private Block(List<Item> items) {
        this.items = items;
    }

    /** A block of one item more. */
    public Block with(long tag, byte[] value) {
        List<Item> more = new ArrayList<>(items);
        more.add(new Item(tag, value));
        return new Block(more);
    }

    Block with(long tag, MessageWriter value) {
        return with(tag, value.toBytes());
    }

    /** A block of one item more, whose value is a number. */
    public Block withNumber(long tag, long number) {
        return with(tag, new MessageWriter().varint(number));
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    /** The value of this tag; null if there is none. */
    public byte @Nullable [] find(long tag) {
        for (Item item : items) {
            if (item.tag() == tag) {
                return item.value();
            }
        }
        return null;
    }

    /** Reads the value of this tag; null if there is none. */
    @Nullable
    MessageReader reader(long tag) {
        byte[] value = find(tag);
        return value == null ? null : new MessageReader(value);
    }

    /** The number that is the value of this tag; {@code otherwise} if there is none. */
    public long number(long tag, long otherwise) throws MalformedPacketException {
        MessageReader in = reader(tag);
        return in == null ? otherwise : in.varint();
    }

    /** Whether whatever this belongs to can be understood by who knows only these tags. */
    public boolean isUnderstoodBy(List<Long> known) {
        return items.stream().allMatch(item -> item.tag() % 2 == 0 || known.contains(item.tag()));
    }

    /** The items, without the length that goes in front of them. */
    public byte[] encode() {
        MessageWriter out = new MessageWriter();
        for (Item item : items) {
            out.varint(item.tag()).bytes(item.value());
        }
        return out.toBytes();
    }

    /** The block of these items. */
    public static Block decode(byte[] bytes) throws MalformedPacketException {
        if (bytes.length == 0) {
            return EMPTY;
        }
        MessageReader in = new MessageReader(bytes);
        List<Item> items = new ArrayList<>(2);
        while (in.hasMore()) {
            items.add(new Item(in.varint(), in.bytes(WireLimits.MESSAGE)));
        }
        return new Block(items);
    }
}
