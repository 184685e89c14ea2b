package io.kabar.chat.internal.server;

import io.kabar.chat.Amended.Reaction;
import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
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
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.TypingSignal;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.internal.wire.message.ProgramSignal;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.rules.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One example of each frame, message, event and signal; {@code docs/protocol.md} shows their bytes. */
public final class GoldenExamples {
    private static final RoomSettings SETTINGS = new RoomSettings(
            RoomModes.of(Map.of(RoomMode.MODERATED, 1L, RoomMode.SLOW, 10L)),
            "for tea",
            new Standing(RoomRole.MODERATOR, Instant.ofEpochMilli(1_800_000_060_000L)));

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final UserName ADA = UserName.of("ada");
    private static final MessageId ID = new MessageId(0x0011223344556677L, 0x8899aabbccddeeffL);
    private static final Instant TIME = Instant.ofEpochMilli(1_800_000_000_000L);
    private static final ClientMessage.Login LOGIN =
            new ClientMessage.Login(RawClient.METHODS, "ada", counting(0xc0, 18), 0x1122334455667788L);
    private static final Member MEMBER = new Member(ADA, RoomRole.OWNER, Presence.AWAY);

    private GoldenExamples() {}

    static Map<String, byte[]> frames() {
        byte[] event = EventCodec.encode(said(false));
        Map<String, byte[]> frames = new LinkedHashMap<>();
        frames.put("PADDING", new byte[1]);
        frames.put("PING", frame(FrameWriter::ping));
        frames.put("ACK", frame(out -> out.ack(1234, new long[] {90, 100, 70, 80, 5, 5}, 3)));
        frames.put("CLOSE", frame(out -> out.close(0x10, "bye".getBytes(StandardCharsets.UTF_8))));
        frames.put("PATH_CHALLENGE", frame(out -> out.pathChallenge(0x0102030405060708L)));
        frames.put("PATH_RESPONSE", frame(out -> out.pathResponse(0x0102030405060708L)));
        frames.put("LANE", frame(out -> out.lane(3, 70_000, "hello".getBytes(StandardCharsets.UTF_8), 0, 5)));
        frames.put("EVENT", frame(out -> out.event(7, 1000, event)));
        frames.put("EVENT_PART", frame(out -> out.eventPart(7, 1000, event, 8, 4)));
        frames.put("GAP", frame(out -> out.gap(7, 1, 9)));
        frames.put("SIGNAL", frame(out -> out.signal(7, TypingSignal.own())));
        frames.put("extension", new byte[] {0x20, 2, 'h', 'i'});
        return frames;
    }

    static List<ClientMessage> clientMessages() {
        return List.of(
                LOGIN,
                new ClientMessage.LoginProof(new byte[0], counting(0x10, 32)),
                new ClientMessage.Join(
                        ClientMessage.Target.room("lobby"),
                        JoinHistory.last(50).having(new LogPosition(0x1234, 1000)),
                        1024,
                        new byte[0]),
                new ClientMessage.Leave("bye"),
                new ClientMessage.Credit(7, 2000),
                new ClientMessage.Request(5, new Query.Rooms("kitchen")),
                new ClientMessage.Request(6, new Query.Members(LOBBY, "ad", "ada", 100)),
                new ClientMessage.Away(true),
                new ClientMessage.Read(7, 1000),
                new ClientMessage.Request(2, new Query.History(LOBBY, HistoryRange.before(951, 100))),
                new ClientMessage.Request(7, new Query.Search(LOBBY, 0, "green tea")),
                new ClientMessage.Request(8, new Query.WhoSaw(LOBBY, 1000)),
                new ClientMessage.Request(9, new Query.SetRoomPassword(LOBBY, counting(0x50, 32))),
                new ClientMessage.Resume(LOGIN, counting(0x30, 5), counting(0x10, 32)),
                new ClientMessage.Say(0, ID, new Content.Said("hi", false)));
    }

