package io.kabar.swing.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SignInFailureTest {

    private static final Path KNOWN = Path.of("known_servers");

    @Test
    void changed_key_is_told_with_both_fingerprints_and_what_to_do() {
        ChatException changed = ChatException.of(
                Refusal.SERVER_KEY_CHANGED, "The server's key has changed: AAAA was expected, BBBB was shown.", null);

        assertThat(sentence(changed, "localhost"))
                .contains("AAAA", "BBBB", "remove the line of localhost:2120 from known_servers");
        assertThat(sentence(changed, "kabar://localhost#" + "A".repeat(43))).contains("a new invitation");
    }

    @Test
    void silence_is_told_with_the_address() {
        assertThat(sentence(ChatException.of(Refusal.UNREACHABLE), "localhost")).contains("localhost:2120");
    }

    @Test
    void host_that_does_not_exist_is_told_as_such() {
        String told = "There is no host named nowhere.";
        assertThat(sentence(ChatException.of(Refusal.UNREACHABLE, told, null), "nowhere"))
                .isEqualTo(told);
    }

    @Test
    void missing_password_is_not_called_wrong() {
        assertThat(sentence(ChatException.of(Refusal.WRONG_PASSWORD), "localhost"))
                .isEqualTo("The server asks for a password.");
    }

    @Test
    void what_is_to_be_mended_is_named() {
        assertThat(failure(ChatException.of(Refusal.WRONG_PASSWORD), "localhost")
                        .field())
                .isEqualTo(ConnectRequest.Field.PASSWORD);
        assertThat(failure(ChatException.of(Refusal.NAME_TAKEN), "localhost").field())
                .isEqualTo(ConnectRequest.Field.NAME);
        assertThat(failure(ChatException.of(Refusal.TIMED_OUT), "localhost").field())
                .isEqualTo(ConnectRequest.Field.SERVER);
    }

    private static String sentence(Throwable failure, String server) {
        return failure(failure, server).sentence();
    }

    private static SignInFailure failure(Throwable failure, String server) {
        ConnectRequest request = ConnectRequest.of(server, "", "ada", "", RestoreChoice.NONE);
        return SignInFailure.of(new CompletionException(failure), request, KNOWN);
    }
}
