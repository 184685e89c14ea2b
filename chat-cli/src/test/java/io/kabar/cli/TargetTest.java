package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    })
    void hosts_ports_and_links(String words, String address, int localPort) {
        Target target = Target.parse(Arrays.asList(words.split(" ")));
        assertThat(target.link().address()).isEqualTo(address);
        assertThat(target.localPort()).isEqualTo(localPort);
    }

    @Test
    void the_links_room_is_where_to_go() {
        assertThat(Target.parse(List.of("kabar://h/ops")).room()).hasToString("#ops");
        assertThat(Target.parse(List.of("h")).room()).hasToString("#lobby");
    }
}
