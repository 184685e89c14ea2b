package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.daemon.DaemonSettings.Admission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {

    /** In the form of those that a server makes, which cost few rounds. */
    private static final String GIVEN = "lusab-babad-gutih-tugad";

    private static final String OTHER = "babad-lusab-tugad-gutih";

    /** Costs many rounds, as nobody knows how well it was thought of. */
    private static final String THOUGHT_OF = "open sesame";

    @TempDir
    Path parent;

    private DaemonSettings settings() {
        return DaemonSettings.standard()
                .withData(parent.resolve("data"))
                .withBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static Daemon start(DaemonSettings settings) throws IOException {
        return Daemon.start(settings, new ChatServerListener() {});
    }

    @Test
    void the_first_start_makes_a_key_and_a_password_and_later_ones_keep_them() throws Exception {
        String link;
        String verifier;
        try (Daemon daemon = start(settings())) {
            assertThat(daemon.joinPassword()).isPresent();
            link = daemon.invitation().key().orElseThrow().text();
            verifier = Files.readString(parent.resolve("data/join.verifier"));
            assertThat(verifier)
                    .startsWith("SCRAM-SHA-256$")
                    .doesNotContain(daemon.joinPassword().get());
        }
        try (Daemon daemon = start(settings())) {
            assertThat(daemon.joinPassword()).isEmpty();
            assertThat(daemon.invitation().key().orElseThrow().text()).isEqualTo(link);
            assertThat(parent.resolve("data/join.verifier")).hasContent(verifier);
        }
        try (Daemon daemon = start(settings().withAdmission(new Admission.Password(GIVEN)))) {
            assertThat(daemon.joinPassword()).isEmpty();
            assertThat(Files.readString(parent.resolve("data/join.verifier"))).isNotEqualTo(verifier);
        }
    }

    private String verifierAfterStart(String password) throws IOException {
        start(settings().withAdmission(new Admission.Password(password))).close();
        return Files.readString(parent.resolve("data/join.verifier"));
    }

    @Test
    void a_given_password_keeps_its_verifier_as_long_as_it_is_the_same() throws Exception {
        String first = verifierAfterStart(GIVEN);

        assertThat(verifierAfterStart(GIVEN)).isEqualTo(first);
        Files.writeString(parent.resolve("data/join.verifier"), "\uFEFF" + first.strip());
        assertThat(verifierAfterStart(GIVEN).strip().replace("\uFEFF", "")).isEqualTo(first.strip());
        String other = verifierAfterStart(OTHER);
        assertThat(other).isNotEqualTo(first);
        assertThat(PasswordVerifier.fits(OTHER, other.strip())).isTrue();
        start(settings()).close();
        assertThat(parent.resolve("data/join.verifier")).hasContent(other);
    }

    @Test
    void the_password_of_the_first_start_may_be_given_at_the_next() throws Exception {
        String made;
        try (Daemon daemon = start(settings())) {
            made = daemon.joinPassword().orElseThrow();
        }
        String verifier = Files.readString(parent.resolve("data/join.verifier"));

        assertThat(verifierAfterStart(made)).isEqualTo(verifier);
    }

    @Test
    void a_verifier_that_is_weak_or_damaged_is_made_anew_of_a_given_password() throws Exception {
        Path file = parent.resolve("data/join.verifier");
        start(settings()).close();
        Files.writeString(file, PasswordVerifier.derive(THOUGHT_OF, 4096));
        String slow = verifierAfterStart(THOUGHT_OF);
        assertThat(PasswordVerifier.iterations(slow.strip())).isEqualTo(PasswordVerifier.ITERATIONS);
        assertThat(verifierAfterStart(THOUGHT_OF)).as("it fits").isEqualTo(slow);
        for (String kept : List.of(PasswordVerifier.derive(GIVEN, 4096), "nothing", "")) {
            Files.writeString(file, kept);
            String verifier = verifierAfterStart(GIVEN).strip();
            assertThat(PasswordVerifier.iterations(verifier)).isEqualTo(10_000);
            assertThat(PasswordVerifier.fits(GIVEN, verifier)).isTrue();
        }
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'S', 0});
        assertThat(verifierAfterStart(GIVEN)).startsWith("SCRAM-SHA-256$");
    }

    @Test
    void an_open_server_has_no_password() throws Exception {
        try (Daemon daemon = start(settings().withAdmission(new Admission.Open()))) {
            assertThat(daemon.joinPassword()).isEmpty();
            assertThat(parent.resolve("data/join.verifier")).doesNotExist();
            assertThat(daemon.invitation().toString()).matches("kabar://127\\.0\\.0\\.1:\\d+#[\\w-]{43}");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobody_else_may_read_anything_it_keeps() throws Exception {
        start(settings()).close();

        try (Stream<Path> files = Files.walk(parent.resolve("data"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_taken_port_is_told_and_the_folder_is_free_again() throws Exception {
        try (Daemon daemon = start(settings())) {
            DaemonSettings same = settings()
                    .withData(parent.resolve("other"))
                    .withBind(daemon.server().address());

            assertThatThrownBy(() -> start(same))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + daemon.server().address().getPort());
            assertThat(parent.resolve("other/join.verifier"))
                    .as("a password nobody was told")
                    .doesNotExist();
            start(same.withBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                    .close();
        }
    }

    @Test
    void damaged_secrets_are_told() throws Exception {
        start(settings()).close();
        Path key = parent.resolve("data/server.key");
        Path verifier = parent.resolve("data/join.verifier");
        String kept = Files.readString(key);
        Files.writeString(key, "nothing");

        assertThatThrownBy(() -> start(settings()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("server.key");
        Files.writeString(key, kept);
        Files.writeString(verifier, "nothing");
        assertThatThrownBy(() -> start(settings()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("join.verifier");
        assertThat(kept).isNotEmpty();
    }

    @Test
    void closing_twice_is_closing_once() throws Exception {
        Daemon daemon = start(settings());
        daemon.close();
        daemon.close();

        daemon.awaitStop();
    }
}
