package io.kabar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredServerTest {

    @TempDir
    private Path folder;

    @Test
    void the_server_keeps_rooms_and_accounts_in_its_folder() throws Exception {
        Path data = folder.resolve("data");
        try (Program server = new Program(folder, StoredServer.class, data.toString());
                Talker talker = new Talker(server.awaitLine("kabar://"))) {
            talker.say("hello");
        }
        assertThat(data.resolve("server.key")).exists();
        assertThat(data.resolve("users.csv")).content().contains("talker");
        assertThat(data.resolve("rooms/lobby/messages-000000000001.csv"))
                .content()
                .contains("hello");
    }
}
