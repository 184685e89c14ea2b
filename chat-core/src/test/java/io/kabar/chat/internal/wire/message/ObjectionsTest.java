package io.kabar.chat.internal.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Content;
import io.kabar.chat.Invitation;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ServerMessage.Subject;
import io.kabar.chat.rules.RoomRole;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is whole but out of range is refused by what it is about, with a sentence; all that is at its limit is not. */
class ObjectionsTest {

    private static final int LOGIN = 1;
    private static final int RESUME = 2;
    private static final int LOGIN_PROOF = 3;
    private static final int JOIN = 4;
    private static final int LEAVE = 5;
    private static final int SAY = 6;
    private static final int CREDIT = 7;
    private static final int REQUEST = 8;
    private static final int AWAY = 9;
    private static final int READ = 10;

    private static final int LANE = 3;
    private static final MessageId ID = new MessageId(1, 2);
    private static final Block STRANGE = Block.EMPTY.withNumber(999, 0);
    private static final byte[] NO_TEXT = {(byte) 0xff};

    private static ClientMessage decode(int lane, MessageWriter message) throws MalformedPacketException {
        return ClientMessageCodec.decode(lane, message.toBytes());
    }

    private static void assertRefused(ClientMessage message, Subject subject, Refusal refusal, String... words) {
        assertThat(message).isInstanceOf(ClientMessage.Unfit.class);
        ServerMessage.Refused answer = ((ClientMessage.Unfit) message).answer();
        assertThat(answer.subject()).isEqualTo(subject);
        assertThat(answer.refusal()).isEqualTo(refusal);
        assertThat(answer.sentence()).isNotEmpty();
        assertThat(List.of(words))
                .allSatisfy(word -> assertThat(answer.sentence()).contains(word));
    }

    private static MessageWriter join(int target, String room, int history) {
        return new MessageWriter(JOIN)
                .u8(target)
                .text(room)
                .u8(history)
                .varint(50)
                .varint(0)
                .varint(0)
                .varint(Long.MAX_VALUE >> 2);
    }

    private static MessageWriter request(long method) {
        return new MessageWriter(REQUEST).varint(5).varint(method);
    }

    private static Block room(String name) {
        return Block.EMPTY.with(QueryArguments.ROOM, new MessageWriter().text(name));
    }

    @Test
    void a_room_is_entered_and_left_on_its_own_lane() throws MalformedPacketException {
        assertRefused(
                decode(0, join(0, "lobby", 0)),
                new Subject.Room(0, "lobby"),
                Refusal.BAD_REQUEST,
                "entered",
                "not on 0");
        assertRefused(
                decode(0, new MessageWriter(LEAVE).text("")), new Subject.Room(0, ""), Refusal.BAD_REQUEST, "left");
    }

