package io.kabar.chat.internal.connection.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteWindowTest {
    @Test
    void behaves_as_one_endless_array() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] stream = new byte[20_000];
            random.nextBytes(stream);
            ByteWindow window = new ByteWindow();
            while (window.start() < stream.length - 3000) {
                int at = (int) window.start() + random.nextInt(1500);
                int length = random.nextInt(1, 1000);
                window.put(at, stream, at, length);
                // What lies before was skipped, and is filled in as a retransmission would.
                window.put(window.start(), stream, (int) window.start(), (int) (window.end() - window.start()));
                int from = (int) window.start() + random.nextInt(window.length());
                byte[] read = new byte[(int) window.end() - from];
                window.get(from, read, 0, read.length);
                assertThat(read).as("seed " + seed).isEqualTo(Arrays.copyOfRange(stream, from, from + read.length));
                int run = window.contiguous(from, read.length);
                assertThat(run).isPositive();
                assertThat(window.array()[window.index(from) + run - 1]).isEqualTo(stream[from + run - 1]);
                window.dropBefore(window.start() + random.nextInt(window.length() + 1));
            }
        }
    }

    @Test
    void keeps_what_it_holds_wherever_in_the_ring_it_grows() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] stream = new byte[4000];
            random.nextBytes(stream);
            ByteWindow window = new ByteWindow();
            for (int i = 0; i < 100 && window.end() < 3000; i++) {
                window.put(window.end(), stream, (int) window.end(), random.nextInt(1, 200));
                int from = (int) window.start();
                byte[] held = new byte[window.length()];
                window.get(from, held, 0, held.length);
                assertThat(held).as("seed " + seed).isEqualTo(Arrays.copyOfRange(stream, from, (int) window.end()));
                assertThat(window.get(from)).isEqualTo(stream[from]);
                window.dropBefore(from + random.nextInt(window.length()));
            }
        }
    }

    @Test
    void array_is_the_power_of_two_that_suffices_for_what_is_held() {
        ByteWindow window = new ByteWindow();
        int[][] sizes = {{1, 64}, {64, 64}, {65, 128}, {128, 128}, {129, 256}, {256, 256}};
        for (int[] size : sizes) {
            window = new ByteWindow();
            window.put(0, new byte[size[0]], 0, size[0]);
            assertThat(window.array()).as("%d bytes", size[0]).hasSize(size[1]);
        }
        window.dropBefore(256);
        assertThat(window.array()).as("kept for the next small message").hasSize(256);
        window.put(256, new byte[256], 0, 256);
        assertThat(window.array()).as("what was dropped takes no space").hasSize(256);
    }

    @Test
    void gives_a_large_array_back() {
        ByteWindow window = new ByteWindow();
        window.put(0, new byte[5000], 0, 5000);
        assertThat(window.array()).hasSize(8192);
        window.dropBefore(5000);
        assertThat(window.array()).isEmpty();
    }

    /** What a peer can make a receiver hold of a lane: all of a message but its end, and a window ahead of that. */
    @Test
    void unfinished_message_and_what_may_come_ahead_of_it_fit_64_kib() {
        ByteWindow window = new ByteWindow();
        byte[] unfinished = new byte[VarInt.size(WireLimits.MESSAGE) + WireLimits.MESSAGE - 1];
        window.put(0, unfinished, 0, unfinished.length);
        window.put(unfinished.length + WireLimits.LANE_WINDOW - 1L, new byte[1], 0, 1);

        assertThat(window.array()).hasSize(64 * 1024);
    }
}
