package io.kabar.swing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.RoomName;
import io.kabar.swing.ConnectRequest.Field;
import io.kabar.swing.ConnectRequest.Incomplete;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectRequestTest {

    @ParameterizedTest
    @CsvSource({
        "chat.example.org, 2120, chat.example.org:2120",
        "chat.example.org, '', chat.example.org:2120",
        "chat.example.org:4000, 2120, chat.example.org:4000",
        "::1, 2120, [::1]:2120",
        "[::1], 2120, [::1]:2120",
        "[::1]:4000, 2120, [::1]:4000",
        "kabar://chat.example.org:4000, 2120, chat.example.org:4000",
    })
    void address_is_read_as_people_type_it(String server, String port, String address) {
        assertThat(request(server, port, "ada").server().address()).isEqualTo(address);
    }

    @Test
    void invitation_brings_its_room() {
        assertThat(request("kabar://localhost/ops", "", "ada").room()).isEqualTo(RoomName.of("ops"));
        assertThat(request("localhost", "", "ada").room()).isEqualTo(RoomName.LOBBY);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 2120, ada, SERVER",
        "two words, 2120, ada, SERVER",
        "kabar://, 2120, ada, SERVER",
        "localhost, 0, ada, PORT",
        "localhost, 65536, ada, PORT",
        "localhost, x, ada, PORT",
        "localhost, 2120, '', NAME",
        "localhost, 2120, a b, NAME",
    })
    void what_is_wrong_names_its_field_in_a_sentence(String server, String port, String name, Field field) {
        assertThatThrownBy(() -> request(server, port, name)).isInstanceOfSatisfying(Incomplete.class, e -> {
            assertThat(e.field()).isEqualTo(field);
            assertThat(e.sentence()).endsWith(".");
        });
    }

    @Test
    void password_is_not_in_its_text() {
        assertThat(ConnectRequest.of("localhost", "", "ada", "open sesame", RestoreChoice.NONE))
                .asString()
                .doesNotContain("sesame");
    }

    private static ConnectRequest request(String server, String port, String name) {
        return ConnectRequest.of(server, port, name, "", RestoreChoice.USUAL);
    }
}
