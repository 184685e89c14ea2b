package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A client that says what cannot be: every message with every field below, above and far beyond its range. Each is
 * answered or taken for the nearest that can be, and neither this client nor anybody else loses a connection over it.
 */
class OutOfRangeTest {

    private static final long[] FAR = {1L << 53, VarInt.MAX};
    /** Half a letter of two bytes. */
    private static final byte[] NO_UTF8 = {'a', (byte) 0xc3};

    /** A field of a message: a good value, and others that are none. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Field(byte[] good, List<byte[]> bad) {}

    private record Message(String name, int type, int lane, Class<? extends ServerMessage> answer, List<Field> fields) {
        byte[] with(int field, byte[] value) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(v(type));
            for (int i = 0; i < fields.size(); i++) {
                out.writeBytes(i == field ? value : fields.get(i).good());
            }
            return out.toByteArray();
        }
    }

    private static byte[] v(long value) {
        byte[] bytes = new byte[8];
        return Arrays.copyOf(bytes, VarInt.write(bytes, 0, value));
    }

    private static byte[] block(byte[] value) {
        byte[] length = v(value.length);
        return ByteBuffer.allocate(length.length + value.length)
                .put(length)
                .put(value)
                .array();
    }

    private static byte[] text(String value) {
        return block(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A number that may be anything a varint holds. */
    private static Field any(long good) {
        return new Field(v(good), List.of(v(0), v(FAR[0]), v(FAR[1])));
    }

    private static Field number(long good, long min, long max) {
        List<byte[]> bad = new ArrayList<>(List.of(v(max + 1), v(FAR[0]), v(FAR[1])));
        if (min > 0) {
            bad.add(v(min - 1));
        }
        return new Field(v(good), bad);
    }

    private static Field code(int good, int max) {
        return new Field(new byte[] {(byte) good}, List.of(new byte[] {(byte) (max + 1)}, new byte[] {(byte) 0xff}));
    }

    private static Field words(String good, int maxBytes) {
        return new Field(
                text(good),
                List.of(text(""), text("x".repeat(maxBytes + 1)), text("x".repeat(30_000)), block(NO_UTF8)));
    }

    private static Field room(String good) {
        List<byte[]> bad = new ArrayList<>(List.of(text("x".repeat(257)), text("x".repeat(30_000)), block(NO_UTF8)));
        for (String name :
                List.of("", "#", "a b", "a/b", "@", "@@", "@ada", "@ada@ada", "@2+1", "\u0007", "a\u202eb")) {
            bad.add(text(name));
        }
        return new Field(text(good), bad);
    }

