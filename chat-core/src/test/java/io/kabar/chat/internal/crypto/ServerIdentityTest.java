package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdentityTest {
    private final ServerIdentity identity = ServerIdentity.generate(new SplittableRandom(1));

    @Test
    void survives_its_file() throws CryptoException {
        ServerIdentity again = ServerIdentity.parse(identity.encode());

        assertThat(again.publicKey()).isEqualTo(identity.publicKey());
        assertThat(again.keyPair().privateKey()).isEqualTo(identity.keyPair().privateKey());
        assertThat(again.derive("kabar connection ids", 32)).isEqualTo(identity.derive("kabar connection ids", 32));
    }

    @Test
    void file_is_a_comment_and_a_line_of_key() {
        assertThat(identity.encode().lines()).hasSize(2).first().asString().startsWith("# ");
        assertThat(identity.encode()).endsWith("\n");
    }

    @Test
    void file_edited_on_another_system_is_read() throws CryptoException {
        String text = "\r\n" + identity.encode().replace("\n", " \r\n") + "\r\n# the end";

        assertThat(ServerIdentity.parse(text).publicKey()).isEqualTo(identity.publicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "not base64!", "AAAA", "KEY\nKEY", "KEYA"})
    void other_files_are_refused(String text) {
        String key = Base64.getEncoder().encodeToString(identity.keyPair().privateKey());

        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> ServerIdentity.parse(text.replace("KEY", key)))
                .withMessageNotContaining(key);
    }

    @Test
    void each_label_and_each_server_has_its_own_secrets() {
        ServerIdentity other = ServerIdentity.generate(new SplittableRandom(2));

        assertThat(identity.derive("one", 32))
                .hasSize(32)
                .isNotEqualTo(identity.derive("two", 32))
                .isNotEqualTo(other.derive("one", 32));
    }

    @Test
    void text_shows_the_public_key_only() {
        assertThat(identity).hasToString("ServerIdentity[" + Fingerprint.brief(identity.publicKey()) + "]");
    }
}
