package io.kabar.chat.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7/32, 192.0.2.7",
        "192.0.2.7/24, 192.0.2.0/24",
        "10.1.2.3/8, 10.0.0.0/8",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:DB8::/32, 2001:db8::/32",
        "2001:db8::1/128, 2001:db8:0:0::/64",
        "2001:db8:1:2ff::/56, 2001:db8:1:200::/56",
        "::1, 0:0:0:0::/64",
        "fe80::, fe80:0:0:0::/64"
    })
    void what_people_write_is_read_and_written_in_one_form(String typed, String form) {
        assertThat(Network.parse(typed)).hasToString(form);
        assertThat(Network.parse(form)).isEqualTo(Network.parse(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "example.org",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.7/",
                "192.0.2.7/33",
                "192.0.2.7/a",
                "192.0.2.7/24/24",
                "1.2.3.4.5",
                "-1.2.3.4",
                "2001:db8",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "2001:db8::/129",
                ":1:2:3:4:5:6:7"
            })
    void what_is_no_network_is_refused_with_a_sentence(String typed) {
        assertThatThrownBy(() -> Network.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("That is no address and no network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7/7", "0.0.0.0/0", "2001::/15"})
    void what_is_half_the_world_is_refused(String typed) {
        assertThatThrownBy(() -> Network.parse(typed)).hasMessageContaining("has a prefix of");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.0/24, ::ffff:192.0.2.1, true",
        "192.0.2.0/24, 64:ff9b::192.0.2.1, true",
        "2001:db8:1::/48, 2001:db8:1:ffff::1, true",
        "2001:db8:1::/48, 2001:db8:2::1, false",
        "0.0.0.0/8, ::1, false"
    })
    void an_address_lies_in_a_network_in_whatever_clothes(String network, String address, boolean inside)
            throws UnknownHostException {
        assertThat(Network.parse(network).contains(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }

    @Test
    void a_network_lies_in_a_wider_one() {
        Network wide = Network.parse("192.0.0.0/16");
        Network narrow = Network.parse("192.0.2.0/24");
        assertThat(wide.contains(narrow)).isTrue();
        assertThat(narrow.contains(wide)).isFalse();
        assertThat(narrow.widened(16)).isEqualTo(wide);
    }
}
