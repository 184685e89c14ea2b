package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.server.ChatServerListener;
import io.kabar.storage.csv.folder.RetentionRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that a server of version 0.1 has written; its logs and accounts are tested with their storage. */
class FirstVersionTest {

    private static final Path FROZEN = Path.of("..", "storage", "csv", "src", "test", "resources", "folder-0.1");

    @TempDir
    Path parent;

    private Path data = Path.of("");

    @BeforeEach
    void a_copy() throws IOException {
        data = parent.resolve("data");
        try (Stream<Path> all = Files.walk(FROZEN)) {
            for (Path each : all.toList()) {
                Files.copy(each, data.resolve(FROZEN.relativize(each).toString()));
            }
        }
    }

    @Test
    void a_server_starts_on_it_under_the_same_key() throws IOException {
        DaemonSettings settings = DaemonSettings.standard()
                .withData(data)
                .withBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withHistory(RetentionRules.FOREVER);
        String key;
        try (Daemon daemon = Daemon.start(settings, new ChatServerListener() {})) {
            assertThat(daemon.joinPassword()).isEmpty();
            key = daemon.server().key().text();
        }
        try (Daemon daemon = Daemon.start(settings, new ChatServerListener() {})) {
            assertThat(daemon.server().key().text()).isEqualTo(key);
        }
        assertThat(data.resolve("format")).hasContent("kabar 3");
    }
}