    @Test
    void codes_that_nobody_knows_are_named() throws MalformedPacketException {
        assertRefused(
                decode(LANE, join(2, "lobby", 0)),
                new Subject.Room(LANE, "lobby"),
                Refusal.BAD_REQUEST,
                "no kind of target 2");
        assertRefused(
                decode(LANE, join(0, "lobby", 2)),
                new Subject.Room(LANE, "lobby"),
                Refusal.BAD_REQUEST,
                "no kind of history 2");
        assertThat(((ClientMessage.Join) decode(LANE, join(1, "lobby", 1))).credit())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void texts_that_are_too_long_or_none_are_refused_with_both_figures() throws MalformedPacketException {
        String long256 = "x".repeat(ClientMessageCodec.TYPED_NAME);
        assertRefused(
                decode(LANE, join(0, long256 + "x", 0)),
                new Subject.Room(LANE, long256),
                Refusal.BAD_NAME,
                "257 bytes",
                "at most 256");
        assertRefused(
                decode(LANE, new MessageWriter(LEAVE).text("x".repeat(ClientMessageCodec.REASON + 1))),
                new Subject.Room(LANE, ""),
                Refusal.TOO_LARGE,
                "reason");
        assertRefused(
                decode(LANE, new MessageWriter(LEAVE).bytes(NO_TEXT)),
                new Subject.Room(LANE, ""),
                Refusal.BAD_REQUEST,
                "not written in UTF-8");
        MessageWriter login = new MessageWriter(LOGIN)
                .varint(1)
                .bytes(NO_TEXT)
                .raw(new byte[18])
                .u64(7);
        assertRefused(decode(0, login), new Subject.Login(), Refusal.BAD_NAME, "name");
    }

    private static MessageWriter proof(byte[] proof) {
        return new MessageWriter(LOGIN_PROOF).bytes(proof).raw(new byte[32]);
    }

    @Test
    void a_proof_has_bounds_and_a_ticket_that_is_too_long_is_none() throws MalformedPacketException {
        assertRefused(
                decode(0, proof(new byte[WireLimits.LOGIN_PROOF + 1])),
                new Subject.Login(),
                Refusal.TOO_LARGE,
                "1024",
                "1025");
        Block label = Block.EMPTY.with(22, new MessageWriter().text("x".repeat(ClientMessageCodec.TYPED_NAME + 1)));
        assertRefused(decode(0, proof(new byte[0]).block(label)), new Subject.Login(), Refusal.TOO_LARGE, "label");
        MessageWriter resume = new MessageWriter(RESUME)
                .varint(1)
                .text("ada")
                .raw(new byte[18])
                .u64(7)
                .bytes(new byte[WireLimits.RESUME_TICKET + 1])
                .raw(new byte[32]);
        assertThat(((ClientMessage.Resume) decode(0, resume)).ticket()).isEmpty();
        Block otherProof = Block.EMPTY.with(1, new byte[ClientMessageCodec.ROOM_PROOF - 1]);
        assertThat(((ClientMessage.Join) decode(LANE, join(0, "lobby", 0).block(otherProof))).proof())
                .isEmpty();
    }

    private static MessageWriter say(long attempt, int kind, long ref, byte[] content) {
        MessageWriter out = new MessageWriter(SAY).varint(attempt).id(ID).u8(kind);
        out.u8(new EventParts(Content.SAID, 0, new byte[0], new byte[0], new byte[0]).flags(ref));
        return (ref == 0 ? out : out.varint(ref)).bytes(content);
    }

    private static byte[] text(int length) {
        return "x".repeat(length).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_said_has_bounds_by_its_kind() throws MalformedPacketException {
        Subject subject = new Subject.Message(LANE, ID);
        int most = ClientMessageCodec.TEXT;
        assertThat(decode(LANE, say(0, Content.SAID, 0, text(most)))).isInstanceOf(ClientMessage.Say.class);
        assertRefused(decode(LANE, say(0, Content.SAID, 0, text(most + 1))), subject, Refusal.TOO_LARGE, "message");
        assertRefused(
                decode(LANE, say(0, Content.TOPIC, 0, text(ClientMessageCodec.REASON + 1))),
                subject,
                Refusal.TOO_LARGE,
                "topic");
        assertRefused(
                decode(LANE, say(0, Content.LEFT, 0, text(ClientMessageCodec.REASON + 1))),
                subject,
                Refusal.TOO_LARGE,
                "topic");
        assertRefused(decode(LANE, say(0, Content.SAID, 0, NO_TEXT)), subject, Refusal.BAD_REQUEST, "UTF-8");
        assertThat(decode(LANE, say(0, Content.DATA, 0, NO_TEXT))).isInstanceOf(ClientMessage.Say.class);
        assertThat(decode(LANE, say(0, 200, 0, NO_TEXT))).isInstanceOf(ClientMessage.Say.class);
        assertThat(decode(LANE, say(0, Content.DATA, 0, text(most)))).isInstanceOf(ClientMessage.Say.class);
        assertRefused(
                decode(LANE, say(0, Content.DATA, 0, text(most + 1))), subject, Refusal.TOO_LARGE, "at most", "bytes");
        assertRefused(
                decode(LANE, say(ClientMessageCodec.ATTEMPTS + 1L, Content.SAID, 0, text(1))),
                subject,
                Refusal.BAD_REQUEST,
                "attempt");
        assertRefused(
                decode(LANE, say(0, Content.SAID, Limits.LAST_NUMBER + 1, text(1))),
                subject,
                Refusal.BAD_REQUEST,
                "No event has the number");
        assertRefused(
                decode(LANE, say(0, Content.VALUE_SET, 0, text(1))), subject, Refusal.BAD_REQUEST, "out of bounds");
    }

    @Test
    void requests_have_bounds_by_their_method() throws MalformedPacketException {
        Subject subject = new Subject.Request(5);
        assertRefused(
                decode(0, new MessageWriter(REQUEST).varint(WireLimits.REQUESTS).varint(1)),
                new Subject.Request(WireLimits.REQUESTS),
                Refusal.BAD_REQUEST,
                "numbered below");
        assertRefused(decode(0, request(99)), subject, Refusal.UNSUPPORTED, "method 99");
        assertRefused(decode(0, request(5)), subject, Refusal.BAD_REQUEST, "lacks the room");
        assertRefused(decode(0, request(5).block(room("lobby"))), subject, Refusal.BAD_REQUEST, "number of an event");
        assertRefused(decode(0, request(5).block(room(" "))), subject, Refusal.BAD_NAME);
        assertRefused(
                decode(0, request(5).block(Block.EMPTY.with(QueryArguments.ROOM, new byte[] {1, -1}))),
                subject,
                Refusal.BAD_NAME,
                "UTF-8");
        assertRefused(decode(0, request(4).block(room("lobby"))), subject, Refusal.BAD_REQUEST, "lacks the search");
        assertRefused(
                decode(
                        0,
                        request(4)
                                .block(room("lobby")
                                        .with(7, new MessageWriter().text("x".repeat(ClientMessageCodec.WORDS + 1))))),
                subject,
                Refusal.BAD_REQUEST,
                "search");
        assertRefused(
                decode(0, request(2).block(room("lobby").withNumber(15, 0))), subject, Refusal.BAD_REQUEST, "count");
        assertRefused(
                decode(0, request(2).block(room("lobby").withNumber(15, Limits.MEMBERS_TOLD + 1))),
                subject,
                Refusal.BAD_REQUEST,
                "count");
        for (int length : new int[] {1, ClientMessageCodec.ROOM_PROOF - 1, ClientMessageCodec.ROOM_PROOF + 1}) {
            assertRefused(
                    decode(0, request(20).block(room("lobby").with(61, new byte[length]))),
                    subject,
                    Refusal.BAD_REQUEST,
                    "32 bytes");
        }
        assertRefused(decode(0, request(20).block(room("lobby"))), subject, Refusal.BAD_REQUEST, "32 bytes");
        assertRefused(decode(0, request(7)), subject, Refusal.BAD_REQUEST, "verifier");
        assertThat(decode(0, request(11)))
                .isEqualTo(new ClientMessage.Request(
                        5, new Query.Invite(Optional.empty(), RoomRole.GUEST, 1, Invitation.LONGEST.toSeconds())));
        MessageWriter terms =
                new MessageWriter().varint(Invitation.MAX_USES + 1).varint(60);
        assertRefused(decode(0, request(11).block(Block.EMPTY.with(29, terms))), subject, Refusal.BAD_REQUEST, "uses");
    }

    /** An odd tag that is not known: what it belongs to is refused, or has no effect where there is no answer. */
    @Test
    void what_is_not_to_be_left_out_is_not() throws MalformedPacketException {
        UnaryOperator<MessageWriter> strange = message -> message.block(STRANGE);
        assertRefused(
                decode(LANE, strange.apply(join(0, "lobby", 0))), new Subject.Room(LANE, "lobby"), Refusal.UNSUPPORTED);
        assertRefused(
                decode(LANE, strange.apply(new MessageWriter(LEAVE).text(""))),
                new Subject.Room(LANE, ""),
                Refusal.UNSUPPORTED);
        assertRefused(decode(0, strange.apply(proof(new byte[0]))), new Subject.Login(), Refusal.UNSUPPORTED);
        assertRefused(
                decode(LANE, strange.apply(say(0, Content.SAID, 0, text(1)))),
                new Subject.Message(LANE, ID),
                Refusal.UNSUPPORTED);
        for (int method : new int[] {1, 6, 8, 13, 21, 45}) {
            assertRefused(decode(0, strange.apply(request(method))), new Subject.Request(5), Refusal.UNSUPPORTED);
        }
        assertThat(decode(0, strange.apply(new MessageWriter(CREDIT).varint(1).varint(2))))
                .isInstanceOf(ClientMessage.Ignored.class);
        assertThat(decode(0, strange.apply(new MessageWriter(READ).varint(1).varint(2))))
                .isInstanceOf(ClientMessage.Ignored.class);
        assertThat(decode(0, strange.apply(new MessageWriter(AWAY).u8(1)))).isInstanceOf(ClientMessage.Ignored.class);
        assertThatThrownBy(() -> ServerMessageCodec.decode(
                        new MessageWriter(12).text("hello").block(STRANGE).toBytes()))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> ServerMessageCodec.decode(
                        new MessageWriter(9).varint(1).u8(0).block(STRANGE).toBytes()))
                .isInstanceOf(MalformedPacketException.class);
    }

    /** An even one is passed over, and the rest means what it does without it. */
    @Test
    void what_may_be_left_out_is_passed_over() throws MalformedPacketException {
        Block skipped = Block.EMPTY.withNumber(998, 0);
        assertThat(decode(LANE, new MessageWriter(LEAVE).text("bye").block(skipped)))
                .isEqualTo(new ClientMessage.Leave("bye"));
        assertThat(ServerMessageCodec.decode(
                        new MessageWriter(12).text("hello").block(skipped).toBytes()))
                .isEqualTo(new ServerMessage.Notice("hello"));
    }

    @Test
    void messages_of_later_types_are_ignored_and_others_malformed() throws MalformedPacketException {
        assertThat(decode(0, new MessageWriter(WireLimits.FIRST_IGNORED))).isInstanceOf(ClientMessage.Ignored.class);
        assertThat(ServerMessageCodec.decode(new MessageWriter(WireLimits.FIRST_IGNORED).toBytes()))
                .isInstanceOf(ServerMessage.Ignored.class);
        assertThatThrownBy(() -> decode(0, new MessageWriter(WireLimits.FIRST_IGNORED - 1)))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> ServerMessageCodec.decode(new MessageWriter(WireLimits.FIRST_IGNORED - 1).toBytes()))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void an_accepted_message_has_the_number_of_an_event_that_can_be() {
        byte[] accepted = ServerMessageCodec.encode(new ServerMessage.Accepted(1, ID, Limits.LAST_NUMBER + 1, 0));
        byte[] elsewhere = ServerMessageCodec.encode(new ServerMessage.Accepted(WireLimits.LANES, ID, 1, 0));
        byte[] beyond = ServerMessageCodec.encode(new ServerMessage.ReadUpTo(1, Limits.LAST_NUMBER + 2));

        assertThatThrownBy(() -> ServerMessageCodec.decode(accepted)).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> ServerMessageCodec.decode(elsewhere)).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> ServerMessageCodec.decode(beyond)).isInstanceOf(MalformedPacketException.class);
    }

    /** Those that clients make for themselves are none of a server's. */
    @Test
    void a_refusal_of_a_code_that_is_no_servers_is_that_it_is_not_allowed() {
        for (Refusal refusal : Refusal.values()) {
            ServerMessage.Refused said =
                    new ServerMessage.Refused(new Subject.Login(), 0, refusal.code(), 0, "because");
            assertThat(said.refusal())
                    .isEqualTo(refusal.code() < ServerMessage.FIRST_OF_CLIENT ? refusal : Refusal.NOT_ALLOWED);
        }
        assertThat(new ServerMessage.Refused(new Subject.Login(), 0, 4, 0, "").retryAfter())
                .isNull();
        assertThat(new ServerMessage.Refused(new Subject.Login(), 0, 4, 1500, "").retryAfter())
                .hasMillis(1500);
    }
}
