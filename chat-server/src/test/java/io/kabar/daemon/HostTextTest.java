package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("AddressSelection") // literals, not names
class HostTextTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "::1, ::1",
        "::, ::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0db8:0:0:0:0:0:000a, 2001:db8::a",
        "1:0:0:0:0:0:0:0, 1::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
    })
    void addresses_are_written_as_short_as_they_can_be(String given, String text) throws Exception {
        assertThat(HostText.text(InetAddress.getByName(given))).isEqualTo(text);
    }

    @Test
    void the_address_others_reach_best_is_told() throws Exception {
        assertThat(likeliest("127.0.0.1", "fe80::1", "2001:db8::1", "203.0.113.5", "192.168.1.7"))
                .isEqualTo("192.168.1.7");
        assertThat(likeliest("::1", "2001:db8::1", "203.0.113.5")).isEqualTo("203.0.113.5");
        assertThat(likeliest("fe80::1", "2001:db8::1")).isEqualTo("2001:db8::1");
        assertThat(likeliest("127.0.0.1", "169.254.1.1")).isEqualTo("127.0.0.1");
    }

    @Test
    void a_bound_address_stands_for_itself() throws Exception {
        assertThat(HostText.of(InetAddress.getByName("127.0.0.1"))).isEqualTo("127.0.0.1");
        assertThat(HostText.of(InetAddress.getByName("0.0.0.0"))).isNotEqualTo("0.0.0.0");
    }

    @Test
    void a_link_local_address_carries_its_zone_and_no_other_does() throws Exception {
        byte[] local = InetAddress.getByName("fe80::1").getAddress();
        byte[] global = InetAddress.getByName("2001:db8::1").getAddress();
        assertThat(HostText.text(Inet6Address.getByAddress(null, local, 7))).isEqualTo("fe80::1%7");
        assertThat(HostText.text(Inet6Address.getByAddress(null, global, 7))).isEqualTo("2001:db8::1");
        assertThat(HostText.text(InetAddress.getByName("fe80::1"))).isEqualTo("fe80::1");
    }

    private static String likeliest(String... texts) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(InetAddress.getByName(text));
        }
        return HostText.text(HostText.likeliest(addresses));
    }
}
