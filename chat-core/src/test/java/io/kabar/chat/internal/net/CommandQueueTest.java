package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandQueueTest {

    @Test
    void command_that_meets_a_defect_keeps_no_other_waiting() {
        CommandQueue commands = new CommandQueue(() -> {});
        List<String> done = new ArrayList<>();
        commands.add(() -> done.add("one"));
        commands.add(() -> {
            throw new IllegalStateException("a bug");
        });
        commands.add(() -> done.add("three"));

        commands.runSome(10, e -> done.add(e.getMessage()));

        assertThat(done).containsExactly("one", "a bug", "three");
        assertThat(commands.isEmpty()).isTrue();
    }
}