    private static Field raw(int length) {
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) 0xff);
        return new Field(new byte[length], List.of(ones));
    }

    /** The argument of a request. */
    private record Argument(int tag, Field field) {}

    /** The block of a request with these arguments, each of them with every value that is none. */
    private static Field arguments(Argument... arguments) {
        List<byte[]> bad = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            for (byte[] value : arguments[i].field().bad()) {
                bad.add(items(i, value, arguments));
            }
        }
        byte[] good = items(-1, new byte[0], arguments);
        bad.add(v(0)); // no argument at all
        bad.add(block(concat(Arrays.copyOfRange(good, v(good.length).length, good.length), v(0x2001), v(0))));
        return new Field(good, bad);
    }

    private static byte[] items(int place, byte[] value, Argument... arguments) {
        byte[] items = new byte[0];
        for (int i = 0; i < arguments.length; i++) {
            byte[] one = i == place ? value : arguments[i].field().good();
            items = concat(items, v(arguments[i].tag()), block(one));
        }
        return block(items);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** First number and count of a piece of history. */
    private static Field span() {
        Field from = number(0, 0, 1L << 53);
        Field count = number(1, 1, 1000);
        List<byte[]> bad = new ArrayList<>();
        from.bad().forEach(one -> bad.add(concat(one, count.good())));
        count.bad().forEach(one -> bad.add(concat(from.good(), one)));
        return new Field(concat(from.good(), count.good()), bad);
    }

    private static final Field REQUEST = number(5, 0, (1 << 28) - 1);

    private static Message request(String name, int method, Argument... arguments) {
        return new Message(
                name, 8, 0, ServerMessage.Reply.class, List.of(REQUEST, number(method, 1, 5), arguments(arguments)));
    }

    private static final List<Message> MESSAGES = List.of(
            new Message(
                    "Say",
                    6,
                    1,
                    ServerMessage.Refused.class,
                    List.of(
                            number(0, 0, Integer.MAX_VALUE),
                            raw(16),
                            new Field(new byte[] {1}, List.of(new byte[] {2}, new byte[] {127}, new byte[] {-1})),
                            new Field(new byte[] {0}, List.of(new byte[] {16}, new byte[] {-128})),
                            words("hi", 16 * 1024))),
            new Message(
                    "Join",
                    4,
                    2,
                    ServerMessage.Refused.class,
                    List.of(
                            code(0, 1),
                            room("other"),
                            code(0, 1),
                            number(1, 0, 1000),
                            number(0, 0, 0xffff_ffffL),
                            number(0, 0, 1L << 53),
                            any(10))),
            new Message(
                    "Join on lane 0",
                    4,
                    0,
                    ServerMessage.Refused.class,
                    List.of(code(0, 1), room("other"), code(0, 1), any(1), any(0), any(0), any(10))),
            new Message("Leave", 5, 3, ServerMessage.RoomLeft.class, List.of(words("bye", 1560))),
            new Message("Leave on lane 0", 5, 0, ServerMessage.Refused.class, List.of(words("bye", 1560))),
            new Message("Credit", 7, 0, ServerMessage.class, List.of(any(1), any(10))),
            new Message("Away", 9, 0, ServerMessage.class, List.of(code(0, 1))),
            new Message("unknown", 64, 0, ServerMessage.class, List.of(any(1))),
            request("Rooms", 1, new Argument(3, words("lobby", 256))),
            request("Members", 2, new Argument(1, room("lobby"))),
            request("History", 3, new Argument(1, room("lobby")), new Argument(5, span())),
            request(
                    "Search",
                    4,
                    new Argument(1, room("lobby")),
                    new Argument(7, words("tea", 256)),
                    new Argument(9, any(0))),
            request("WhoSaw", 5, new Argument(1, room("lobby")), new Argument(11, number(1, 1, 1))));

    private static RawClient inside(RawClient client, String name) {
        client.commits = true;
        client.signIn(name);
        client.say(
                1,
                new ClientMessage.Join(
                        ClientMessage.Target.room("lobby"), io.kabar.chat.JoinHistory.NONE, 1000, new byte[0]));
        assertThat(client.heard).hasAtLeastOneElementOfType(ServerMessage.RoomEntered.class);
        return client;
    }

    private static @Nullable ServerMessage last(RawClient client) {
        return client.heard.isEmpty() ? null : client.heard.get(client.heard.size() - 1);
    }

    @Test
    void every_field_of_every_message_out_of_range_is_refused_and_nobody_loses_a_connection() throws Exception {
        RawClient client = inside(new RawClient(), "ada");
        RawClient bystander = inside(client.beside(), "bob");
        int tried = 0;
        for (Message message : MESSAGES) {
            for (int field = 0; field < message.fields().size(); field++) {
                for (byte[] bad : message.fields().get(field).bad()) {
                    client.pass(Duration.ofSeconds(1));
                    bystander.now = client.now;
                    client.heard.clear();
                    bystander.heard.clear();

                    client.say(message.lane(), message.with(field, bad));

                    String what = message.name() + " field " + field + " " + Arrays.toString(Arrays.copyOf(bad, 9));
                    assertThat(client.closedWith).as(what).isNull();
                    assertThat(bystander.closedWith).as(what).isNull();
                    assertThat(bystander.heard)
                            .as(what)
                            .allMatch(told -> told instanceof ServerMessage.MemberChanged
                                    && message.name().equals("Away"));
                    if (message.answer() != ServerMessage.class) {
                        assertThat(client.heard).as(what).hasSizeBetween(1, 2);
                        assertThat(client.heard.get(0))
                                .as(what)
                                .isInstanceOfAny(
                                        message.answer(),
                                        ServerMessage.RoomEntered.class,
                                        ServerMessage.RoomLeft.class,
                                        ServerMessage.Accepted.class,
                                        ServerMessage.Refused.class);
                    }
                    client.say(0, new ClientMessage.Request(1234, new Query.Rooms("")));
                    assertThat(last(client))
                            .as(what)
                            .isInstanceOfSatisfying(
                                    ServerMessage.Reply.class,
                                    list -> assertThat(list.id()).isEqualTo(1234));
                    tried++;
                    if (client.heard.get(0) instanceof ServerMessage.RoomEntered) {
                        client.say(message.lane(), new ClientMessage.Leave(""));
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(100);
    }

    @Test
    void what_is_refused_is_told_by_the_message_of_its_kind_with_its_own_code() throws Exception {
        RawClient client = inside(new RawClient(), "ada");
        for (Message message : MESSAGES) {
            for (int field = 0; field < message.fields().size(); field++) {
                client.pass(Duration.ofSeconds(1));
                client.heard.clear();
                List<byte[]> bad = message.fields().get(field).bad();
                byte[] worst = bad.get(message.name().equals("Say") && field == 1 ? 0 : bad.size() - 1);
                if (message.answer() == ServerMessage.class) {
                    continue;
                }
                client.say(message.lane(), message.with(field, worst));
                ServerMessage answer = last(client);
                int code = code(answer);
                if (code == 0) {
                    continue; // whatever it is, it is in range
                }
                boolean isName = message.name().equals("Join") && field == 1;
                assertThat(code)
                        .as(message.name() + " field " + field)
                        .isIn(
                                isName
                                        ? List.of(Refusal.BAD_NAME.code())
                                        : List.of(
                                                Refusal.BAD_REQUEST.code(),
                                                Refusal.TOO_LARGE.code(),
                                                Refusal.UNSUPPORTED.code()));
            }
        }
    }

    private static int code(@Nullable ServerMessage answer) {
        return answer instanceof ServerMessage.Refused refused ? refused.code() : 0;
    }

    @Test
    void what_was_refused_for_a_field_is_refused_again_whatever_it_is_then() throws Exception {
        RawClient client = inside(new RawClient(), "ada");
        Message say = MESSAGES.get(0);
        client.say(1, say.with(2, new byte[] {9}));
        client.heard.clear();

        byte[] good = say.with(-1, new byte[0]);
        good[17] = 0;
        client.say(1, good);

        assertThat(client.heard).singleElement().isInstanceOf(ServerMessage.Refused.class);
    }

    @Test
    void a_name_that_can_be_none_is_refused_as_a_name_before_anybody_is_signed_in() throws Exception {
        for (byte[] name : List.of(text("x".repeat(257)), text("x".repeat(30_000)), block(NO_UTF8), text("a b"))) {
            for (int type : new int[] {1, 2}) {
                RawClient client = new RawClient();
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(type);
                out.write(3);
                out.writeBytes(name);
                out.writeBytes(new byte[18 + 8]);
                if (type == 2) {
                    out.writeBytes(block(new byte[5]));
                    out.writeBytes(new byte[32]);
                }
                client.say(0, out.toByteArray());

                assertThat(client.heard)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                ServerMessage.Refused.class,
                                no -> assertThat(no.code()).isEqualTo(Refusal.BAD_NAME.code()));
            }
        }
    }

    @Test
    void a_ticket_or_a_proof_of_any_length_is_only_one_that_is_not_good() throws Exception {
        RawClient client = new RawClient();
        ByteArrayOutputStream resume = new ByteArrayOutputStream();
        resume.write(2);
        resume.write(3);
        resume.writeBytes(text("ada"));
        resume.writeBytes(new byte[18 + 8]);
        resume.writeBytes(block(new byte[256]));
        resume.writeBytes(new byte[32]);
        client.say(0, resume.toByteArray());
        assertThat(client.heard).singleElement().isInstanceOf(ServerMessage.Challenge.class);

        ByteArrayOutputStream proof = new ByteArrayOutputStream();
        proof.write(3);
        proof.writeBytes(block(new byte[33]));
        proof.writeBytes(new byte[32]);
        client.say(0, proof.toByteArray());
        assertThat(client.closedWith).isNull();
        assertThat(client.heard).hasSizeGreaterThan(1);
    }

    @Test
    void bytes_that_are_no_message_end_the_connection() throws Exception {
        for (byte[] bytes :
                List.of(new byte[] {7}, new byte[] {9, 1, 1}, new byte[] {63}, new byte[] {8, 5, 60, 'a'})) {
            RawClient client = inside(new RawClient(), "ada");
            client.say(0, bytes);
            assertThat(client.closedWith).isEqualTo(CloseCode.PROTOCOL_VIOLATION);
        }
    }
}
