package io.kabar.storage.csv.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What people say stops before the disk is full. */
class FreeSpaceTest {

    private static final long GIB = 1024L * 1024 * 1024;

    private long usable;
    private long total = 100 * GIB;
    private int questions;
    private long now = Long.MAX_VALUE - 10; // a clock that runs over
    private boolean answers = true;

    private final FreeSpace space = new FreeSpace(
            new FreeSpace.Disk() {
                @Override
                public long usable() throws IOException {
                    questions++;
                    if (!answers) {
                        throw new IOException("gone");
                    }
                    return usable;
                }

                @Override
                public long total() {
                    return total;
                }
            },
            () -> now);

    private boolean isLow(long bytes) {
        usable = bytes;
        now += 2_000_000_000L;
        return space.isLow();
    }

    @Test
    void a_reserve_stays_free_and_a_small_disk_has_a_small_one() {
        assertThat(isLow(FreeSpace.RESERVE)).isFalse();
        assertThat(isLow(FreeSpace.RESERVE - 1)).isTrue();
        assertThat(isLow(FreeSpace.RESERVE))
                .as("it does not go on and stop all the time")
                .isTrue();
        assertThat(isLow(FreeSpace.RESERVE / 8 * 9))
                .as("after somebody has cleared up")
                .isFalse();
        total = 1_000_000;
        assertThat(isLow(50_000)).isFalse();
        assertThat(isLow(49_999)).isTrue();
    }

    @Test
    void the_system_is_asked_once_a_second() {
        isLow(GIB);
        for (int i = 0; i < 1000; i++) {
            assertThat(space.isLow()).isFalse();
        }
        assertThat(questions).isOne();
    }

    @Test
    void a_disk_that_does_not_tell_is_written_to() {
        answers = false;
        assertThat(isLow(0)).isFalse();
    }
}
