package io.kabar.storage.csv.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final Throttle throttle = new Throttle(Duration.ofSeconds(1), 1, now::get);
    private final List<String> lines = new ArrayList<>();

    @Test
    void one_line_a_second_of_each_kind_counts_the_others() {
        throttle.line("a", "first", lines::add);
        throttle.line("a", "held", lines::add);
        throttle.line("b", "other kind", lines::add);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
        throttle.line("a", "held", lines::add);
        now.incrementAndGet();
        throttle.line("a", "next", lines::add);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        throttle.line("a", "alone", lines::add);

        assertThat(lines)
                .containsExactly("first", "other kind", "next (2 more like this since the last line)", "alone");
    }

    @Test
    void some_lines_at_once_and_then_one_a_second() {
        Throttle bursts = new Throttle(Duration.ofSeconds(1), 3, now::get);
        for (int i = 1; i <= 100; i++) {
            bursts.line("a", "line " + i, lines::add);
        }
        assertThat(lines).containsExactly("line 1", "line 2", "line 3");
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        for (int i = 101; i <= 200; i++) {
            bursts.line("a", "line " + i, lines::add);
        }
        assertThat(lines)
                .containsExactly(
                        "line 1", "line 2", "line 3", "line 101 (97 more like this since the last line)", "line 102");
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        for (int i = 201; i <= 300; i++) {
            bursts.line("a", "line " + i, lines::add);
        }
        assertThat(lines).hasSize(8);
    }
}
