package io.kabar.chat.internal.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Presence;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.rules.RoomRole;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, a message decodes to one that can be encoded, or to {@link MalformedPacketException}. */
class MessageFuzzTest {
    private static final int ROUNDS = 30_000;
    private static final RoomName LOBBY = RoomName.LOBBY;

    private static final List<byte[]> FROM_CLIENTS = List.of(
            ClientMessageCodec.encode(login()),
            ClientMessageCodec.encode(new ClientMessage.Resume(login(), new byte[72], new byte[32])),
            ClientMessageCodec.encode(new ClientMessage.Resume(login(), new byte[0], new byte[32])),
            ClientMessageCodec.encode(
                    new ClientMessage.Resume(login(), new byte[WireLimits.RESUME_TICKET], new byte[32])),
            ClientMessageCodec.encode(new ClientMessage.LoginProof(new byte[32], new byte[32])),
            ClientMessageCodec.encode(new ClientMessage.Join(
                    ClientMessage.Target.room("lobby"), JoinHistory.last(50), 1024, new byte[0])),
            ClientMessageCodec.encode(
                    new ClientMessage.Request(2, new Query.History(LOBBY, HistoryRange.before(951, 100)))),
            ClientMessageCodec.encode(new ClientMessage.Request(7, new Query.Search(LOBBY, 0, "green tea"))),
            ClientMessageCodec.encode(new ClientMessage.Say(3, new MessageId(1, 2), new Content.Said("waves", true))));

    private static final int REQUEST = 8;

    private static final List<byte[]> FROM_SERVERS = List.of(
            ServerMessageCodec.encode(
                    new ServerMessage.Challenge(LoginMethods.Method.SCRAM_SHA_256, new byte[18], new byte[16], 4096)),
            ServerMessageCodec.encode(new ServerMessage.Welcome(new byte[32], 7, "ada", Role.STAFF, 4096, 50, 20, 64)),
            ServerMessageCodec.encode(new ServerMessage.Ticket(new byte[32], new byte[72], 86_400)),
            ServerMessageCodec.encode(new ServerMessage.Ticket(new byte[32], new byte[0], 0)),
            ServerMessageCodec.encode(new ServerMessage.Ticket(new byte[32], new byte[WireLimits.RESUME_TICKET], 1)),
            ServerMessageCodec.encode(
                    new ServerMessage.Refused(new ServerMessage.Subject.Login(), 0, 4, 30_000, "No.")),
            ServerMessageCodec.encode(new ServerMessage.Roster(
                    7, List.of(new Member(new UserName("ada"), RoomRole.OWNER, Presence.AWAY)))),
            ServerMessageCodec.encode(
                    new ServerMessage.Reply(7, false, new Answer.Found(1, false, List.of(900L, 42L)))));

    private static ClientMessage.Login login() {
        return new ClientMessage.Login(LoginMethods.of(LoginMethods.Method.SCRAM_SHA_256), "ada", new byte[18], 7);
    }

    private interface Codec {
        /** Reads a message and writes it again. */
        byte[] through(byte[] message) throws MalformedPacketException;
    }

    private static byte[] client(byte[] message) throws MalformedPacketException {
        ClientMessage decoded = ClientMessageCodec.decode(1, message);
        if (decoded instanceof ClientMessage.Unfit unfit) {
            server(ServerMessageCodec.encode(unfit.answer()));
            return message;
        }
        return decoded instanceof ClientMessage.Ignored ? message : ClientMessageCodec.encode(decoded);
    }

    private static byte[] server(byte[] message) throws MalformedPacketException {
        ServerMessage decoded = ServerMessageCodec.decode(message);
        return decoded instanceof ServerMessage.Ignored ? message : ServerMessageCodec.encode(decoded);
    }

    @Test
    void any_bytes_are_a_message_or_malformed() {
        int wellFormed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 8 : 400)];
            for (int i = 0; i < bytes.length; i++) {
                // Small numbers make more sense as types and lengths.
                bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(20));
            }
            wellFormed += read(MessageFuzzTest::client, bytes) + read(MessageFuzzTest::server, bytes);
        }
        assertThat(wellFormed).as("the fuzzer gets behind the first byte").isGreaterThan(ROUNDS / 300);
    }

    @Test
    void damaged_messages_are_messages_or_malformed() {
        int wellFormed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            wellFormed += read(MessageFuzzTest::client, damaged(FROM_CLIENTS, random));
            wellFormed += read(MessageFuzzTest::server, damaged(FROM_SERVERS, random));
        }
        assertThat(wellFormed).as("some damage does not show").isBetween(ROUNDS / 10, 2 * ROUNDS - ROUNDS / 10);
    }

    @Test
    void cut_short_or_with_bytes_behind_it_every_message_is_malformed() {
        FROM_CLIENTS.forEach(message -> otherLengths(MessageFuzzTest::client, message));
        FROM_SERVERS.forEach(message -> otherLengths(MessageFuzzTest::server, message));
    }

    /** A single zero behind it is the block that is empty, if it has none of its own. */
    private static void otherLengths(Codec codec, byte[] message) {
        for (int length = 0; length < message.length + 4; length++) {
            boolean isRequest = message[0] == REQUEST; // without its arguments it can be read and is refused
            if (length == message.length + 1 || (isRequest && length < message.length)) {
                continue;
            }
            assertThat(read(codec, Arrays.copyOf(message, length)))
                    .as("%d of %d bytes of message %d", length, message.length, message[0])
                    .isEqualTo(length == message.length ? 1 : 0);
        }
    }

    private static byte[] damaged(List<byte[]> messages, Random random) {
        byte[] message = messages.get(random.nextInt(messages.size())).clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return message;
    }

    /** 1 if it is well-formed; then it comes through a second time as the first time. */
    private static int read(Codec codec, byte[] message) {
        try {
            byte[] once = codec.through(message);
            assertThat(codec.through(once)).isEqualTo(once);
            return 1;
        } catch (MalformedPacketException e) {
            assertThat(e.getStackTrace()).isEmpty();
            return 0;
        }
    }
}
