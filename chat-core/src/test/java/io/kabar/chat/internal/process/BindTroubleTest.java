package io.kabar.chat.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

@SuppressWarnings("AddressSelection") // literals, not names
class BindTroubleTest {

    private static String reason(String host, int port, String systemsWords) {
        return BindTrouble.reason(new InetSocketAddress(host, port), new BindException(systemsWords));
    }

    @Test
    void a_port_that_needs_a_right_is_not_called_taken() {
        for (String words : new String[] {"Permission denied", "Keine Berechtigung", ""}) {
            assertThat(reason("0.0.0.0", 80, words))
                    .contains("below 1024", "2120")
                    .doesNotContain("another program has");
        }
    }

    @Test
    void a_port_that_is_taken_is_called_so_also_a_low_one() {
        assertThat(reason("127.0.0.1", 2120, "Address already in use")).contains("another program has it");
        assertThat(reason("127.0.0.1", 2120, "Die Adresse wird bereits verwendet"))
                .contains("another program has it");
        assertThat(reason("::", 80, "Address already in use")).contains("another program has it");
    }

    @Test
    void an_address_of_another_machine_is_called_that_on_every_port() {
        for (int port : new int[] {80, 2120}) {
            // TEST-NET-1, RFC 5737.
            assertThat(reason("192.0.2.7", port, "Cannot assign requested address"))
                    .isEqualTo("that is no address of this machine");
        }
    }
}
