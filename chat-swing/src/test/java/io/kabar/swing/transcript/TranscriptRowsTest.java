package io.kabar.swing.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.view.Transcript;
import io.kabar.swing.Chat;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.swing.event.ListDataEvent;
import javax.swing.event.ListDataListener;
import org.junit.jupiter.api.Test;

class TranscriptRowsTest {

    private final Chat chat = new Chat().entered(Chat.GENERAL);
    private final TranscriptRows rows = new TranscriptRows(ZoneOffset.UTC);

    @Test
    void name_is_shown_again_when_somebody_else_speaks_or_a_minute_has_passed() {
        chat.said(Chat.GENERAL, "mira", "one");
        chat.said(Chat.GENERAL, "mira", "two");
        chat.said(Chat.GENERAL, "ori", "three");
        chat.later(Duration.ofMinutes(1));
        chat.said(Chat.GENERAL, "ori", "four");

        show();

        assertThat(last(4)).extracting(Row::head).containsExactly(true, false, true, true);
    }

    @Test
    void first_line_of_a_day_carries_the_day() {
        chat.said(Chat.GENERAL, "mira", "one");
        chat.later(Duration.ofDays(1));
        chat.said(Chat.GENERAL, "mira", "two");
        chat.said(Chat.GENERAL, "mira", "three");

        show();

        assertThat(last(3)).extracting(Row::newDay).containsExactly(false, true, false);
    }

    @Test
    void one_more_line_is_one_row_added_and_nothing_changed() {
        chat.said(Chat.GENERAL, "mira", "one");
        show();
        List<String> changes = record();

        chat.said(Chat.GENERAL, "ori", "two");
        show();

        assertThat(changes).containsExactly("added 2-2");
    }

    @Test
    void growing_run_of_joins_changes_its_row_only() {
        chat.joined(Chat.GENERAL, "tam");
        show();
        List<String> changes = record();

        chat.left(Chat.GENERAL, "tam");
        show();

        assertThat(changes).containsExactly("changed 1-1");
    }

    @Test
    void full_transcript_drops_its_oldest_rows_and_keeps_the_others_in_place() {
        fill(Transcript.MAX_LINES);
        show();
        List<String> changes = record();

        fill(10);
        show();

        assertThat(changes).containsExactly("removed 0-9", "changed 0-0", "added 4990-4999");
        assertThat(rows.getSize()).isEqualTo(Transcript.MAX_LINES);
    }

    private void fill(int lines) {
        IntStream.range(0, lines).forEach(i -> {
            chat.later(Duration.ofMinutes(2));
            chat.said(Chat.GENERAL, "mira", "line " + i);
        });
    }

    private void show() {
        rows.show(chat.model.transcript(), OptionalLong.empty());
    }

    private List<Row> last(int count) {
        return IntStream.range(rows.getSize() - count, rows.getSize())
                .mapToObj(rows::getElementAt)
                .toList();
    }

    private List<String> record() {
        List<String> changes = new ArrayList<>();
        rows.addListDataListener(new ListDataListener() {
            @Override
            public void intervalAdded(ListDataEvent e) {
                changes.add("added " + e.getIndex0() + "-" + e.getIndex1());
            }

            @Override
            public void intervalRemoved(ListDataEvent e) {
                changes.add("removed " + e.getIndex0() + "-" + e.getIndex1());
            }

            @Override
            public void contentsChanged(ListDataEvent e) {
                changes.add("changed " + e.getIndex0() + "-" + e.getIndex1());
            }
        });
        return changes;
    }
}
