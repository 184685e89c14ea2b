package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent.ValueSet;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The values of a room as they are folded from its events, and what a snapshot of them is written by. */
class FoldedValuesTest {

    private final RoomValues values = new RoomValues();

    private static ChatEvent event(Content content) {
        return ChatEvent.of(RoomName.LOBBY, 1, Instant.EPOCH, Author.of(UserName.of("ada")), content);
    }

    private static ValueSet set(String key, String text) {
        return new ValueSet(key, Payload.text(text));
    }

    @Test
    void of_each_key_the_last_one_counts_and_has_its_number() {
        assertThat(values.isEmpty()).isTrue();
        values.apply(5, event(set("score", "7")));
        values.apply(6, event(set("map", "harbour")));
        values.apply(7, event(set("score", "8")));
        values.apply(8, event(new Content.Said("score", false)));

        assertThat(values.isEmpty()).isFalse();
        assertThat(values.size()).isEqualTo(2);
        assertThat(values.has("score")).isTrue();
        assertThat(values.has("tea")).isFalse();
        assertThat(values.events()).extracting(ChatEvent::sequence).containsExactly(6L, 7L);
        values.apply(9, event(new ValueSet("map", Payload.NONE)));
        assertThat(values.has("map")).isFalse();
        assertThat(values.events()).containsExactly(event(set("score", "8")).withSequence(7));
    }

    @Test
    void what_was_set_behind_the_end_of_the_log_is_no_part_of_it() {
        values.apply(5, event(set("score", "7")));
        values.apply(6, event(set("map", "harbour")));
        RoomValues copy = values.copy();
        values.endAt(5);

        assertThat(values.has("score")).isTrue();
        assertThat(values.has("map")).isFalse();
        assertThat(copy.has("map")).as("goes on by itself").isTrue();
    }

    @Test
    void bytes_are_counted_with_what_is_replaced_taken_off() {
        ValueSet score = set("score", "7");
        ValueSet map = set("map", "harbour");
        values.apply(5, event(score));
        assertThat(values.bytes()).isEqualTo(score.size());
        assertThat(values.bytesWith(map)).isEqualTo(score.size() + map.size());
        assertThat(values.bytesWith(set("score", "1000")))
                .isEqualTo(set("score", "1000").size());
        values.apply(6, event(map));
        assertThat(values.bytes()).isEqualTo(score.size() + map.size());
    }

    @Test
    void one_more_than_there_may_be_sets_nothing_but_those_there_can_be_changed() {
        for (int i = 0; i <= RoomValue.MOST; i++) {
            values.apply(i + 1, event(set("key-" + i, "x")));
        }
        assertThat(values.size()).isEqualTo(RoomValue.MOST);
        assertThat(values.has("key-" + (RoomValue.MOST - 1))).isTrue();
        assertThat(values.has("key-" + RoomValue.MOST)).isFalse();
        values.apply(9999, event(set("key-0", "y")));
        assertThat(values.events().get(RoomValue.MOST - 1).sequence()).isEqualTo(9999);
    }

    @Test
    void what_is_written_of_a_state_is_what_is_read_however_long_it_is() {
        for (int before = 0; before < 600; before++) {
            StateWriter out = new StateWriter();
            out.writeText("x".repeat(before));
            out.writeByte(200);
            out.writeInt(-7);
            out.writeLong(Long.MIN_VALUE + 1);
            out.writeText("é".repeat(before));
            StateReader in = new StateReader(out.toBytes());
            assertThat(in.readText()).hasSize(before);
            assertThat(in.readUnsignedByte()).isEqualTo(200);
            assertThat(in.isAtEnd()).isFalse();
            assertThat(in.readInt()).isEqualTo(-7);
            assertThat(in.readLong()).isEqualTo(Long.MIN_VALUE + 1);
            assertThat(in.readText()).hasSize(before);
            assertThat(in.isAtEnd()).isTrue();
        }
    }
}
