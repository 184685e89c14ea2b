package io.kabar.chat.internal.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressCountTest {
    private final AddressCount counts = new AddressCount(2, 3, 40);

    @Test
    void address_has_so_many_sessions_and_another_one_as_many() throws UnknownHostException {
        assertThat(take("192.0.2.1", 3)).isEqualTo(2);
        assertThat(take("192.0.2.2", 3)).isEqualTo(2);
        counts.remove(AddressPrefixes.of(InetAddress.getByName("192.0.2.1")));
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

    @Test
    void network_has_a_few_times_what_an_address_has() throws UnknownHostException {
        int of48 = 0;
        int of24 = 0;
        for (int i = 0; i < 256; i++) {
            of48 += take("2001:db8:7:" + Integer.toHexString(i * 256) + "::1", 2);
            of24 += take("198.51.100." + i, 2);
        }
        assertThat(of48).isEqualTo(16 * 2);
        assertThat(of24).isEqualTo(16 * 2);
        for (int i = 0; i < 256; i++) {
            of48 += take("2001:db8:8:" + Integer.toHexString(i) + "::1", 2);
        }
        assertThat(of48 - 32).as("of one /56").isEqualTo(4 * 2);
    }

    /** Eight /48 lie in one /45, and a /29 is not hard to get. */
    @Test
    void provider_has_what_sixteen_networks_have_and_a_private_network_has_none() throws UnknownHostException {
        AddressCount many = new AddressCount(1, 1, 1_000_000);
        int of32 = 0;
        int of16 = 0;
        int ofPrivate = 0;
        for (int net = 0; net < 64; net++) {
            for (int i = 0; i < 32; i++) {
                String v6 = "2001:db8:" + Integer.toHexString(net) + ":" + Integer.toHexString(i * 256) + "::1";
                of32 += many.tryAdd(AddressPrefixes.of(InetAddress.getByName(v6))) ? 1 : 0;
                String v4 = "198.51." + net + "." + i;
                of16 += many.tryAdd(AddressPrefixes.of(InetAddress.getByName(v4))) ? 1 : 0;
                String office = "10.1." + net + "." + i;
                ofPrivate += many.tryAdd(AddressPrefixes.of(InetAddress.getByName(office))) ? 1 : 0;
            }
        }
        assertThat(of32).isEqualTo(256);
        assertThat(of16).isEqualTo(256);
        assertThat(ofPrivate).isEqualTo(64 * 16);
    }

    @Test
    void no_network_has_more_than_its_part_of_all() throws UnknownHostException {
        int taken = 0;
        for (int i = 0; i < 256; i++) {
            taken += take("10.0.0." + i, 3);
        }
        assertThat(taken).isEqualTo(40);
        assertThat(take("10.0.1.1", 3)).isEqualTo(3);
    }

    @Test
    void ipv4_address_in_ipv6_clothes_is_the_same_address() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};
        AddressPrefixes dressed = AddressPrefixes.of(Inet6Address.getByAddress("host", mapped, 1));
        assertThat(counts.tryAdd(dressed)).isTrue();
        assertThat(take("64:ff9b::192.0.2.1", 3)).isEqualTo(1);
        assertThat(take("192.0.2.1", 3)).isZero();
        assertThat(take("64:ff9b::192.0.2.2", 3)).isEqualTo(2);
        counts.remove(dressed);
        assertThat(take("192.0.2.1", 3)).isEqualTo(1);
    }

    /** How many of so many sessions the address gets. */
    private int take(String address, int wanted) throws UnknownHostException {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += counts.tryAdd(AddressPrefixes.of(InetAddress.getByName(address))) ? 1 : 0;
        }
        return taken;
    }
}
