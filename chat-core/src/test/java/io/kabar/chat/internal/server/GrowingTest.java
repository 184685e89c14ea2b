package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.PeerParameters;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.FrameReader;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.message.Block;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import io.kabar.chat.rules.RoomRole;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each side may know more than the other: what the other does not know it skips, or refuses in words. */
class GrowingTest {

    private static final long MAY_BE_SKIPPED = 0x2a2a;
    private static final long MUST_NOT_BE_SKIPPED = 0x2a2b;

    /** The same message with one item more in its block. */
    private static byte[] withItem(byte[] message, Block own, long tag) {
        byte[] fields = Arrays.copyOf(message, message.length - (own.isEmpty() ? 0 : length(own)));
        byte[] items = own.with(tag, new byte[] {1, 2, 3}).encode();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(fields);
        out.writeBytes(varint(items.length));
        out.writeBytes(items);
        return out.toByteArray();
    }

    private static int length(Block block) {
        byte[] items = block.encode();
        return varint(items.length).length + items.length;
    }

    private static byte[] varint(long value) {
        byte[] bytes = new byte[VarInt.size(value)];
        VarInt.write(bytes, 0, value);
        return bytes;
    }

    /** The block that ends a message, if it does: the longest end of it that is one. */
    private static Block blockOf(byte[] message, Object decoded) throws MalformedPacketException {
        boolean hasItems = decoded instanceof ClientMessage.Request
                || decoded instanceof ServerMessage.Reply
                || decoded instanceof ServerMessage.RoomEntered
                || decoded instanceof ServerMessage.DirectWaiting
                || (decoded instanceof ServerMessage.Refused refused
                        && (refused.subject() instanceof ServerMessage.Subject.Room || refused.obstacle() != null));
        for (int at = 3; hasItems && at < message.length; at++) {
            if ((message[at] & 0xff) == message.length - at - 1) {
                return Block.decode(Arrays.copyOfRange(message, at + 1, message.length));
            }
        }
        return Block.EMPTY;
    }

    @Test
    void items_that_may_be_skipped_change_no_message() throws Exception {
        for (ClientMessage message : GoldenExamples.clientMessages()) {
            byte[] bytes = ClientMessageCodec.encode(message);
            byte[] newer = withItem(bytes, blockOf(bytes, message), MAY_BE_SKIPPED);
            assertThat(ClientMessageCodec.decode(1, newer))
                    .as(GoldenExamples.name(message))
                    .usingRecursiveComparison()
                    .withEqualsForType(UserName::equals, UserName.class)
                    .isEqualTo(message);
        }
        for (ServerMessage message : GoldenExamples.serverMessages()) {
            byte[] bytes = ServerMessageCodec.encode(message);
            byte[] newer = withItem(bytes, blockOf(bytes, message), MAY_BE_SKIPPED);
            assertThat(ServerMessageCodec.decode(newer))
                    .as(GoldenExamples.name(message))
                    .usingRecursiveComparison()
                    .withEqualsForType(UserName::equals, UserName.class)
                    .isEqualTo(message);
        }
    }

