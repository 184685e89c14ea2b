package io.kabar.chat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OwnAddressTest {

    private final OwnAddress own = new OwnAddress();

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void whoever_has_the_same_address_has_not_moved() throws Exception {
        assertThat(own.isAnother(address("192.0.2.1"))).as("the first").isFalse();
        assertThat(own.isAnother(address("192.0.2.1"))).isFalse();
    }

    @Test
    void another_address_is_told_once() throws Exception {
        assertThat(own.isAnother(address("192.0.2.1"))).isFalse();
        assertThat(own.isAnother(address("198.51.100.7"))).isTrue();
        assertThat(own.isAnother(address("198.51.100.7"))).isFalse();
        assertThat(own.isAnother(address("2001:db8::1"))).isTrue();
        assertThat(own.isAnother(address("192.0.2.1"))).isTrue();
    }

    @Test
    void what_is_not_known_is_no_move_and_nothing_is_forgotten() throws Exception {
        assertThat(own.isAnother(address("192.0.2.1"))).isFalse();
        for (InetAddress unknown : new InetAddress[] {null, address("0.0.0.0"), address("::")}) {
            assertThat(own.isAnother(unknown)).isFalse();
            assertThat(own.isAnother(address("192.0.2.1"))).isFalse();
        }
        assertThat(own.isAnother(null)).isFalse();
        assertThat(own.isAnother(address("192.0.2.2"))).isTrue();
    }
}