    public static List<ServerMessage> serverMessages() {
        return List.of(
                ServerMessage.Challenge.none(),
                new ServerMessage.Welcome(new byte[0], 7, "ada", Role.MEMBER, 4096, 50, 20, 64),
                new ServerMessage.Refused(new ServerMessage.Subject.Login(), 0, 4, 30_000, "No."),
                new ServerMessage.RoomEntered(
                        1,
                        7,
                        LOBBY,
                        0x1234,
                        0xfedcba98L,
                        0,
                        1,
                        1000,
                        951,
                        1000,
                        900,
                        1,
                        1,
                        "tea",
                        "kept",
                        SETTINGS,
                        null,
                        990,
                        300),
                new ServerMessage.Roster(7, List.of(MEMBER)),
                new ServerMessage.Values(
                        7,
                        List.of(new ServerMessage.Numbered(
                                999,
                                EventCodec.encode(event(0, new ProgramContent.ValueSet("score", Payload.text("7"))))))),
                new ServerMessage.Refused(new ServerMessage.Subject.Room(1, "lobby"), 0, 9, 0, "No."),
                new ServerMessage.Refused(
                        new ServerMessage.Subject.Message(1, ID),
                        0,
                        9,
                        0,
                        "No.",
                        new Obstacle(Rule.MUTED, "No.", RoomRole.MODERATOR)),
                new ServerMessage.RoomLeft(1, true, "bye"),
                new ServerMessage.Accepted(1, ID, 1001, TIME.toEpochMilli()),
                new ServerMessage.Refused(new ServerMessage.Subject.Message(1, ID), 1, 7, 250, "No."),
                new ServerMessage.Reply(
                        5, false, new Answer.Rooms(List.of(new RoomSummary(LOBBY, 1, 1000, "tea")), false)),
                new ServerMessage.Reply(6, false, new Answer.Members(300, true, List.of(MEMBER))),
                new ServerMessage.MemberChanged(7, 1000, MEMBER),
                new ServerMessage.DirectWaiting(RoomName.direct(7, 12), 3, ADA),
                new ServerMessage.Notice("hello"),
                new ServerMessage.ReadUpTo(7, 1000),
                new ServerMessage.Inside(7, 300),
                new ServerMessage.Reply(2, false, new Answer.History(851, 950, 1, 1000)),
                new ServerMessage.Reply(
                        2,
                        false,
                        new Answer.Amended(
                                1000,
                                List.of(
                                        new Answer.Amended.Item(900, 960, 0, List.of(new Reaction("+1", 3, true))),
                                        new Answer.Amended.Item(901, 0, 970, List.of())))),
                new ServerMessage.Reply(7, false, new Answer.Found(1, false, List.of(900L, 42L))),
                new ServerMessage.Reply(8, false, new Answer.Seen(5, 1, List.of(ADA))),
                new ServerMessage.Refused(new ServerMessage.Subject.Request(5), 0, 7, 250, "No."),
                new ServerMessage.Ticket(counting(0x10, 32), counting(0x30, 5), 86_400));
    }

    static List<ChatEvent> events() {
        return List.of(
                said(false),
                said(true),
                event(0, new Content.Joined()),
                event(0, new Content.Left("bye")),
                event(0, new Content.Topic("tea")),
                event(0, new RoomChange.RoleGiven(new RoomChange.Whom(7, "bob"), RoomRole.MODERATOR, "")),
                event(
                        0,
                        new RoomChange.Banned(
                                new RoomChange.Whom(7, "bob"), Instant.ofEpochMilli(1_800_000_060_000L), "")),
                event(0, new RoomChange.Kicked(new RoomChange.Whom(7, "bob"), "enough")),
                event(
                        0,
                        new RoomChange.Muted(
                                new RoomChange.Whom(7, "bob"), Instant.ofEpochMilli(1_800_000_060_000L), "")),
                event(0, new RoomChange.ModesSet(Map.of(RoomMode.SLOW, 10L), "")),
                event(0, new Content.Described("for tea")),
                event(0, new RoomChange.Invited(new RoomChange.Whom(7, "bob"), false, "")),
                event(0, new RoomChange.Invited(new RoomChange.Whom(7, "bob"), true, "")),
                event(0, new StaffAction("ban", new RoomChange.Whom(7, "bob"), "banned bob")),
                event(999, new Amendment.Edited("ho")),
                event(999, new Amendment.Deleted("off topic")),
                event(999, new Amendment.Reacted("\ud83d\udc4d", false)),
                event(0, new ProgramContent.Data(new Payload("image/png", new byte[] {(byte) 0x89, 'P'}))),
                event(0, new ProgramContent.ValueSet("score", Payload.text("7"))),
                event(0, new ProgramContent.ValueSet("score", Payload.NONE)),
                event(999, new Content.Unknown(200, 0x80, new byte[] {1, 1, 42}, new byte[] {3, 0}, new byte[] {9, 8
                })));
    }

    /** What an example is called in the document. */
    static String name(Object message) {
        Object part = message instanceof ClientMessage.Request request
                ? request.query()
                : message instanceof ServerMessage.Reply reply
                        ? reply.answer()
                        : message instanceof ServerMessage.Refused refused ? refused.subject() : null;
        if (message instanceof ServerMessage.Refused refused && refused.obstacle() != null) {
            return "Refused, by a rule";
        }
        String name = message.getClass().getSimpleName();
        return part == null ? name : name + ", " + part.getClass().getSimpleName();
    }

    static Map<String, byte[]> signals() {
        Map<String, byte[]> signals = new LinkedHashMap<>();
        signals.put("typing, client to server", TypingSignal.own());
        signals.put("typing, server to client", TypingSignal.encode(ADA));
        byte[] place = {3, 4};
        signals.put("of a program, client to server", new ProgramSignal(null, "at", place).encode());
        signals.put("of a program, server to client", new ProgramSignal(ADA, "at", place).encode());
        return signals;
    }

    private static ChatEvent said(boolean action) {
        return event(0, new Content.Said("hi", action));
    }

    private static ChatEvent event(long ref, Content content) {
        return new ChatEvent(LOBBY, 0, 1000, TIME, new Author(5, ADA), ref, content);
    }

    private static byte[] counting(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    private static byte[] frame(Predicate<FrameWriter> writes) {
        byte[] out = new byte[WireLimits.DATAGRAM];
        FrameWriter writer = new FrameWriter(out, 0, out.length);
        if (!writes.test(writer)) {
            throw new AssertionError("does not fit");
        }
        return Arrays.copyOf(out, writer.length());
    }
}
