package io.kabar.chat.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressCountTest {
    private final AddressCount counts = new AddressCount(2, 3);

    @Test
    void address_has_so_many_sessions_and_another_one_as_many() throws UnknownHostException {
        assertThat(take("192.0.2.1", 3)).isEqualTo(2);
        assertThat(take("192.0.2.2", 3)).isEqualTo(2);
        counts.remove(InetAddress.getByName("192.0.2.1"));
        assertThat(take("192.0.2.1", 3)).isEqualTo(1);
    }

    @Test
    void ipv6_subscriber_is_one_address_whatever_comes_behind_the_64th_bit() throws UnknownHostException {
        assertThat(take("2001:db8:1:2::1", 1)).isEqualTo(1);
        assertThat(take("2001:db8:1:2:ffff::9", 5)).isEqualTo(1);
        assertThat(take("2001:db8:1:3::1", 5)).isEqualTo(2);
    }

    @Test
    void private_address_may_stand_for_an_office() throws UnknownHostException {
        for (String address : new String[] {"10.1.2.3", "192.168.0.1", "127.0.0.1", "::1", "fd00::1", "fe80::1"}) {
            assertThat(take(address, 9)).as(address).isEqualTo(3);
        }
        for (String address : new String[] {"192.0.2.9", "2001:db8::1", "172.32.0.1"}) {
            assertThat(take(address, 9)).as(address).isEqualTo(2);
        }
    }

    /** How many of so many sessions the address gets. */
    private int take(String address, int wanted) throws UnknownHostException {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += counts.tryAdd(InetAddress.getByName(address)) ? 1 : 0;
        }
        return taken;
    }
}
