package io.kabar.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final Throttle throttle = new Throttle(Duration.ofSeconds(1), now::get);
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
}
