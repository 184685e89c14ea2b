package io.kabar.chat.benchmark;

import io.kabar.chat.internal.crypto.PacketCipher;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sealing a packet, and opening one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketCipherBenchmark {

    private static final int HEADER = 11;

    @Param({"64", "256", "1150"})
    private int payload;

    private final PacketCipher sealing = new PacketCipher(new byte[32], new byte[12]);
    private final PacketCipher opening = new PacketCipher(new byte[32], new byte[12]);
    private final byte[] packet = new byte[1200];
    private byte[] sealed = new byte[0];
    private long number;

    @Setup
    public void seal() {
        sealed = new byte[1200];
        new PacketCipher(new byte[32], new byte[12]).seal(7, sealed, 0, HEADER, payload);
    }

    @Benchmark
    public int sealing() {
        return sealing.seal(++number, packet, 0, HEADER, payload);
    }

    /** Opens in place, so a copy of the packet is part of it. */
    @Benchmark
    public int opening() {
        System.arraycopy(sealed, 0, packet, 0, packet.length);
        return opening.open(7, packet, 0, HEADER, payload + PacketCipher.TAG_LENGTH);
    }
}
