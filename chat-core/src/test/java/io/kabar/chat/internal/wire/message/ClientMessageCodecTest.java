package io.kabar.chat.internal.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.internal.wire.VarInt;
import org.junit.jupiter.api.Test;

class ClientMessageCodecTest {

    @Test
    void attempts_can_be_counted_on() throws Exception {
        ClientMessage.Say last = say(ClientMessageCodec.ATTEMPTS);
        assertThat(ClientMessageCodec.decode(1, ClientMessageCodec.encode(last)))
                .isEqualTo(last);
        assertThat(VarInt.size(last.attempt() + 1)).isEqualTo(8);

        byte[] beyond = ClientMessageCodec.encode(say(VarInt.MAX));
        assertThat(ClientMessageCodec.decode(1, beyond)).isInstanceOf(ClientMessage.Unfit.class);
    }

    private static ClientMessage.Say say(long attempt) {
        return new ClientMessage.Say(attempt, new MessageId(1, 2), new Content.Said("hello", false));
    }
}
