package io.kabar.chat.internal.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.MessageId;
import io.kabar.chat.Receipt;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.WireLimits;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be made can be carried, and what cannot be carried cannot be made. */
class LimitsTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final UserName ADA = UserName.of("ada");
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final MessageId ID = new MessageId(1, 2);

    private static List<ChatEvent> allKinds(long sequence, Instant time) {
        return List.of(
                ChatEvent.of(LOBBY, sequence, time, Author.of(ADA), new Content.Said("hi", false)),
                ChatEvent.of(
                        LOBBY,
                        sequence,
                        time,
                        Author.of(ADA),
                        new Content.Said("é".repeat(Limits.TEXT_BYTES / 2), true)),
                ChatEvent.of(LOBBY, sequence, time, Author.of(ADA), new Content.Joined()),
                ChatEvent.of(
                        LOBBY,
                        sequence,
                        time,
                        Author.of(ADA),
                        new Content.Left("\ud83d\ude80".repeat(Limits.LINE_CHARACTERS))),
                ChatEvent.of(LOBBY, sequence, time, Author.of(ADA), new Content.Topic("x".repeat(Limits.LINE_BYTES))));
    }

    @Test
    void every_event_at_a_limit_comes_back_from_the_wire() throws MalformedPacketException {
        for (Instant time : List.of(Limits.EARLIEST, Limits.EARLIEST.plusMillis(1), NOON, Limits.LATEST)) {
            for (long sequence : new long[] {1, Limits.LAST_FOREIGN_NUMBER, Limits.LAST_NUMBER}) {
                for (ChatEvent event : allKinds(sequence, time)) {
                    assertThat(EventCodec.decode(LOBBY, 0, sequence, EventCodec.encode(event)))
                            .isEqualTo(event);
                }
            }
        }
    }

    @Test
    void no_event_beyond_a_limit_can_be_made() {
        for (Instant time : List.of(
                Instant.MIN,
                Instant.MAX,
                Instant.EPOCH.minusNanos(1),
                Limits.LATEST.plusMillis(1),
                Instant.parse("+20000-01-01T00:00:00Z"))) {
            assertThatThrownBy(() -> allKinds(1, time)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ChatEvent.of(LOBBY, 1, time, Author.of(ADA), new Content.Joined()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Receipt(LOBBY, 1, time)).isInstanceOf(IllegalArgumentException.class);
        }
        for (long sequence : new long[] {-1, Long.MIN_VALUE, Limits.LAST_NUMBER + 1, VarInt.MAX, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> allKinds(sequence, NOON)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Receipt(LOBBY, sequence, NOON)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ChatEvent.of(
                        LOBBY, 1, NOON, Author.of(ADA), new Content.Said("x".repeat(Limits.TEXT_BYTES + 1), false)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChatEvent.of(
                        LOBBY, 1, NOON, Author.of(ADA), new Content.Said("é".repeat(Limits.TEXT_BYTES / 2 + 1), false)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChatEvent.of(
                        LOBBY, 1, NOON, Author.of(ADA), new Content.Topic("é".repeat(Limits.LINE_BYTES / 2 + 1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChatEvent.of(
                        LOBBY, 1, NOON, Author.of(ADA), new Content.Left("x".repeat(Limits.LINE_BYTES + 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_number_that_no_event_has_ends_in_a_sentence_and_in_no_exception_of_another_kind() {
        byte[] body = EventCodec.encode(ChatEvent.of(LOBBY, 1, NOON, Author.of(ADA), new Content.Joined()));
        for (long sequence : new long[] {Limits.LAST_NUMBER + 1, VarInt.MAX}) {
            assertThatThrownBy(() -> EventCodec.decode(LOBBY, 0, sequence, body))
                    .isInstanceOf(MalformedPacketException.class);
            byte[] accepted = ServerMessageCodec.encode(new ServerMessage.Accepted(1, ID, sequence, 0));
            assertThatThrownBy(() -> ServerMessageCodec.decode(accepted)).isInstanceOf(MalformedPacketException.class);
        }
        for (long millis : new long[] {Limits.LATEST.toEpochMilli() + 1, VarInt.MAX}) {
            byte[] accepted = ServerMessageCodec.encode(new ServerMessage.Accepted(1, ID, 1, millis));
            assertThatThrownBy(() -> ServerMessageCodec.decode(accepted)).isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void a_figure_that_only_tells_something_is_taken_for_the_nearest_one_in_range() throws MalformedPacketException {
        int most = Integer.MAX_VALUE;
        byte[] beyond = new byte[8];
        VarInt.write(beyond, 0, VarInt.MAX);

        assertThat(ServerMessageCodec.decode(
                        message(2, new byte[] {0, 7, 3, 'a', 'd', 'a', 0}, beyond, beyond, beyond, beyond)))
                .usingRecursiveComparison()
                .isEqualTo(new ServerMessage.Welcome(
                        new byte[0], 7, "ada", Role.MEMBER, Limits.TEXT_BYTES, most, most, WireLimits.LANES - 1));
        assertThat(ServerMessageCodec.decode(message(9, new byte[] {8, 0, 19, 9, 17}, beyond, beyond, new byte[1])))
                .isEqualTo(new ServerMessage.Reply(8, false, new Answer.Seen(most, most, List.of())));
        assertThat(ServerMessageCodec.decode(message(4, new byte[] {1, 8, 0}, beyond, beyond, new byte[1])))
                .isEqualTo(new ServerMessage.Refused(new ServerMessage.Subject.Request(8), 0, 0xffff, 86_400_000L, ""));
        assertThat(ServerMessageCodec.decode(message(1, new byte[] {1, 0, 0}, beyond)))
                .usingRecursiveComparison()
                .isEqualTo(
                        new ServerMessage.Challenge(LoginMethods.Method.SCRAM_SHA_256, new byte[0], new byte[0], most));
    }

    private static byte[] message(int type, byte[]... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        for (byte[] field : fields) {
            out.writeBytes(field);
        }
        return out.toByteArray();
    }

    @Test
    void an_attempt_that_cannot_be_said_is_no_answer() {
        byte[] refused = ServerMessageCodec.encode(
                new ServerMessage.Refused(new ServerMessage.Subject.Message(1, ID), 1L << 31, 7, 0, "Wait."));

        assertThatThrownBy(() -> ServerMessageCodec.decode(refused)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void the_longest_wait_is_a_day() throws MalformedPacketException {
        byte[] refused = ServerMessageCodec.encode(
                new ServerMessage.Refused(new ServerMessage.Subject.Message(1, ID), 0, 7, VarInt.MAX, "Wait."));

        assertThat(((ServerMessage.Refused) ServerMessageCodec.decode(refused)).retryAfterMillis())
                .isEqualTo(86_400_000L);
    }

    @Test
    void whoever_has_the_last_event_can_ask_for_what_comes_next() {
        assertThat(JoinHistory.after(new LogPosition(1, Limits.LAST_NUMBER)).amount())
                .isEqualTo(Limits.LAST_NUMBER + 1);
        assertThat((double) JoinHistory.MAX_SEQUENCE).as("JSON").isEqualTo(0x1p53);
    }

    @Test
    void a_text_is_cut_between_characters() {
        assertThat(Limits.cut("a\ud83d\ude80é", 4)).isEqualTo("a");
        assertThat(Limits.cut("a\ud83d\ude80é", 5)).isEqualTo("a\ud83d\ude80");
        assertThat(Limits.cut("a\ud83d\ude80é", 7)).isEqualTo("a\ud83d\ude80é");
        assertThat(Limits.nearestTime(Instant.MAX)).isEqualTo(Limits.LATEST);
        assertThat(Limits.nearestTime(Instant.MIN)).isEqualTo(Limits.EARLIEST);
        assertThat(Limits.nearestTime(NOON)).isEqualTo(NOON);
    }
}
