package io.kabar.storage.csv.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whether the next record stands somewhere in what follows a quote that is not closed, which others may have written.
 */
class RecordAheadTest {

    @Test
    void record_is_found_at_the_start_of_a_line_with_and_without_an_epoch() {
        for (String text : List.of("\n12,", "x\n12,y", "\n1,12,", "a\n1234567890,12,", "12,\n,\n3,12,")) {
            assertThat(SegmentEvents.hasRecord(text, 12)).as(text).isTrue();
        }
        for (String text : List.of("", "12,", "\n 12,", "\n112,", "\n,12,", "\n12345678901,12,", "\na,12,", "\n12")) {
            assertThat(SegmentEvents.hasRecord(text, 12)).as(text).isFalse();
        }
    }

    @Test
    void it_is_found_where_the_regular_expression_of_earlier_versions_found_it() {
        Random random = new Random(3);
        Pattern earlier = Pattern.compile("\n(\\d{1,10},)?12,");
        String letters = "\n12,9";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            String made = text.toString();
            assertThat(SegmentEvents.hasRecord(made, 12))
                    .as(made)
                    .isEqualTo(earlier.matcher(made).find());
        }
    }
}
