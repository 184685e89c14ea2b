package io.kabar.swing.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.InviteLink;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.swing.connect.ConnectRequest.Field;
import io.kabar.swing.connect.ConnectRequest.Incomplete;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** What the terminal, the server and this window print. */
    @ParameterizedTest
    @ValueSource(strings = {"my_host", "m\u00fcnchen.example", "127.0.0.1", "::1", "fe80::1%eth0.5", "fe80::1%25"})
    void every_address_and_link_that_is_printed_can_be_pasted(String host) {
        InviteLink link = new InviteLink(
                host, 4000, Optional.of(RoomName.of("c++")), Optional.of(ServerKey.parse("A".repeat(43))));
        RestoreChoice restore = RestoreChoice.USUAL;
        assertThat(ConnectRequest.of(link.toString(), "", "ada", "", restore).server())
                .isEqualTo(link);
        assertThat(ConnectRequest.of(link.address(), "", "ada", "", restore)
                        .server()
                        .address())
                .isEqualTo(link.address());
        assertThat(ConnectRequest.of(link.host(), "4000", "ada", "", restore)
                        .server()
                        .address())
                .isEqualTo(link.address());
    }
}
