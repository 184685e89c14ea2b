package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.BigEndian;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.WireLimits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@link MessageWriter} wrote, believing nothing: every length is checked against the bytes present. */
final class MessageReader {

    private static final long LONGEST_WAIT = Duration.ofDays(1).toMillis();

    private final byte[] bytes;
    private int position;

    MessageReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The type of a message. */
    int type() throws MalformedPacketException {
        return (int) Math.min(varint(), Integer.MAX_VALUE);
    }

    int u8() throws MalformedPacketException {
        need(1);
        return bytes[position++] & 0xff;
    }

    boolean flag() throws MalformedPacketException {
        int value = u8();
        if (value > 1) {
            throw malformed("flag");
        }
        return value == 1;
    }

    long varint() throws MalformedPacketException {
        need(1);
        int size = VarInt.sizeFrom(bytes[position]);
        need(size);
        long value = VarInt.read(bytes, position);
        position += size;
        return value;
    }

    /** The number of an event, or 0, or the one that comes next. */
    long number() throws MalformedPacketException {
        long value = varint();
        if (value > Limits.LAST_NUMBER + 1) {
            throw malformed("number of an event");
        }
        return value;
    }

    /** The number of an event that there is, or 0. */
    long sequence() throws MalformedPacketException {
        long number = number();
        if (number > Limits.LAST_NUMBER) {
            throw malformed("number of an event");
        }
        return number;
    }

    /** When something happened, in milliseconds since 1970. */
    Instant time() throws MalformedPacketException {
        return time(varint());
    }

    /** When something happened, in milliseconds since 1970 in 48 bits. */
    Instant time48() throws MalformedPacketException {
        need(6);
        long millis = 0;
        for (int i = 0; i < 6; i++) {
            millis = (millis << 8) | (bytes[position++] & 0xff);
        }
        return time(millis);
    }

    private static Instant time(long millis) throws MalformedPacketException {
        if (millis > Limits.LATEST.toEpochMilli()) {
            throw malformed("time");
        }
        return Instant.ofEpochMilli(millis);
    }

    /** Everything that is left. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, position, bytes.length);
        position = bytes.length;
        return rest;
    }

    /** How long to wait, in milliseconds: longer than a day is no help to anybody, and none of ours says so. */
    long retryAfter() throws MalformedPacketException {
        return Math.min(varint(), LONGEST_WAIT);
    }

    /** A varint of at most {@code max}. */
    int count(int max) throws MalformedPacketException {
        long value = varint();
        if (value > max) {
            throw malformed("count");
        }
        return (int) value;
    }

    /** A figure that only tells something: what is more than {@code max} is as good as that. */
    int figure(int max) throws MalformedPacketException {
        return (int) Math.min(varint(), max);
    }

    long u64() throws MalformedPacketException {
        need(Long.BYTES);
        long value = BigEndian.readLong(bytes, position);
        position += Long.BYTES;
        return value;
    }

    MessageId id() throws MalformedPacketException {
        return new MessageId(u64(), u64());
    }

    byte[] raw(int length) throws MalformedPacketException {
        need(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /** A length and as many bytes. */
    byte[] bytes(int max) throws MalformedPacketException {
        return raw(count(max));
    }

    /** The block behind the fields of a message, which has nothing behind it; empty if the message ends here. */
    Block block() throws MalformedPacketException {
        Block block = position == bytes.length ? Block.EMPTY : Block.decode(bytes(WireLimits.MESSAGE));
        end();
        return block;
    }

    String text(int maxBytes) throws MalformedPacketException {
        String text = utf8(bytes(maxBytes));
        if (text == null) {
            throw malformed("UTF-8");
        }
        return text;
    }

    /** The text that these bytes are; null if they are none. */
    static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    UserName userName() throws MalformedPacketException {
        return userNameOrNone().orElseThrow(() -> malformed("user name"));
    }

    /** A name that may be left empty. */
    Optional<UserName> userNameOrNone() throws MalformedPacketException {
        String text = text(UserName.MAX_BYTES);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new UserName(text));
        } catch (IllegalArgumentException e) {
            throw malformed("user name");
        }
    }

    RoomName roomName() throws MalformedPacketException {
        String text = text(RoomName.MAX_BYTES);
        try {
            return new RoomName(text);
        } catch (IllegalArgumentException e) {
            throw malformed("room name");
        }
    }

    /** One of these, or the first of them in place of one that is not known: it is only something to be shown. */
    <E> E knownOf(List<E> values) throws MalformedPacketException {
        int code = u8();
        return values.get(code < values.size() ? code : 0);
    }

    /** Reads an element of a list. */
    @FunctionalInterface
    interface Element<E> {
        E read(MessageReader in) throws MalformedPacketException;
    }

    /** A number of elements, and these one after the other. */
    <E> List<E> list(Element<E> element) throws MalformedPacketException {
        int count = count(ServerMessageCodec.LIST);
        List<E> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.read(this));
        }
        return list;
    }

    /** The same of elements that are {@linkplain #entry() entries}. */
    <E> List<E> entries(Element<E> element) throws MalformedPacketException {
        return list(in -> element.read(in.entry()));
    }

    /** An entry of a list: a length, and fields of which the last ones may not be known. */
    MessageReader entry() throws MalformedPacketException {
        return new MessageReader(bytes(WireLimits.MESSAGE));
    }

    <E> E oneOf(List<E> values) throws MalformedPacketException {
        int code = u8();
        if (code >= values.size()) {
            throw malformed("enumeration");
        }
        return values.get(code);
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    void end() throws MalformedPacketException {
        if (position != bytes.length) {
            throw malformed("trailing bytes");
        }
    }

    static MalformedPacketException malformed(String what) {
        return new MalformedPacketException(what);
    }

    private void need(int count) throws MalformedPacketException {
        if (bytes.length - position < count) {
            throw malformed("truncated message");
        }
    }
}
