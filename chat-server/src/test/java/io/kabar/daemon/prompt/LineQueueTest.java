package io.kabar.daemon.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineQueueTest {

    @Test
    void a_terminal_that_stands_still_holds_nobody_up_and_loses_the_newest() {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        List<String> printed = Collections.synchronizedList(new ArrayList<>());
        try (LineQueue queue = new LineQueue(line -> {
            stopped.countDown();
            awaitUninterruptibly(goesOn);
            printed.add(line);
        })) {
            queue.add("first");
            awaitUninterruptibly(stopped);
            for (int i = 0; i < LineQueue.MOST + 7; i++) {
                queue.add("line " + i);
            }
            goesOn.countDown();
        }
        assertThat(printed)
                .hasSize(LineQueue.MOST + 2)
                .startsWith("first", "line 0", "line 1")
                .endsWith("(7 lines were not shown)");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_printer_that_fails_ends_it() {
        LineQueue queue = new LineQueue(line -> {
            throw new IllegalStateException("the terminal is gone");
        });
        queue.add("a");
        queue.close();
        queue.add("b");
    }

    @Test
    void bytes_become_lines() {
        List<String> lines = new ArrayList<>();
        LineStream stream = new LineStream(StandardCharsets.UTF_8, lines::add);
        byte[] bytes = "Grüße\r\n\nhalf".getBytes(StandardCharsets.UTF_8);
        stream.write(bytes, 0, 3);
        stream.write(bytes, 3, bytes.length - 3);
        stream.write('\n');
        assertThat(lines).containsExactly("Grüße", "", "half");
    }

    @Test
    void the_foreground_is_known_whatever_the_program_is_called() {
        assertThat(Foreground.isOurs("7 (a) b (c)) S 1 42 42 34816 42 0 0")).isTrue();
        assertThat(Foreground.isOurs("7 (java) S 1 42 42 34816 41 0 0")).isFalse();
        assertThat(Foreground.isOurs("7 (java) S 1 42 42 0 -1 0 0")).isFalse();
        assertThat(Foreground.isOurs("")).isFalse();
    }
}
