package io.kabar.chat.internal.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** Gives what it was told to give, in order; where a bound is asked for, the largest value below it. */
public final class ScriptedRandom implements RandomGenerator {
    private final Deque<byte[]> blocks;
    private final Deque<Long> longs;

    public ScriptedRandom(List<Long> longs, byte[]... blocks) {
        this.longs = new ArrayDeque<>(longs);
        this.blocks = new ArrayDeque<>(List.of(blocks));
    }

    @Override
    public void nextBytes(byte[] bytes) {
        byte[] block = blocks.remove();
        if (block.length != bytes.length) {
            throw new AssertionError(bytes.length + " bytes asked for, " + block.length + " prepared");
        }
        System.arraycopy(block, 0, bytes, 0, bytes.length);
    }

    @Override
    public long nextLong() {
        return longs.remove();
    }

    @Override
    public int nextInt() {
        return (int) nextLong();
    }

    @Override
    public int nextInt(int bound) {
        return bound - 1;
    }

    @Override
    public int nextInt(int origin, int bound) {
        return bound - 1;
    }
}
