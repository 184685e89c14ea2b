package io.kabar.chat.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Fixed-size integers in network byte order. */
public final class BigEndian {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    public static long readLong(byte[] data, int offset) {
        return (long) LONG.get(data, offset);
    }

    public static void writeLong(byte[] out, int offset, long value) {
        LONG.set(out, offset, value);
    }

    public static int readInt(byte[] data, int offset) {
        return (int) INT.get(data, offset);
    }

    public static void writeInt(byte[] out, int offset, int value) {
        INT.set(out, offset, value);
    }

    public static int readShort(byte[] data, int offset) {
        return (data[offset] & 0xff) << 8 | (data[offset + 1] & 0xff);
    }

    public static void writeShort(byte[] out, int offset, int value) {
        out[offset] = (byte) (value >>> 8);
        out[offset + 1] = (byte) value;
    }
}
