package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.LogPosition;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server can tell of the log that somebody has read. */
class EpochsTest {

    @Test
    void beginning_of_which_no_epoch_is_known_is_not_taken_for_another_history() {
        // As with a journal that keeps no epochs: after its restart the server knows its own only.
        Epochs epochs = new Epochs(Map.of(101L, 2L));

        assertThat(epochs.agreed(new LogPosition(1, 100), 1, 120)).isEqualTo(100);
        assertThat(epochs.agreed(new LogPosition(1, 40), 1, 120)).isEqualTo(40);
        assertThat(epochs.agreed(new LogPosition(1, 110), 1, 120))
                .as("of this the epoch is known, and is another")
                .isEqualTo(100);
        assertThat(epochs.agreed(new LogPosition(2, 110), 1, 120)).isEqualTo(110);
    }

    @Test
    void log_whose_epochs_are_all_known_and_that_lacks_the_readers_is_another_from_its_beginning_on() {
        assertThat(new Epochs(Map.of(1L, 2L)).agreed(new LogPosition(1, 40), 1, 120))
                .isZero();
    }

    @Test
    void beginning_whose_epochs_were_let_go_of_is_taken_for_another_history() {
        Map<Long, Long> known = new HashMap<>();
        for (long i = 0; i <= Epochs.MAX; i++) {
            known.put(1 + 10 * i, 100 + i);
        }

        assertThat(new Epochs(known).agreed(new LogPosition(1, 5), 1, 10_000)).isZero();
    }

    /** As where a room went that was empty, and another one of its name begins behind its numbers. */
    @Test
    void log_of_which_nothing_older_than_the_known_epochs_is_kept_shares_nothing_with_a_reader_of_others() {
        Epochs epochs = new Epochs(Map.of(3L, 2L));

        assertThat(epochs.agreed(new LogPosition(1, 159), 3, 3)).isZero();
        assertThat(epochs.agreed(new LogPosition(1, 2), 3, 3)).isZero();
        assertThat(epochs.agreed(new LogPosition(2, 3), 3, 3)).isEqualTo(3);
    }

    @Test
    void event_has_an_epoch_that_can_be_one() {
        Author ada = Author.of(new UserName("ada"));
        ChatEvent event =
                ChatEvent.of(RoomName.LOBBY, 1, Instant.EPOCH, ada, new Content.Said("from a journal", false));
        for (long strange : new long[] {-1, Long.MIN_VALUE, LogPosition.MAX_EPOCH + 1, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> event.withEpoch(strange));
        }
        assertThat(event.withEpoch(LogPosition.MAX_EPOCH).epoch()).isEqualTo(LogPosition.MAX_EPOCH);
    }

    @Test
    void event_is_of_the_epoch_that_began_last_before_it() {
        Epochs epochs = new Epochs();
        assertThat(epochs.newest()).isZero();
        assertThat(epochs.of(5)).isZero();
        epochs.wrote(7, 3);
        epochs.wrote(7, 4);
        epochs.wrote(9, 10);

        assertThat(epochs.byFirst()).containsExactly(Map.entry(3L, 7L), Map.entry(10L, 9L));
        assertThat(epochs.of(2)).isZero();
        assertThat(epochs.of(3)).isEqualTo(7);
        assertThat(epochs.of(9)).isEqualTo(7);
        assertThat(epochs.of(10)).isEqualTo(9);
        assertThat(epochs.newest()).isEqualTo(9);
        assertThat(epochs.agreed(new LogPosition(7, 20), 1, 30)).isEqualTo(9);
        epochs.endAt(9);
        assertThat(epochs.byFirst()).containsExactly(Map.entry(3L, 7L));
    }

    @Test
    void what_is_known_from_elsewhere_stands_in_place_of_what_was_found_if_anything_is() {
        Epochs epochs = new Epochs(Map.of(3L, 7L));
        epochs.adopt(Map.of());
        assertThat(epochs.byFirst()).containsExactly(Map.entry(3L, 7L));
        epochs.adopt(Map.of(1L, 5L));
        assertThat(epochs.byFirst()).containsExactly(Map.entry(1L, 5L));
    }

    @Test
    void the_newest_epochs_are_remembered_however_they_come_to_be_known() {
        Map<Long, Long> known = new HashMap<>();
        for (long i = 1; i <= Epochs.MAX + 3; i++) {
            known.put(i, 100 + i);
        }
        Epochs written = new Epochs();
        known.forEach((first, epoch) -> written.wrote(epoch, first));
        Epochs adopted = new Epochs();
        adopted.adopt(known);

        for (Epochs epochs : new Epochs[] {written, adopted, new Epochs(known)}) {
            assertThat(epochs.byFirst())
                    .hasSize(Epochs.MAX)
                    .doesNotContainKey(3L)
                    .containsKey(4L);
        }
    }
}
