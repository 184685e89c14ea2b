package io.kabar.chat.internal.server.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote. Throws a {@link java.nio.BufferUnderflowException} where bytes are missing. */
final class StateReader {

    private final ByteBuffer bytes;

    StateReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int readUnsignedByte() {
        return bytes.get() & 0xff;
    }

    int readInt() {
        return bytes.getInt();
    }

    long readLong() {
        return bytes.getLong();
    }

    String readText() {
        int length = readInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("a text is cut off");
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }
}
