package io.kabar.chat.internal.server.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the bytes of a snapshot; numbers are big-endian. */
final class StateWriter {

    private byte[] bytes = new byte[256];
    private int length;

    void writeByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    void writeInt(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            writeByte(value >>> shift);
        }
    }

    void writeLong(long value) {
        writeInt((int) (value >>> 32));
        writeInt((int) value);
    }

    void writeText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        writeInt(encoded.length);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
