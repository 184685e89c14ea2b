package io.kabar.chat.internal.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.crypto.ConnectionIds;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.server.EndpointRig;
import io.kabar.chat.internal.wire.Packet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressValidatorTest {

    private final Random random = new Random(3);
    private final ServerIdentity identity = ServerIdentity.generate(random);
    private final AddressValidator addressValidator =
            new AddressValidator(identity, new ConnectionIds(identity.derive("kabar connection ids", 32)), random);

    @Test
    void flood_of_first_words_leaves_room_for_answers_to_those_who_are_proven() {
        Packet.Hello hello = new Packet.Hello(Packet.VERSION_2, 1, new byte[Packet.KEY_LENGTH]);
        Packet.Hello foreign = new Packet.Hello(1, 1, new byte[0]);
        for (int i = 0; i < 5000; i++) {
            addressValidator.hello(EndpointRig.address(1, 1 + i), i % 2 == 0 ? hello : foreign, 0);
        }
        int flooded = addressValidator.waiting();
        addressValidator.answer(EndpointRig.address(2, 1), new Packet.Reply(Packet.VERSION_2, 1, new byte[64]));

        assertThat(flooded).isPositive();
        assertThat(addressValidator.waiting()).isEqualTo(flooded + 1);
    }
}
