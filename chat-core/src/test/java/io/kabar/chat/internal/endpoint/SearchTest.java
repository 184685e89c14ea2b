package io.kabar.chat.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.History;
import io.kabar.chat.HistorySpan;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.internal.session.LoginPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Searches in a room, as its members make them. */
class SearchTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    private final Bench bench = new Bench(Bench.settings(new LoginPolicy(true, null, new byte[32]), 50, 16));

    private SearchPage search(TestClient client, String words, long before) {
        long ticket = client.search(LOBBY, words, before);
        bench.pass(Duration.ofSeconds(2));
        return client.found(ticket);
    }

    private static List<Long> numbers(SearchPage page) {
        return page.hits().stream().map(hit -> hit.event().sequence()).toList();
    }

    @Test
    void every_word_must_occur_in_any_case_and_order() {
        bench.history(LOBBY, "old", 700); // "event 0" is number 1
        TestClient ada = bench.inside("ada", History.NONE);

        assertThat(numbers(search(ada, "EVENT 42", 0)))
                .containsExactly(
                        643L, 543L, 443L, 430L, 429L, 428L, 427L, 426L, 425L, 424L, 423L, 422L, 421L, 343L, 243L, 143L,
                        43L);
        assertThat(numbers(search(ada, "421 vent", 0))).containsExactly(422L);
        assertThat(search(ada, "nowhere", 0)).isEqualTo(new SearchPage(LOBBY, List.of(), 1, false));
    }

    @Test
    void what_was_found_comes_with_what_is_around_it() {
        bench.history(LOBBY, "old", 700);
        TestClient ada = bench.inside("ada", History.NONE);

        SearchPage page = search(ada, "event 42", 0);
        assertThat(page.hits().get(0).context())
                .extracting(ChatEvent::sequence)
                .containsExactly(641L, 642L, 643L, 644L, 645L);
        assertThat(page.hits().get(4).context())
                .extracting(ChatEvent::sequence)
                .containsExactly(427L, 428L, 429L, 430L, 431L);
        assertThat(search(ada, "event 0", 3).hits().get(0).context())
                .extracting(ChatEvent::sequence)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void the_search_goes_on_where_it_has_stopped_and_finds_everything_once() {
        bench.history(LOBBY, "old", 25_000);
        TestClient ada = bench.inside("ada", History.NONE);
        List<Long> found = new java.util.ArrayList<>();
        SearchPage page = search(ada, "event 999", 0);
        found.addAll(numbers(page));
        int pages = 1;
        while (page.more()) {
            assertThat(pages++).isLessThan(30);
            page = search(ada, "event 999", page.searchedTo());
            found.addAll(numbers(page));
        }

        List<Long> expected = LongStream.iterate(25_000, i -> i >= 1, i -> i - 1)
                .filter(i -> ("event " + (i - 1)).contains("999"))
                .boxed()
                .toList();
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void a_page_is_full_after_so_many_and_goes_on_before_the_last_of_them() {
        bench.history(LOBBY, "old", 500);
        TestClient ada = bench.inside("ada", History.NONE);

        SearchPage page = search(ada, "event", 0);
        assertThat(numbers(page)).hasSize(SearchFlow.MAX_HITS).startsWith(500L).endsWith(481L);
        assertThat(page.searchedTo()).isEqualTo(481);
        assertThat(numbers(search(ada, "event", page.searchedTo()))).startsWith(480L);
    }

    @Test
    void a_user_searches_only_so_often() {
        bench.history(LOBBY, "old", 10);
        TestClient ada = bench.inside("ada", History.NONE);
        List<Long> tickets = LongStream.range(0, SearchFlow.BURST + 1)
                .map(i -> ada.search(LOBBY, "nowhere", 0))
                .boxed()
                .toList();
        bench.settle();

        for (long ticket : tickets.subList(0, SearchFlow.BURST)) {
            assertThat(ada.found(ticket).hits()).isEmpty();
        }
        assertThat(ada.refusal(tickets.get(SearchFlow.BURST))).isEqualTo(Refusal.RATE_LIMITED);
        bench.pass(Duration.ofSeconds(2));
        assertThat(search(ada, "event", 0).hits()).hasSize(10);
    }

    @Test
    void who_leaves_finds_nothing_more() {
        bench.history(LOBBY, "old", 10);
        TestClient ada = bench.inside("ada", History.NONE);
        ada.hears = false;
        long ticket = ada.search(LOBBY, "event", 0);
        ada.part(LOBBY);
        ada.hears = true;
        bench.pass(Duration.ofSeconds(5));

        assertThat(ada.told).anyMatch(event -> event instanceof ClientEvent.Failed failed && failed.ticket() == ticket);
        assertThat(bench.server.held()).containsEntry("pages", 0);
        ada.join(LOBBY, History.NONE);
        bench.pass(Duration.ofSeconds(2));
        assertThat(search(ada, "event", 0).hits()).hasSize(10);
    }

    @Test
    void a_journal_that_cannot_be_read_is_told() {
        bench.history(LOBBY, "old", 10);
        TestClient ada = bench.inside("ada", History.NONE);
        bench.failReads = true;
        long ticket = ada.search(LOBBY, "event", 0);
        bench.settle();
        assertThat(ada.refusal(ticket)).isEqualTo(Refusal.STORAGE);
    }

    @Test
    void a_search_outlives_the_connection() {
        bench.history(LOBBY, "old", 10);
        TestClient ada = bench.inside("ada", History.NONE);
        ada.hears = false;
        long ticket = ada.search(LOBBY, "event", 0);
        bench.settle();
        bench.restart();
        ada.hears = true;
        bench.pass(Duration.ofMinutes(5));
        assertThat(ada.found(ticket).hits()).hasSize(10);
    }

    @Test
    void pieces_that_touch_are_read_as_one() {
        assertThat(ClientSearches.spans(List.of(100L, 95L, 89L, 2L)))
                .containsExactly(HistorySpan.from(93, 10), HistorySpan.from(87, 5), HistorySpan.from(1, 4));
    }
}
