package io.kabar.chat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.simulation.CheapPasswords;
import io.kabar.chat.spi.PasswordVerifier;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CheapPasswords.class)
class JoinPasswordTest {

    private static final ServerSecret SERVER = ServerSecret.generate();

    private static ScramVerifier verifier(ServerSecret server, String password) {
        ScramVerifier verifier = new ServerBuilder().joinPassword(password).joinVerifier(server);
        assertThat(verifier).isNotNull();
        return verifier;
    }

    @Test
    void a_password_has_the_same_verifier_at_each_start_of_a_server() {
        ScramVerifier first = verifier(SERVER, "open sesame");

        assertThat(verifier(ServerSecret.parse(SERVER.encode()), "open sesame")).isEqualTo(first);
        assertThat(verifier(SERVER, "open sesam")).isNotEqualTo(first);
        assertThat(verifier(ServerSecret.generate(), "open sesame").salt()).isNotEqualTo(first.salt());
        assertThat(PasswordVerifier.fits("open sesame", first.encode())).isTrue();
    }

    private static String verifier(MemoryAccountStore store, String name) {
        return store.find(UserName.of(name)).orElseThrow().password().orElseThrow();
    }

    @Test
    void passwords_of_accounts_have_the_same_verifiers_at_each_start_of_a_server_with_an_identity() {
        Map<String, String> passwords = Map.of("ada", "open sesame", "bob", "open sesame");
        MemoryAccountStore first = MemoryAccountStore.ofPasswords(SERVER, passwords);
        MemoryAccountStore again = MemoryAccountStore.ofPasswords(ServerSecret.parse(SERVER.encode()), passwords);

        assertThat(verifier(again, "ada")).isEqualTo(verifier(first, "ada"));
        assertThat(verifier(first, "bob")).isNotEqualTo(verifier(first, "ada"));
        assertThat(PasswordVerifier.fits("open sesame", verifier(first, "bob"))).isTrue();
        assertThat(verifier(
                        MemoryAccountStore.ofPasswords(ServerSecret.generate(), Map.of("ada", "open sesame")), "ada"))
                .isNotEqualTo(verifier(first, "ada"));
    }

    @Test
    void what_is_no_password_is_refused_at_the_call() {
        assertThatThrownBy(() -> new ServerBuilder().joinPassword("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ServerBuilder().joinPassword("a\u0007"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_verifier_fits_its_own_password_only() {
        String verifier = PasswordVerifier.derive("secret", 4096);

        assertThat(PasswordVerifier.fits("secret", verifier)).isTrue();
        assertThat(PasswordVerifier.fits("Secret", verifier)).isFalse();
        assertThat(PasswordVerifier.iterations(verifier)).isEqualTo(4096);
        assertThatThrownBy(() -> PasswordVerifier.fits("secret", "nothing"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
