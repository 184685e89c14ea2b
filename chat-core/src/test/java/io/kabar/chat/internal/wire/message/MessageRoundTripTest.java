package io.kabar.chat.internal.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amended.Reaction;
import io.kabar.chat.Amendment;
import io.kabar.chat.Content;
import io.kabar.chat.Conversation;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.Invitation;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Payload;
import io.kabar.chat.Presence;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.Role;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.LoginMethods.Method;
import io.kabar.chat.internal.wire.message.ServerMessage.Subject;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.rules.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was said is what is heard: each message with all that it can have, with nothing of it, and at its limits. */
class MessageRoundTripTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final RoomName DIRECT = RoomName.direct(7, 12);
    private static final UserName ADA = UserName.of("ada");
    private static final MessageId ID = new MessageId(-1, 0x8899aabbccddeeffL);
    private static final Instant TIME = Instant.ofEpochSecond(1_800_000_000L);
    private static final byte[] NONE = {};
    private static final Random RANDOM = new Random(1);

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static ClientMessage.Login login(Method first, Method... others) {
        return new ClientMessage.Login(LoginMethods.of(first, others), "Ada", bytes(18), RANDOM.nextLong());
    }

    static List<ClientMessage> clientMessages() {
        List<ClientMessage> messages = new ArrayList<>(List.of(
                login(Method.NONE),
                login(Method.SCRAM_SHA_256, Method.TOKEN),
                login(Method.TOKEN, Method.NONE, Method.SCRAM_SHA_256),
                new ClientMessage.Login(
                        LoginMethods.of(Method.TOKEN), "x".repeat(ClientMessageCodec.TYPED_NAME), bytes(18), 0),
                new ClientMessage.Resume(login(Method.NONE), NONE, bytes(32)),
                new ClientMessage.Resume(login(Method.NONE), bytes(WireLimits.RESUME_TICKET), bytes(32)),
                new ClientMessage.LoginProof(NONE, bytes(32)),
                new ClientMessage.LoginProof(bytes(WireLimits.LOGIN_PROOF), bytes(32), "tea", NONE),
                new ClientMessage.LoginProof(bytes(32), bytes(32), "", bytes(16)),
                new ClientMessage.LoginProof(bytes(32), bytes(32), "tea", bytes(16)),
                new ClientMessage.Join(ClientMessage.Target.room("lobby"), JoinHistory.last(50), 1024, NONE),
                new ClientMessage.Join(
                        new ClientMessage.Target(ClientMessage.TargetKind.PERSON, "bob"),
                        JoinHistory.from(12).having(new LogPosition(5, 11)),
                        Integer.MAX_VALUE,
                        bytes(ClientMessageCodec.ROOM_PROOF)),
                new ClientMessage.Leave(""),
                new ClientMessage.Leave("x".repeat(ClientMessageCodec.REASON)),
                new ClientMessage.Credit(7, 2000),
                new ClientMessage.Read(7, 1000),
                new ClientMessage.Away(true),
                new ClientMessage.Away(false)));
        queries().forEach(query -> messages.add(new ClientMessage.Request(messages.size(), query)));
        messages.add(new ClientMessage.Request(WireLimits.REQUESTS - 1, new Query.Rooms("")));
        contents().forEach(content -> messages.add(new ClientMessage.Say(messages.size(), ID, content)));
        messages.add(new ClientMessage.Say(
                ClientMessageCodec.ATTEMPTS, ID, Limits.LAST_NUMBER, new Content.Said("yes", false)));
        return messages;
    }

    private static List<Query> queries() {
        return List.of(
                new Query.Rooms(""),
                new Query.Rooms("kitchen"),
                new Query.Members(LOBBY, "", "", Limits.MEMBERS_TOLD),
                new Query.Members(LOBBY, "a", "ada", 1),
                new Query.History(DIRECT, HistoryRange.before(951, 100)),
                new Query.History(LOBBY, new HistoryRange(JoinHistory.MAX_SEQUENCE, HistoryRange.MAX)),
                new Query.Search(LOBBY, 0, "tea"),
                new Query.Search(LOBBY, 9, "x".repeat(ClientMessageCodec.WORDS)),
                new Query.WhoSaw(LOBBY, 1000),
                new Query.SetRoomPassword(LOBBY, NONE),
                new Query.SetRoomPassword(LOBBY, bytes(ClientMessageCodec.ROOM_PROOF)),
                new Query.Conversations(),
                new Query.PasswordSalt(),
                new Query.SetPassword("", NONE, NONE),
                new Query.SetPassword("SCRAM", bytes(18), bytes(32)),
                new Query.Devices(),
                new Query.RevokeDevice(3),
                new Query.Rename("Zoë"),
                new Query.Invite(Optional.empty(), RoomRole.GUEST, 0, 60),
                new Query.Invite(Optional.of(LOBBY), RoomRole.MODERATOR, Invitation.MAX_USES, 1),
                new Query.Invitations(),
                new Query.Withdraw(77));
    }

    private static List<Content> contents() {
        RoomChange.Whom bob = new RoomChange.Whom(7, "bob");
        return List.of(
                new Content.Said("x".repeat(Limits.TEXT_BYTES), true),
                new Content.Topic(""),
                new Content.Topic("x".repeat(Limits.LINE_BYTES)),
                new Content.Described("for tea"),
                new RoomChange.RoleGiven(bob, RoomRole.MODERATOR, "why not"),
                new RoomChange.Banned(bob, TIME, ""),
                new RoomChange.Kicked(bob, "enough"),
                new RoomChange.Muted(bob, TIME, ""),
                new RoomChange.ModesSet(Map.of(RoomMode.SLOW, 10L), ""),
                new RoomChange.Invited(bob, true, ""),
                new Amendment.Edited("ho"),
                new Amendment.Deleted("off topic"),
                new Amendment.Reacted("+1", false),
                new ProgramContent.Data(new Payload("image/png", bytes(Limits.TEXT_BYTES))),
                new ProgramContent.ValueSet("score", Payload.text("7")),
                new ProgramContent.ValueSet("score", Payload.NONE));
    }

    @ParameterizedTest
    @MethodSource("clientMessages")
    void what_a_client_says_is_what_a_server_hears(ClientMessage message) throws MalformedPacketException {
        assertThat(ClientMessageCodec.decode(3, ClientMessageCodec.encode(message)))
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    private static ServerMessage.RoomEntered entered(
            RoomName room, String text, RoomSettings settings, @Nullable UserName partner, int more) {
        return new ServerMessage.RoomEntered(
                64,
                7,
                room,
                0x1234,
                0xfedcba98L,
                2,
                1,
                1000,
                951,
                990,
                900,
                5,
                more,
                text,
                text,
                settings,
                partner,
                more,
                5 + more);
    }

    private static RoomSettings settings(
            Map<RoomMode, Long> modes, String description, RoomRole role, Instant mutedUntil) {
        return new RoomSettings(RoomModes.of(modes), description, new Standing(role, mutedUntil));
    }

    static List<ServerMessage> serverMessages() {
        Obstacle muted = new Obstacle(Rule.MUTED, "No.", RoomRole.OWNER);
        RoomSettings plain = settings(Map.of(), "", RoomRole.GUEST, Instant.EPOCH);
        List<ServerMessage> messages = new ArrayList<>(List.of(
                ServerMessage.Challenge.none(),
                ServerMessage.Challenge.none().withClaimFor("ada"),
                new ServerMessage.Challenge(Method.TOKEN, bytes(64), bytes(64), Integer.MAX_VALUE),
                new ServerMessage.Ticket(bytes(32), bytes(WireLimits.RESUME_TICKET), Integer.MAX_VALUE),
                new ServerMessage.Accepted(64, ID, Limits.LAST_NUMBER, Limits.LATEST.toEpochMilli()),
                new ServerMessage.Accepted(0, ID, 0, 0),
                entered(LOBBY, "", plain, null, 0),
                entered(DIRECT, "tea", plain, ADA, 1),
                entered(LOBBY, "", settings(Map.of(RoomMode.SLOW, 10L), "", RoomRole.GUEST, Instant.EPOCH), null, 0),
                entered(LOBBY, "", settings(Map.of(), "for tea", RoomRole.GUEST, Instant.EPOCH), null, 0),
                entered(LOBBY, "", settings(Map.of(), "", RoomRole.OWNER, Instant.EPOCH), null, 0),
                entered(LOBBY, "", settings(Map.of(), "", RoomRole.GUEST, TIME), null, 0),
                new ServerMessage.Roster(7, List.of()),
                new ServerMessage.Values(7, List.of()),
                new ServerMessage.Values(7, List.of(new ServerMessage.Numbered(Limits.LAST_NUMBER, bytes(300)))),
                new ServerMessage.RoomLeft(64, true, ""),
                new ServerMessage.RoomLeft(1, false, "x".repeat(ClientMessageCodec.REASON)),
                new ServerMessage.DirectWaiting(DIRECT, Limits.LAST_NUMBER + 1, null),
                new ServerMessage.DirectWaiting(DIRECT, 3, ADA),
                new ServerMessage.ReadUpTo(7, 1000),
                new ServerMessage.Inside(7, Integer.MAX_VALUE),
                new ServerMessage.Notice("x".repeat(ServerMessageCodec.SENTENCE)),
                new ServerMessage.Refused(new Subject.Login(), 0, 4, 30_000, "No."),
                new ServerMessage.Refused(new Subject.Request(5), 0, 0xffff, 86_400_000L, ""),
                new ServerMessage.Refused(new Subject.Room(64, ""), 0, 9, 0, "No."),
                new ServerMessage.Refused(
                        new Subject.Room(1, "x".repeat(ClientMessageCodec.TYPED_NAME)), 0, 9, 0, "No.", muted),
                new ServerMessage.Refused(new Subject.Message(64, ID, 0), ClientMessageCodec.ATTEMPTS, 7, 250, "No."),
                new ServerMessage.Refused(new Subject.Message(1, ID, 1), 1, 7, 0, "No.", muted),
                new ServerMessage.Refused(
                        new Subject.Message(1, ID), 1, 7, 0, "?", new Obstacle(Rule.OTHER, "?", RoomRole.GUEST))));
        for (Role role : Role.values()) {
            messages.add(new ServerMessage.Welcome(bytes(32), 7, "ada", role, Limits.TEXT_BYTES, 50, 20, 64));
        }
        for (RoomRole role : RoomRole.values()) {
            for (Presence presence : Presence.values()) {
                Member member = new Member(ADA, role, presence);
                messages.add(new ServerMessage.MemberChanged(7, 1000, member));
                messages.add(new ServerMessage.Roster(7, List.of(member, member)));
            }
        }
        answers().forEach(answer -> messages.add(new ServerMessage.Reply(5, messages.size() % 2 == 0, answer)));
        return messages;
    }

    private static List<Answer> answers() {
        KnownDevice device = new KnownDevice(1, "tea", TIME, TIME.plusSeconds(1), Optional.empty(), true);
        KnownDevice revoked = new KnownDevice(2, "", TIME, TIME, Optional.of(TIME.plusSeconds(2)), false);
        Invitation invitation = new Invitation(9, ADA, Optional.of(LOBBY), RoomRole.OWNER, Integer.MAX_VALUE, TIME);
        return List.of(
                new Answer.Rooms(List.of(), true),
                new Answer.Rooms(Collections.nCopies(3, new RoomSummary(LOBBY, 0, Limits.LAST_NUMBER, "tea")), false),
                new Answer.Members(300, true, List.of(new Member(ADA, RoomRole.GUEST, Presence.HERE))),
                new Answer.History(Limits.LAST_NUMBER + 1, Limits.LAST_NUMBER, 1, 1000),
                new Answer.Amended(1000, List.of()),
                new Answer.Amended(
                        1000,
                        List.of(
                                new Answer.Amended.Item(900, 960, 0, List.of(new Reaction("+1", 3, true))),
                                new Answer.Amended.Item(901, 0, 970, List.of(new Reaction("-1", 1, false))))),
                new Answer.Found(1, true, List.of(900L, 42L)),
                new Answer.Seen(5, 1, List.of(ADA)),
                new Answer.Conversations(List.of(
                        new Conversation(DIRECT, Optional.of(ADA), 12, 7),
                        new Conversation(DIRECT, Optional.empty(), 0, 0))),
                new Answer.Done(),
                new Answer.PasswordSalt(bytes(16), 600_000),
                new Answer.Devices(List.of(device, revoked)),
                new Answer.Invited(3, bytes(16)),
                new Answer.Invitations(List.of(
                        invitation, new Invitation(10, ADA, Optional.empty(), RoomRole.GUEST, 0, Instant.EPOCH))));
    }

    @ParameterizedTest
    @MethodSource("serverMessages")
    void what_a_server_says_is_what_a_client_hears(ServerMessage message) throws MalformedPacketException {
        assertThat(ServerMessageCodec.decode(ServerMessageCodec.encode(message)))
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    /** Seconds are what is told of accounts, and no clock that goes wrong makes a number that cannot be sent. */
    @Test
    void times_of_accounts_are_whole_seconds_within_what_can_be_sent() throws MalformedPacketException {
        KnownDevice strange =
                new KnownDevice(1, "", Instant.MIN, Instant.MAX, Optional.of(TIME.plusMillis(999)), false);
        ServerMessage.Reply reply = (ServerMessage.Reply) ServerMessageCodec.decode(
                ServerMessageCodec.encode(new ServerMessage.Reply(1, false, new Answer.Devices(List.of(strange)))));

        KnownDevice heard = ((Answer.Devices) reply.answer()).devices().get(0);
        assertThat(heard.created()).isEqualTo(Instant.EPOCH);
        assertThat(heard.seen()).isEqualTo(Instant.ofEpochSecond(WireCodes.LAST_SECOND));
        assertThat(heard.revoked()).contains(TIME);
    }

    /** As docs/protocol.md has it: a block with nothing in it is left out, and whoever reads one finds nothing. */
    @Test
    void a_message_without_items_ends_before_its_block() throws MalformedPacketException {
        byte[] bytes = ClientMessageCodec.encode(new ClientMessage.Leave("a"));
        assertThat(bytes).containsExactly(5, 1, 'a');
        assertThat(ClientMessageCodec.decode(1, Arrays.copyOf(bytes, 4))).isEqualTo(new ClientMessage.Leave("a"));
    }

    /** Whatever stands where the room ends: it grows before each kind of field. */
    @Test
    void a_message_is_as_long_as_it_needs() {
        for (int before = 1; before < 200; before++) {
            byte[] start = bytes(before);
            assertThat(new MessageWriter().raw(start).u8(7).toBytes())
                    .hasSize(before + 1)
                    .startsWith(start);
            assertThat(new MessageWriter().raw(start).u64(7).toBytes())
                    .hasSize(before + 8)
                    .startsWith(start);
            assertThat(new MessageWriter().raw(start).time(TIME).toBytes())
                    .hasSize(before + 6)
                    .startsWith(start);
            assertThat(new MessageWriter().raw(start).varint(1L << 40).toBytes())
                    .hasSize(before + 8)
                    .startsWith(start);
            assertThat(new MessageWriter().raw(start).id(ID).toBytes())
                    .hasSize(before + 16)
                    .startsWith(start);
        }
    }

    @Test
    void the_methods_of_a_login_are_one_bit_each() {
        assertThat(LoginMethods.of(Method.NONE).bits()).isEqualTo(1);
        assertThat(LoginMethods.of(Method.TOKEN, Method.SCRAM_SHA_256).bits()).isEqualTo(6);
        assertThat(LoginMethods.of(-1)).isEqualTo(LoginMethods.of(Method.NONE, Method.SCRAM_SHA_256, Method.TOKEN));
        assertThat(LoginMethods.of(4).contains(Method.TOKEN)).isTrue();
        assertThat(LoginMethods.of(4).contains(Method.NONE)).isFalse();
    }

    @Test
    void a_signal_of_a_program_is_told_with_whose_it_is_by_servers_alone() {
        byte[] own = new ProgramSignal(null, "at", bytes(3)).encode();
        byte[] passedOn = new ProgramSignal(ADA, "at", bytes(3)).encode();

        assertThat(ProgramSignal.own(own)).isNotNull().satisfies(signal -> {
            assertThat(signal.from()).isNull();
            assertThat(signal.key()).isEqualTo("at");
            assertThat(signal.bytes()).hasSize(3);
        });
        assertThat(ProgramSignal.decode(passedOn)).isNotNull().satisfies(signal -> {
            assertThat(signal.from()).isEqualTo(ADA);
            assertThat(signal.key()).isEqualTo("at");
        });
        assertThat(ProgramSignal.own(NONE)).isNull();
        assertThat(ProgramSignal.decode(new byte[] {1, 3, 'a', 'd', 'a'})).isNull();
        assertThat(ProgramSignal.own(new byte[] {2, 9, 'a'})).isNull();
        assertThat(ProgramSignal.own(new ProgramSignal(null, "at", bytes(Limits.SIGNAL_BYTES + 1)).encode()))
                .isNull();
    }
}