    @Test
    void items_that_must_not_be_skipped_are_refused_with_what_they_belong_to() throws Exception {
        for (ClientMessage message : GoldenExamples.clientMessages()) {
            byte[] bytes = ClientMessageCodec.encode(message);
            byte[] newer = withItem(bytes, blockOf(bytes, message), MUST_NOT_BE_SKIPPED);
            ClientMessage decoded = ClientMessageCodec.decode(1, newer);
            if (message instanceof ClientMessage.Credit
                    || message instanceof ClientMessage.Away
                    || message instanceof ClientMessage.Read) {
                assertThat(decoded).isInstanceOf(ClientMessage.Ignored.class);
                continue;
            }
            assertThat(decoded)
                    .as(GoldenExamples.name(message))
                    .isInstanceOfSatisfying(
                            ClientMessage.Unfit.class,
                            unfit -> assertThat(unfit.answer().refusal()).isEqualTo(Refusal.UNSUPPORTED));
        }
        for (ServerMessage message : GoldenExamples.serverMessages()) {
            byte[] bytes = ServerMessageCodec.encode(message);
            byte[] newer = withItem(bytes, blockOf(bytes, message), MUST_NOT_BE_SKIPPED);
            assertThatThrownBy(() -> ServerMessageCodec.decode(newer))
                    .as(GoldenExamples.name(message))
                    .isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void messages_of_later_types_are_passed_over() throws Exception {
        for (long type : new long[] {64, 1000, VarInt.MAX}) {
            byte[] message = Arrays.copyOf(varint(type), 12);
            assertThat(ClientMessageCodec.decode(0, message)).isInstanceOf(ClientMessage.Ignored.class);
            assertThat(ServerMessageCodec.decode(message)).isInstanceOf(ServerMessage.Ignored.class);
        }
    }

    @Test
    void roles_and_presences_of_later_versions_are_shown_as_the_plainest() throws Exception {
        byte[] roster = {6, 7, 1, 9, 3, 'a', 'd', 'a', 77, 88, 1, 2, 3};
        assertThat(ServerMessageCodec.decode(roster)).isInstanceOfSatisfying(ServerMessage.Roster.class, told -> {
            assertThat(told.members()).hasSize(1);
            assertThat(told.members().get(0).role()).isEqualTo(RoomRole.GUEST);
            assertThat(told.members().get(0).presence()).isEqualTo(Presence.HERE);
        });
    }

    @Test
    void what_a_peer_says_of_itself_may_hold_more_than_is_known() {
        byte[] newer = Block.EMPTY
                .with(2, varint(0xff)) // capabilities that nobody has yet
                .with(4, varint(65_527))
                .with(6, varint(100_000))
                .with(8, new byte[] {'K', 'A', 'B', 2, 'K', 'A', 'B', 3, 'K', 'A', 'B', 4})
                .with(MAY_BE_SKIPPED, new byte[40])
                .encode();
        PeerParameters peer = PeerParameters.decode(newer);
        assertThat(peer).isNotNull();
        assertThat(peer.capabilities()).isEqualTo(0xff);
        assertThat(peer.longestDatagram()).isEqualTo(8952);
        assertThat(peer.maxAckDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(peer.agreesOn(Packet.VERSION_2)).isTrue();
        assertThat(PeerParameters.decode(
                        Block.EMPTY.with(MUST_NOT_BE_SKIPPED, new byte[0]).encode()))
                .isNull();
        assertThat(PeerParameters.decode(new byte[] {1})).isNull();
        assertThat(PeerParameters.decode(new byte[0])).isEqualTo(PeerParameters.OWN);
    }

    @Test
    void a_peer_that_does_not_speak_what_is_spoken_with_it_is_not_believed() {
        byte[] other = Block.EMPTY.with(8, new byte[] {'K', 'A', 'B', 3}).encode();
        PeerParameters peer = PeerParameters.decode(other);
        assertThat(peer).isNotNull();
        assertThat(peer.agreesOn(Packet.VERSION_2)).isFalse();
    }

    @Test
    void frames_that_are_not_known_are_passed_over_and_those_behind_them_are_read() throws Exception {
        byte[] frames = {0x3f, 3, 1, 2, 3, 0x20, 0, 0x01};
        FrameReader reader = new FrameReader(frames, 0, frames.length);
        assertThat(reader.next()).isInstanceOf(Frame.Extension.class);
        assertThat(reader.next()).isInstanceOf(Frame.Extension.class);
        assertThat(reader.next()).isInstanceOf(Frame.Ping.class);
        assertThat(reader.next()).isNull();
        for (byte[] none : List.of(new byte[] {0x1f, 0}, new byte[] {0x40, 0}, new byte[] {0x20, 5, 1})) {
            assertThatThrownBy(() -> new FrameReader(none, 0, none.length).next())
                    .isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void a_newer_client_is_served_with_all_that_both_know() throws Exception {
        RawClient client = new RawClient();
        client.commits = true;
        client.signIn("ada");
        client.say(0, new byte[] {0x40, 0x50, 1, 2, 3});
        byte[] join = ClientMessageCodec.encode(
                new ClientMessage.Join(ClientMessage.Target.room("lobby"), JoinHistory.NONE, 1000, new byte[0]));
        client.say(1, withItem(join, Block.EMPTY, MAY_BE_SKIPPED));
        client.say(1, new ClientMessage.Say(0, new MessageId(7, 1), new Content.Said("hello", false)));
        byte[] say = ClientMessageCodec.encode(
                new ClientMessage.Say(0, new MessageId(7, 2), new Content.Said("with a part that matters", false)));
        client.say(1, withItem(say, Block.EMPTY, MUST_NOT_BE_SKIPPED));

        assertThat(client.closedWith).isNull();
        assertThat(client.heard).hasAtLeastOneElementOfType(ServerMessage.RoomEntered.class);
        assertThat(client.heard).hasAtLeastOneElementOfType(ServerMessage.Accepted.class);
        List<ServerMessage.Refused> refused = client.heard.stream()
                .filter(ServerMessage.Refused.class::isInstance)
                .map(ServerMessage.Refused.class::cast)
                .toList();
        assertThat(refused).singleElement().satisfies(no -> {
            assertThat(no.refusal()).isEqualTo(Refusal.UNSUPPORTED);
            assertThat(no.subject()).isEqualTo(new ServerMessage.Subject.Message(1, new MessageId(7, 2)));
        });
    }
}
