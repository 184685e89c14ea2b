package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.Refusal;
import io.kabar.chat.SearchPage;
import io.kabar.chat.UserName;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryCommandsTest {

    private final Scene scene = new Scene();

    /** In the lobby since event 200, with two messages shown. */
    private RoomModel lobby() {
        RoomModel lobby = scene.enter("lobby", 200, 201, "bob");
        scene.said(201, "bob", "two hundred one");
        scene.said(202, "ada", "two hundred two");
        return lobby;
    }

    private static ChatEvent said(long sequence) {
        return ChatEvent.of(
                Scene.LOBBY,
                sequence,
                Scene.NOON,
                Author.of(UserName.of("bob")),
                new Content.Said("message " + sequence, false));
    }

    private static HistoryPage page(long from, long to) {
        return new HistoryPage(
                Scene.LOBBY,
                LongStream.rangeClosed(from, to)
                        .mapToObj(HistoryCommandsTest::said)
                        .toList(),
                1,
                202);
    }

    private List<Long> shown() {
        return scene.lobby().transcript().lines().stream()
                .filter(TranscriptLine.Said.class::isInstance)
                .map(line -> ((TranscriptLine.Said) line).state().sequence())
                .toList();
    }

    private String lastLine() {
        List<TranscriptLine> lines = scene.model.transcript().lines();
        return lines.get(lines.size() - 1).text();
    }

    @Test
    void older_messages_take_their_place_and_are_no_news() {
        RoomModel lobby = lobby();
        scene.model.setWatching(false);
        scene.client.page = page(101, 200);

        scene.runner.run("/history");

        assertThat(scene.client.asked).containsExactly("history #lobby 101 100");
        assertThat(shown()).isEqualTo(LongStream.rangeClosed(101, 202).boxed().toList());
        assertThat(lobby.transcript().lines())
                .filteredOn(TranscriptLine.Said.class::isInstance)
                .first()
                .isInstanceOfSatisfying(TranscriptLine.Said.class, line -> {
                    assertThat(line.restored()).isTrue();
                    assertThat(line.mention()).isFalse();
                });
        assertThat(lobby.unread()).isZero();
        assertThat(lastLine()).isEqualTo("History of #lobby, events #101 to #200.");

        scene.client.page = page(51, 100);
        scene.runner.run("/history 50");
        assertThat(scene.client.asked).endsWith("history #lobby 51 50");
    }

    @Test
    void what_stands_there_already_does_not_stand_twice() {
        lobby();
        scene.client.page = page(190, 205);

        scene.runner.run("/history #200");
        scene.runner.run("/history #200");

        assertThat(scene.client.asked).startsWith("history #lobby 190 20");
        assertThat(shown()).isEqualTo(LongStream.rangeClosed(190, 202).boxed().toList());
    }

    @Test
    void a_look_at_one_place_does_not_count_for_all_that_is_older() {
        lobby();
        scene.client.page = page(10, 12);
        scene.runner.run("/history #11");
        scene.runner.run("/history");

        assertThat(scene.client.asked).endsWith("history #lobby 101 100");
    }

    @Test
    void the_beginning_is_told() {
        lobby();
        scene.client.page = page(1, 200);
        scene.runner.run("/history 200");
        assertThat(lastLine()).isEqualTo("History of #lobby, events #1 to #200. Nothing older is kept.");

        scene.runner.run("/history");
        assertThat(lastLine()).isEqualTo("You have seen #lobby from its beginning.");
        assertThat(scene.client.asked).hasSize(1);
    }

    @Test
    void repeated_pages_go_further_back_in_order_and_without_doubles() {
        lobby();
        for (long from : new long[] {101, 1}) {
            scene.client.page = page(from, from + 99);
            scene.printed.clear();
            scene.runner.run("/history");
            assertThat(scene.printed).hasSize(101).startsWith("message " + from).contains("message " + (from + 99));
        }
        assertThat(scene.client.asked).containsExactly("history #lobby 101 100", "history #lobby 1 100");
        assertThat(shown()).isEqualTo(LongStream.rangeClosed(1, 202).boxed().toList());
    }

    private void older(RoomModel room) {
        assertThat(scene.runner.older(room)).isCompleted();
    }

    @Test
    void who_scrolls_to_the_top_gets_a_page_and_at_the_end_is_told_so() {
        RoomModel lobby = lobby();
        scene.client.page = page(101, 200);
        older(lobby);
        assertThat(scene.client.asked).containsExactly("history #lobby 101 100");
        assertThat(shown()).isEqualTo(LongStream.rangeClosed(101, 202).boxed().toList());
        assertThat(scene.lastSaid().state().sequence()).isEqualTo(202);

        scene.client.page = page(1, 100);
        older(lobby);
        older(lobby);
        assertThat(scene.client.asked).hasSize(2);
        assertThat(lobby.transcript().line(0).text()).isEqualTo("This is the beginning of what is kept.");
        assertThat(lobby.transcript().line(1).text()).isEqualTo("message 1");
    }

    @Test
    void a_page_of_comings_and_goings_alone_is_followed_by_the_next() {
        RoomModel lobby = lobby();
        scene.client.pages.add(new HistoryPage(
                Scene.LOBBY,
                List.of(ChatEvent.of(
                        Scene.LOBBY, 101, Scene.NOON, Author.of(UserName.of("kai")), new Content.Joined())),
                1,
                202));
        scene.client.pages.add(page(51, 100));
        older(lobby);
        assertThat(scene.client.asked).containsExactly("history #lobby 101 100", "history #lobby 1 100");
        assertThat(shown()).startsWith(51L).endsWith(202L);
    }

    @Test
    void as_much_is_shown_as_has_a_place_and_that_is_told() {
        RoomModel lobby = scene.enter("lobby", 20_000, 20_001, "bob");
        for (long to = 20_000; lobby.transcript().size() < Transcript.MAX_LINES; to -= 100) {
            scene.client.page = page(to - 99, to);
            older(lobby);
        }
        int asked = scene.client.asked.size();
        older(lobby);
        scene.runner.run("/history");
        assertThat(scene.client.asked).hasSize(asked);
        assertThat(lobby.transcript().size()).isLessThanOrEqualTo(Transcript.MAX_LINES);
        assertThat(lastLine()).isEqualTo(Wording.full(Transcript.MAX_LINES)).contains("5,000 lines", "/clear");
        scene.said(20_001, "bob", "news");
        assertThat(lobby.transcript().size()).isLessThanOrEqualTo(Transcript.MAX_LINES);
    }

    @Test
    void a_refused_page_is_told_once_and_may_be_asked_for_again() {
        RoomModel lobby = lobby();
        scene.client.noHistory = ChatException.of(Refusal.STORAGE);
        older(lobby);
        assertThat(scene.client.asked).hasSize(1);
        assertThat(lastLine()).contains("cannot store");
        scene.client.noHistory = null;
        scene.client.page = page(101, 200);
        older(lobby);
        assertThat(shown()).startsWith(101L);
    }

    @Test
    void who_saw_a_message_is_told_in_words() {
        lobby();
        scene.runner.run("/who-saw");
        assertThat(scene.client.asked).containsExactly("who saw #lobby 202");
        assertThat(lastLine()).isEqualTo("#202 is delivered to 3 of 5: you, bob and 1 more.");
        Delivery one = new Delivery(Scene.LOBBY, 202, 2, 1, List.of(Scene.ADA));
        assertThat(Wording.delivery(one, Scene.ADA, scene.lobby().roster()))
                .isEqualTo("#202 is delivered to 1 of 2: you; not yet to bob.");
        scene.runner.run("/who-saw #201");
        assertThat(scene.client.asked).endsWith("who saw #lobby 201");
        scene.runner.run("/who-saw me");
        assertThat(lastLine()).isEqualTo("Usage: /who-saw [#NUMBER]");
    }

    @Test
    void nonsense_is_explained() {
        lobby();
        scene.runner.run("/history soon");
        assertThat(lastLine()).isEqualTo("Usage: /history [N|#NUMBER]");
        scene.runner.run("/history 5000");
        assertThat(lastLine()).contains("1 to 1000");
        assertThat(scene.client.asked).isEmpty();
    }

    @Test
    void a_search_shows_what_it_found_and_goes_on() {
        lobby();
        scene.client.found = new SearchPage(
                Scene.LOBBY,
                List.of(new SearchPage.Hit(said(120), List.of(said(119), said(120), said(121)))),
                80,
                true);
        scene.runner.run("/search Message 120");

        assertThat(scene.client.asked).containsExactly("search #lobby Message 120");
        assertThat(shown()).containsExactly(119L, 120L, 121L, 201L, 202L);
        assertThat(lastLine())
                .isEqualTo("Found \"Message 120\" in #lobby, the newest first:\n#120 bob: message 120\n"
                        + "/search goes on before #80.");

        scene.client.found = new SearchPage(Scene.LOBBY, List.of(), 1, false);
        scene.runner.run("/search");
        assertThat(scene.client.asked).endsWith("search #lobby Message 120 80");
        assertThat(lastLine()).isEqualTo("Found no \"Message 120\" in #lobby so far. Nothing older is kept.");
        scene.runner.run("/search");
        assertThat(lastLine()).startsWith("Say what to search for: /search");
    }
}
