package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.limits.Rates;
import io.kabar.chat.internal.server.query.QueryLimits;
import io.kabar.chat.internal.server.search.SearchWork;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Searches in a room, as its members make them. */
class SearchTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 50, 16));

    private SearchPage search(TestClient client, String words, long before) {
        long ticket = client.search(LOBBY, words, before);
        rig.pass(Duration.ofSeconds(2));
        return client.found(ticket);
    }

    private static List<Long> numbers(SearchPage page) {
        return page.hits().stream().map(hit -> hit.event().sequence()).toList();
    }

    @Test
    void every_word_must_occur_in_any_case_and_order() {
        rig.history(LOBBY, "old", 700); // "event 0" is number 1
        TestClient ada = rig.inside("ada", JoinHistory.NONE);

        assertThat(numbers(search(ada, "EVENT 42", 0)))
                .containsExactly(
                        643L, 543L, 443L, 430L, 429L, 428L, 427L, 426L, 425L, 424L, 423L, 422L, 421L, 343L, 243L, 143L,
                        43L);
        assertThat(numbers(search(ada, "421 vent", 0))).containsExactly(422L);
        assertThat(search(ada, "nowhere", 0)).isEqualTo(new SearchPage(LOBBY, List.of(), 1, false));
    }

    @Test
    void what_was_edited_is_found_by_how_it_reads_now() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        ada.say(LOBBY, "green tea at four");
        rig.pass(Duration.ofSeconds(1));
        long said = rig.log(LOBBY).size();
        for (String text : List.of("black tea at four", "black coffee at four")) {
            ada.amend(LOBBY, said, new Amendment.Edited(text));
            rig.pass(Duration.ofSeconds(1));
        }
        for (TestClient each : List.of(ada, bob)) {
            assertThat(numbers(search(each, "four", 0))).containsExactly(said + 2);
            assertThat(numbers(search(each, "coffee", 0))).containsExactly(said + 2);
            assertThat(numbers(search(each, "green", 0))).isEmpty();
            assertThat(numbers(search(each, "black tea", 0))).isEmpty();
        }
        rig.restart();
        rig.pass(Duration.ofSeconds(30));
        assertThat(numbers(search(bob, "tea", 0))).as("after a restart").isEmpty();
    }

    @Test
    void what_was_found_comes_with_what_is_around_it() {
        rig.history(LOBBY, "old", 700);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);

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
        rig.history(LOBBY, "old", 25_000);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
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
        rig.history(LOBBY, "old", 500);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);

        SearchPage page = search(ada, "event", 0);
        assertThat(numbers(page))
                .hasSize(QueryLimits.SEARCH_MAX_HITS)
                .startsWith(500L)
                .endsWith(481L);
        assertThat(page.searchedTo()).isEqualTo(481);
        assertThat(numbers(search(ada, "event", page.searchedTo()))).startsWith(480L);
    }

    @Test
    void a_user_searches_only_so_often() {
        rig.history(LOBBY, "old", 10);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        List<Long> tickets = LongStream.range(0, Rates.SEARCHES + 1)
                .map(i -> ada.search(LOBBY, "nowhere", 0))
                .boxed()
                .toList();
        rig.settle();

        for (long ticket : tickets.subList(0, Rates.SEARCHES)) {
            assertThat(ada.found(ticket).hits()).isEmpty();
        }
        long last = tickets.get(Rates.SEARCHES);
        assertThat(ada.of(ClientEvent.SearchResult.class)).noneMatch(result -> result.callId() == last);
        rig.pass(Duration.ofSeconds(2));
        assertThat(ada.found(last).hits()).as("it has waited").isEmpty();
        assertThat(search(ada, "event", 0).hits()).hasSize(10);
    }

    @Test
    void who_leaves_finds_nothing_more() {
        rig.history(LOBBY, "old", 10);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.hears = false;
        long ticket = ada.search(LOBBY, "event", 0);
        ada.leave(LOBBY);
        ada.hears = true;
        rig.pass(Duration.ofSeconds(5));

        assertThat(ada.told).anyMatch(event -> event instanceof ClientEvent.Failed failed && failed.callId() == ticket);
        assertThat(rig.server.held()).containsEntry("pages", 0);
        ada.join(LOBBY, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(2));
        assertThat(search(ada, "event", 0).hits()).hasSize(10);
    }

    private void longTexts(int events, String text) {
        List<Journal.Entry> log = rig.logs.computeIfAbsent(LOBBY, key -> new ArrayList<>());
        for (int i = 1; i <= events; i++) {
            Instant time = Instant.ofEpochSecond(1);
            ChatEvent event =
                    ChatEvent.of(LOBBY, i, time, Author.of(UserName.of("old")), new Content.Said(text, false));
            log.add(new Journal.Entry(event, new MessageId(99, i)));
        }
        rig.server.addRoom(LOBBY, new Journal.Kept(1, events, ""), rig.now);
    }

    @Test
    void pages_are_looked_through_off_the_loop_and_a_few_at_a_time_whoever_searches() {
        rig.history(LOBBY, "old", 700);
        List<TestClient> members = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            members.add(rig.inside("member" + i, JoinHistory.NONE));
        }
        rig.holdWork = true;
        List<Long> tickets =
                members.stream().map(each -> each.search(LOBBY, "nowhere", 0)).toList();
        rig.settle();
        int turns = 0;
        while (!rig.heldWork.isEmpty()) {
            assertThat(rig.heldWork).hasSizeLessThanOrEqualTo(QueryLimits.SEARCH_PAGES);
            assertThat(rig.server.held().get("pages")).isLessThanOrEqualTo(QueryLimits.SEARCH_PAGES);
            rig.done(rig.heldWork.remove());
            rig.settle();
            turns++;
        }
        assertThat(turns).as("pages of all").isGreaterThanOrEqualTo(10 * 710 / JournalRequests.PAGE_EVENTS);
        for (int i = 0; i < 10; i++) {
            assertThat(members.get(i).found(tickets.get(i)).hits()).isEmpty();
        }
        assertThat(rig.server.held()).containsEntry("searches", 0);
    }

    @Test
    void all_searches_together_look_at_so_many_characters_a_second_under_however_many_names() {
        longTexts(1100, "\ufdfa".repeat(4000));
        List<TestClient> members = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            members.add(rig.inside("member" + i, JoinHistory.NONE));
        }
        rig.holdWork = true;
        List<Long> tickets = members.stream()
                .map(each -> each.search(LOBBY, "nowhere never ever", 0))
                .toList();
        long looked = 0;
        long from = rig.now;
        for (int step = 0; step < 200 && looked < 6 * QueryLimits.SEARCH_MAX_CHARACTERS; step++) {
            rig.pass(Duration.ofMillis(20));
            while (!rig.heldWork.isEmpty()) {
                SearchWork work = (SearchWork) rig.heldWork.remove();
                rig.done(work);
                looked += work.characters();
                rig.settle();
            }
            double seconds = 1 + (rig.now - from) / 1e9;
            assertThat((double) looked)
                    .isLessThanOrEqualTo(seconds * QueryLimits.SEARCH_CHARACTERS_PER_SECOND
                            + (QueryLimits.SEARCH_PAGES + 1) * 3.0 * 4000 * JournalRequests.PAGE_EVENTS);
        }
        rig.holdWork = false;
        rig.pass(Duration.ofSeconds(3));
        for (int i = 0; i < 6; i++) {
            assertThat(members.get(i).found(tickets.get(i)).more())
                    .as("to go on")
                    .isTrue();
        }
    }

    /** One network searches with forty users and without end, another with one. */
    @Test
    void a_network_that_searches_for_all_it_is_worth_leaves_others_as_much() {
        longTexts(10_000, "\ufdfa".repeat(500));
        List<TestClient> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            crowd.add(rig.inside("crowd" + i, "198.51.100." + i / 8, JoinHistory.NONE));
        }
        TestClient quiet = rig.inside("quiet", "203.0.113.9", JoinHistory.NONE);
        rig.holdWork = true;
        crowd.forEach(each -> each.search(LOBBY, "nowhere never", 0));
        long all = 0;
        long ofQuiet = 0;
        long page = 0;
        boolean found = false;
        quiet.search(LOBBY, "nowhere never", 0);
        for (int step = 0; step < 2_000 && !found; step++) {
            rig.pass(Duration.ofMillis(20));
            while (!rig.heldWork.isEmpty() && !found) {
                SearchWork work = (SearchWork) rig.heldWork.remove();
                rig.done(work);
                all += work.characters();
                ofQuiet += work.asking().equals(UserName.of("quiet")) ? work.characters() : 0;
                page = Math.max(page, work.characters());
                rig.settle();
                found = !quiet.of(ClientEvent.SearchResult.class).isEmpty();
            }
        }
        assertThat(rig.server.queries().searched())
                .as("all that is done is counted")
                .isEqualTo(all);
        assertThat(ofQuiet).isGreaterThan(1_000_000);
        assertThat(all - ofQuiet).as("what the crowd got meanwhile").isBetween(ofQuiet / 2, ofQuiet + 8 * page);
    }

    @Test
    void without_a_limit_on_rates_searches_and_questions_have_none() {
        EndpointRig open = new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, 16));
        open.history(LOBBY, "old", 10);
        TestClient ada = open.inside("ada", JoinHistory.NONE);
        for (int i = 0; i < 10 * Rates.SEARCHES; i++) {
            long found = ada.search(LOBBY, "event", 0);
            long seen = ada.whoSaw(LOBBY, 1);
            open.pass(Duration.ofMillis(100));
            assertThat(ada.found(found).hits()).hasSize(10);
            assertThat(ada.delivery(seen).members()).isEqualTo(1);
        }
    }

    @Test
    void a_search_of_a_session_that_is_gone_is_forgotten_wherever_it_waits() {
        rig.history(LOBBY, "old", 700);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        TestClient eve = rig.inside("eve", JoinHistory.NONE);
        rig.holdWork = true;
        for (TestClient each : List.of(ada, bob, eve)) {
            each.search(LOBBY, "nowhere", 0);
            each.leave(LOBBY);
        }
        rig.settle();
        while (!rig.heldWork.isEmpty()) {
            rig.done(rig.heldWork.remove());
            rig.settle();
        }
        assertThat(rig.server.held()).containsEntry("searches", 0).containsEntry("pages", 0);
    }

    @Test
    void a_journal_that_cannot_be_read_is_told() {
        rig.history(LOBBY, "old", 10);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.failReads = true;
        long ticket = ada.search(LOBBY, "event", 0);
        rig.settle();
        assertThat(ada.refusal(ticket)).isEqualTo(Refusal.STORAGE);
    }

    @Test
    void a_search_outlives_the_connection() {
        rig.history(LOBBY, "old", 10);
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.hears = false;
        long ticket = ada.search(LOBBY, "event", 0);
        rig.settle();
        rig.restart();
        ada.hears = true;
        rig.pass(Duration.ofMinutes(5));
        assertThat(ada.found(ticket).hits()).hasSize(10);
    }

    /** There is nobody left who would answer it. */
    @Test
    void search_fails_if_its_room_is_left_and_the_connection_ends_before_the_answer() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.hears = false;
        long ticket = ada.search(LOBBY, "nowhere", 0);
        ada.leave(LOBBY);
        rig.settle();
        rig.restart();
        rig.settle();

        ada.hears = true;
        rig.pass(Duration.ofMinutes(3));
        assertThat(ada.refusal(ticket)).isEqualTo(Refusal.NOT_IN_ROOM);
    }
}
