package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestCallsTest {

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private boolean takes = true;
    private final NewestCalls<String, Integer> calls = new NewestCalls<>(call -> takes && waiting.add(call));

    private void tell(String kind, int value) {
        calls.tell(kind, value, newest -> told.add(kind + newest));
    }

    private void makeCalls() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Test
    void of_each_kind_one_call_waits_and_tells_the_newest() {
        for (int i = 1; i <= 1000; i++) {
            tell("a", i);
            tell("b", -i);
        }
        assertThat(waiting).hasSize(2);
        makeCalls();
        assertThat(told).containsExactly("a1000", "b-1000");

        tell("a", 1001);
        makeCalls();
        assertThat(told).endsWith("a1001");
    }

    @Test
    void what_was_not_taken_keeps_nothing_back() {
        takes = false;
        tell("a", 1);
        takes = true;
        tell("a", 2);
        makeCalls();

        assertThat(told).containsExactly("a2");
    }
}
