package io.kabar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done when a signal ends the demo. */
class DemoFolderTest {

    private final List<String> done = new ArrayList<>();

    @Test
    @SuppressWarnings("try") // the first task stands for whoever leaves the demo
    void every_task_is_done_the_newest_first_whatever_another_throws_and_a_late_one_at_once() throws Exception {
        try (DemoFolder folder = new DemoFolder()) {
            folder.beforeItGoes(() -> {
                done.add("first");
                folder.close();
            });
            folder.beforeItGoes(() -> {
                folder.beforeItGoes(() -> done.add("late"));
                throw new IllegalStateException("no");
            });
            folder.beforeItGoes(() -> {
                throw new AssertionError("no");
            });
            folder.beforeItGoes(() -> done.add("last"));
            folder.end();
            folder.beforeItGoes(() -> done.add("later"));
        }
        assertThat(done).containsExactly("last", "late", "first", "later");
    }
}
