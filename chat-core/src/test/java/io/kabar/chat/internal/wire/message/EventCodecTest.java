package io.kabar.chat.internal.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void hundred_bytes_said_by_a_name_of_six_letters_are_117_bytes() {
        ChatEvent event = ChatEvent.of(
                LOBBY, 1, NOON, new Author(1000, UserName.of("sixlet")), new Content.Said("x".repeat(100), false));

        assertThat(EventCodec.encode(event)).hasSize(117);
    }

    @Test
    void every_kind_comes_back_and_no_beginning_of_its_header_and_name_is_an_event() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            ChatEvent event = event(random);
            byte[] bytes = EventCodec.encode(event);

            assertThat(EventCodec.decode(LOBBY, event.epoch(), event.sequence(), bytes))
                    .isEqualTo(event);
            int before = bytes.length - rest(event.content());
            for (int length = 0; length < before; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> EventCodec.decode(LOBBY, 0, 1, cut))
                        .as("%s, %d of %d bytes", event, length, bytes.length)
                        .isInstanceOf(MalformedPacketException.class);
            }
        }
    }

    /** The content goes to the end: what is left of it is one, too. */
    private static int rest(Content content) {
        if (content instanceof ProgramContent program) {
            return program.payload().length();
        }
        return content instanceof Content.Unknown unknown
                ? unknown.body().length
                : content.text().getBytes(StandardCharsets.UTF_8).length;
    }

    private static ChatEvent event(Random random) {
        return new ChatEvent(
                LOBBY,
                random.nextInt(3),
                1 + random.nextInt(100_000),
                Instant.ofEpochMilli(random.nextLong(Limits.LATEST.toEpochMilli() + 1)),
                new Author(random.nextInt(3) * (long) random.nextInt(1_000_000), UserName.of("ada")),
                random.nextBoolean() ? 0 : random.nextInt(100_000),
                content(random));
    }

    private static Content content(Random random) {
        return List.of(
                        new Content.Said("s\u00e9\ud83d\ude80".repeat(random.nextInt(20)), random.nextBoolean()),
                        new Content.Joined(),
                        new Content.Left("bye ".repeat(random.nextInt(20))),
                        new Content.Topic("tea ".repeat(random.nextInt(20))),
                        new Content.Described("tea ".repeat(random.nextInt(20))),
                        new RoomChange.RoleGiven(whom(random), RoomRole.of(random.nextInt(4)), "for tea"),
                        new RoomChange.Banned(whom(random), until(random), "too much tea"),
                        new RoomChange.Kicked(whom(random), ""),
                        new RoomChange.Muted(whom(random), until(random), ""),
                        new RoomChange.Invited(whom(random), random.nextBoolean(), "tea"),
                        new RoomChange.ModesSet(
                                Map.of(
                                        RoomMode.SLOW,
                                        random.nextLong(86_401),
                                        List.of(RoomMode.values()).get(random.nextInt(7)),
                                        random.nextLong(2)),
                                ""),
                        new StaffAction("ban-address", whom(random), "kept a network out"),
                        new ProgramContent.Data(payload(random)),
                        new ProgramContent.ValueSet("key \u00e9 ".repeat(1 + random.nextInt(8)), payload(random)),
                        new Amendment.Edited("t\u00e9a\n".repeat(random.nextInt(20))),
                        new Amendment.Deleted("tea ".repeat(random.nextInt(20))),
                        new Amendment.Reacted("\ud83d\ude80", random.nextBoolean()),
                        new Content.Unknown(
                                100 + random.nextInt(156),
                                random.nextInt(32) << 3,
                                bytes(random, 100),
                                bytes(random, 100),
                                bytes(random, 1000)))
                .get(random.nextInt(18));
    }

    private static RoomChange.Whom whom(Random random) {
        return new RoomChange.Whom(random.nextInt(100), random.nextBoolean() ? "bob" : "");
    }

    private static Instant until(Random random) {
        return Instant.ofEpochMilli(random.nextLong(Limits.LATEST.toEpochMilli() + 1));
    }

    private static Payload payload(Random random) {
        return random.nextInt(4) == 0 ? Payload.NONE : new Payload("image/svg+xml", bytes(random, 1000));
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(3) * random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void flags_that_are_not_known_and_parts_of_a_later_version_are_passed_over() throws Exception {
        byte[] facts = {3, 5, 1, 7};
        byte[] said = new MessageWriter()
                .u8(Content.SAID)
                .u8(0xe7)
                .time(NOON)
                .varint(7)
                .varint(4)
                .bytes(facts)
                .text("ada")
                .bytes(facts)
                .raw(new byte[] {'h', 'i'})
                .toBytes();

        ChatEvent event = EventCodec.decode(LOBBY, 0, 9, said);

        assertThat(event.content()).isEqualTo(new Content.Said("hi", false));
        assertThat(event.ref()).isEqualTo(4);
        assertThat(event.author()).isEqualTo(new Author(7, UserName.of("ada")));
    }

    @Test
    void event_out_of_bounds_is_malformed() {
        byte[] kind =
                EventCodec.encode(ChatEvent.of(LOBBY, 1, NOON, Author.of(UserName.of("ada")), new Content.Joined()));
        kind[0] = 0;
        assertThatThrownBy(() -> EventCodec.decode(LOBBY, 0, 1, kind)).isInstanceOf(MalformedPacketException.class);
        byte[] time = kind.clone();
        time[0] = Content.JOINED;
        time[2] = -1;
        assertThatThrownBy(() -> EventCodec.decode(LOBBY, 0, 1, time)).isInstanceOf(MalformedPacketException.class);
    }
}
