package io.kabar.chat.internal.wire.message;

import io.kabar.chat.MessageId;
import io.kabar.chat.internal.wire.BigEndian;
import io.kabar.chat.internal.wire.VarInt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Builds the bytes of one message, event or item: varints, raw bytes, and texts as length and UTF-8. */
final class MessageWriter {

    private byte[] bytes = new byte[64];
    private int length;

    /** A value of an item. */
    MessageWriter() {}

    /** A message of this type. */
    MessageWriter(int type) {
        varint(type);
    }

    MessageWriter u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    MessageWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    MessageWriter varint(long value) {
        room(8);
        length = VarInt.write(bytes, length, value);
        return this;
    }

    MessageWriter u64(long value) {
        room(Long.BYTES);
        BigEndian.writeLong(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    /** Milliseconds since 1970 in 48 bits. */
    MessageWriter time(Instant time) {
        long millis = time.toEpochMilli();
        room(6);
        for (int shift = 40; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (millis >>> shift);
        }
        return this;
    }

    MessageWriter id(MessageId id) {
        return u64(id.run()).u64(id.number());
    }

    MessageWriter raw(byte[] source) {
        room(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
        return this;
    }

    /** A length and as many bytes. */
    MessageWriter bytes(byte[] source) {
        return varint(source.length).raw(source);
    }

    MessageWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many elements there are, and these one after the other. */
    <E> MessageWriter list(List<E> list, BiConsumer<MessageWriter, E> element) {
        varint(list.size());
        list.forEach(each -> element.accept(this, each));
        return this;
    }

    /** The same of elements that have their length in front. */
    <E> MessageWriter entries(List<E> list, BiConsumer<MessageWriter, E> element) {
        return list(list, (out, each) -> out.entry(entry -> element.accept(entry, each)));
    }

    /** Fields with their length in front. */
    MessageWriter entry(Consumer<MessageWriter> fields) {
        MessageWriter entry = new MessageWriter();
        fields.accept(entry);
        return bytes(entry.toBytes());
    }

    /**
     * The block of a message, behind its fields. One that is empty is left out: a message that ends before its block
     * has an empty one.
     */
    MessageWriter block(Block block) {
        return block.isEmpty() ? this : bytes(block.encode());
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
