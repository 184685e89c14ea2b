package io.kabar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.cli.KabarProcess;
import io.kabar.cli.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    private static final UserName ADA = UserName.of("ada");

    @TempDir
    Path home;

    @Test
    void a_server_two_bots_and_you_need_nothing_and_leave_nothing() throws Exception {
        Shell shell = new Shell(home);
        shell.variables.put("USER", "ada");
        assertThat(shell.typing("good morning\n/names\n", "demo")).isZero();
        assertThat(shell.out())
                .contains("as ada", "good morning", "(accepted #")
                .contains("kancil", "gema");
        assertThat(shell.err()).isEmpty();
        try (var left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whoever_has_no_name_that_can_be_used_is_a_visitor() {
        for (String user : new String[] {"a b", "GEMA"}) {
            Shell shell = new Shell(home);
            shell.variables.put("USER", user);
            assertThat(shell.run("demo")).isZero();
            assertThat(shell.out()).contains("as visitor");
        }
    }

    /** What the client keeps when it leaves came after the folder was deleted, and stayed. */
    @Test
    @DisabledOnOs(OS.WINDOWS) // pipes with names
    void a_signal_ends_it_and_nothing_is_left_either() throws Exception {
        for (int i = 0; i < 3; i++) {
            Path here = Files.createDirectories(home.resolve("here" + i));
            Path temporary = Files.createDirectories(home.resolve("temporary" + i));
            Path pipe = home.resolve("pipe" + i);
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
            try (KabarProcess demo = new KabarProcess(here)
                    .with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary)
                    .with("USER", "ada")
                    .redirecting("0<>" + pipe)
                    .start("demo")) {
                demo.awaitOut("Welcome, ada");
                demo.terminate();
                int unused = demo.awaitExit();
                try (var left = Files.list(temporary)) {
                    assertThat(left.filter(each -> each.getFileName().toString().startsWith("kabar")))
                            .isEmpty();
                }
                assertThat(demo.err()).doesNotContain("kabar:").doesNotContain("\tat ");
            }
        }
    }

    @Test
    void the_bots_answer_people() {
        ChatEvent said = ChatEvent.of(RoomName.LOBBY, 1, Instant.EPOCH, Author.of(ADA), new Content.Said("hi", false));
        ChatEvent asked =
                ChatEvent.of(RoomName.LOBBY, 1, Instant.EPOCH, Author.of(ADA), new Content.Said("Kancil, help", false));
        assertThat(DemoCommand.echo(said)).contains("hi");
        assertThat(DemoCommand.guide(said)).isEmpty();
        assertThat(DemoCommand.guide(
                        ChatEvent.of(RoomName.LOBBY, 1, Instant.EPOCH, Author.of(ADA), new Content.Joined())))
                .get()
                .asString()
                .startsWith("Welcome, ada!");
        assertThat(DemoCommand.guide(asked)).isPresent();
        assertThat(DemoCommand.echo(asked)).isEmpty();
    }
}
