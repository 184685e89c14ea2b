package io.kabar.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.InviteLink;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost:2120, 0",
        "localhost 4000, localhost:4000, 0",
        "localhost 4000 5000, localhost:4000, 5000",
        "localhost:4000, localhost:4000, 0",
        "10.0.0.7:4000, 10.0.0.7:4000, 0",
        "::1, [::1]:2120, 0",
        "::1 4000, [::1]:4000, 0",
        "[::1]:4000, [::1]:4000, 0",
        "[::1], [::1]:2120, 0",
        "kabar://demo.local, demo.local:2120, 0",
        "KABAR://[::1]:4000/ops, [::1]:4000, 0",
        "my_host, my_host:2120, 0",
        "m\u00fcnchen.example 4000, xn--mnchen-3ya.example:4000, 0",
        "m\u00fcnchen.example:4000, xn--mnchen-3ya.example:4000, 0",
        "fe80::1%eth0, [fe80::1%eth0]:2120, 0",
        "fe80::1%eth0 4000 5000, [fe80::1%eth0]:4000, 5000",
        "[fe80::1%eth0]:4000, [fe80::1%eth0]:4000, 0",
        "kabar://[fe80::1%25eth0]:4000, [fe80::1%eth0]:4000, 0",
    })
    void hosts_ports_and_links(String words, String address, int localPort) {
        Target target = Target.parse(Arrays.asList(words.split(" ")));
        assertThat(target.link().address()).isEqualTo(address);
        assertThat(target.localPort()).isEqualTo(localPort);
    }

    /** What is printed in sentences, and what is printed as a link. */
    @ParameterizedTest
    @ValueSource(strings = {"my_host", "m\u00fcnchen.example", "127.0.0.1", "::1", "fe80::1%eth0.5", "fe80::1%25"})
    void every_address_and_link_that_is_printed_can_be_pasted(String host) {
        InviteLink link = new InviteLink(
                host, 4000, Optional.of(RoomName.of("c++")), Optional.of(ServerKey.parse("A".repeat(43))));
        assertThat(Target.parse(List.of(link.toString())).link()).isEqualTo(link);
        assertThat(Target.parse(List.of(link.address())).link().address()).isEqualTo(link.address());
        assertThat(Target.parse(List.of(link.host(), "4000")).link().address()).isEqualTo(link.address());
    }

    @Test
    void the_links_room_is_where_to_go() {
        assertThat(Target.parse(List.of("kabar://h/ops")).room()).hasToString("#ops");
        assertThat(Target.parse(List.of("h")).room()).hasToString("#lobby");
    }
}
