package io.kabar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

    @TempDir
    private Path folder;

    @Test
    void server_client_and_bot_of_the_examples_talk_to_each_other() throws Exception {
        try (Program server = new Program(folder, EmbeddedServer.class, "0")) {
            String link = server.awaitLine("kabar://");
            try (Program bot = new Program(folder, EchoBot.class, link, "open sesame")) {
                bot.awaitLine("listening as echo");
                try (Program client = new Program(folder, EmbeddedClient.class, link)) {
                    assertThat(client.awaitLine("Receipt")).contains("#lobby").contains("sequence=3");
                    assertThat(client.awaitExit()).isZero();
                }
                assertThat(server.awaitLine("Said")).contains("text=hello");
                server.awaitLine("Left");
                try (Talker talker = new Talker(link)) {
                    talker.say("echo: good morning");
                    assertThat(server.awaitLine("author=echo, ref=0, content=Said[text="))
                            .contains("good morning");
                    talker.whisper("echo", "echo: just between us");
                    assertThat(server.awaitLine("text=just between us")).contains("room=@", "author=echo");
                    talker.say("echo: QUIT");
                    assertThat(bot.awaitLine("signed out")).isNotEmpty();
                    assertThat(bot.awaitExit()).isZero();
                }
            }
        }
    }
}
