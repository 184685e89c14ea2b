package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.HistorySpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientSearchesTest {

    @Test
    void pieces_that_touch_are_read_as_one() {
        assertThat(ClientSearches.spans(List.of(100L, 95L, 89L, 2L)))
                .containsExactly(HistorySpan.from(93, 10), HistorySpan.from(87, 5), HistorySpan.from(1, 4));
    }
}
