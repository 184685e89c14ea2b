package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amended;
import io.kabar.chat.Amended.Reaction;
import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.UserName;
import io.kabar.chat.view.commands.Consent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Messages read as they are by now, whatever came first. */
class AmendedLinesTest {

    private final Scene scene = new Scene();
    private final List<String> told = new ArrayList<>();

    private static ChatEvent event(long sequence, String from, long ref, Content content) {
        return new ChatEvent(Scene.LOBBY, 0, sequence, Scene.NOON, Author.of(UserName.of(from)), ref, content);
    }

    private void happens(ChatEvent event) {
        scene.model.onEvent(scene.client, event, EventOrigin.LIVE);
    }

    private void amended(long sequence, String from, long ref, Content content) {
        happens(event(sequence, from, ref, content));
    }

    private static Content edit(String text) {
        return new Amendment.Edited(text);
    }

    private static Content react(String emoji) {
        return new Amendment.Reacted(emoji, false);
    }

    private RoomModel lobby() {
        RoomModel lobby = scene.enter("lobby", 200, 201, "bob");
        scene.model.observe(new ModelObserver() {
            @Override
            public void onAmended(Transcript transcript, long sequence, String words) {
                told.add(words);
            }
        });
        return lobby;
    }

    private List<String> said(RoomModel room) {
        return room.transcript().lines().stream()
                .filter(TranscriptLine.Said.class::isInstance)
                .map(TranscriptLine::text)
                .toList();
    }

    @Test
    void a_line_tells_that_it_was_edited_how_many_have_reacted_and_who_has_deleted_it() {
        RoomModel lobby = lobby();
        scene.said(201, "bob", "a rose");
        amended(202, "bob", 201, edit("a red rose"));
        assertThat(said(lobby)).containsExactly("a red rose (edited)");
        amended(203, "tam", 201, react("+1"));
        amended(204, "ada", 201, react("+1"));
        amended(205, "ada", 201, react("tea"));
        assertThat(said(lobby)).containsExactly("a red rose (edited)\n[+1 2 (you) · tea 1 (you)]");
        amended(206, "ada", 201, new Amendment.Reacted("+1", true));
        amended(207, "ada", 201, new Amendment.Reacted("tea", true));
        assertThat(said(lobby)).containsExactly("a red rose (edited)\n[+1 1]");
        amended(208, "mira", 201, new Amendment.Deleted("off topic"));
        assertThat(said(lobby)).containsExactly("message deleted by mira: off topic");
        amended(209, "bob", 201, edit("once more"));

        assertThat(said(lobby)).containsExactly("message deleted by mira: off topic");
        assertThat(told)
                .startsWith("bob edited #201: a red rose", "tam reacted +1 to #201")
                .endsWith("ada took tea back from #201", "mira deleted #201: off topic");
        assertThat(lobby.head()).isEqualTo(209);
        assertThat(lobby.behind()).isZero();
    }

    @Test
    void an_answer_quotes_what_it_answers_and_no_more_once_that_is_deleted() {
        RoomModel lobby = lobby();
        scene.said(201, "bob", "a rose\nis a rose, " + "and so on ".repeat(10));
        happens(event(202, "tam", 201, new Content.Said("which one?", false)));
        happens(event(203, "tam", 150, new Content.Said("and that one?", false)));

        assertThat(said(lobby).get(1))
                .startsWith("> bob: a rose is a rose, and so on")
                .endsWith("\u2026\nwhich one?")
                .hasSizeLessThan(85);
        assertThat(said(lobby).get(2)).isEqualTo("> #150\nand that one?");
        amended(204, "bob", 201, edit("a tulip"));
        assertThat(said(lobby).get(1)).isEqualTo("> bob: a tulip\nwhich one?");
        amended(205, "bob", 201, new Amendment.Deleted(""));
        assertThat(said(lobby).get(1)).isEqualTo("> bob: message deleted by bob\nwhich one?");

        scene.client.page =
                new HistoryPage(Scene.LOBBY, List.of(event(150, "bob", 0, new Content.Said("a daisy", false))), 1, 205);
        scene.runner.run("/history");
        assertThat(said(lobby)).contains("> bob: a daisy\nand that one?");
    }

    @Test
    void what_is_done_to_a_message_that_is_not_shown_waits_for_it() {
        RoomModel lobby = lobby();
        amended(201, "bob", 150, edit("a red rose"));
        amended(202, "tam", 150, react("+1"));
        amended(203, "bob", 151, new Amendment.Deleted("why"));
        assertThat(said(lobby)).isEmpty();
        assertThat(told).isEmpty();

        // The page was answered before 202 had happened, and comes behind it.
        scene.client.page = new HistoryPage(
                Scene.LOBBY,
                List.of(
                        event(150, "bob", 0, new Content.Said("a rose", false)),
                        event(151, "bob", 0, new Content.Said("a weed", false)),
                        event(152, "bob", 0, new Content.Said("", false))),
                1,
                201,
                List.of(new Amended(
                        150, 201, Optional.empty(), Optional.empty(), false, List.of(new Reaction("+1", 4, false)))));
        scene.runner.run("/history");

        assertThat(said(lobby))
                .containsExactly("a red rose (edited)\n[+1 5]", "message deleted by bob: why", "message deleted");
    }

    @Test
    void a_page_that_was_answered_behind_what_was_told_counts_nothing_twice() {
        RoomModel lobby = lobby();
        amended(201, "bob", 150, react("+1"));
        amended(202, "tam", 150, react("+1"));
        scene.client.page = new HistoryPage(
                Scene.LOBBY,
                List.of(event(150, "bob", 0, new Content.Said("a rose", false))),
                1,
                202,
                List.of(new Amended(
                        150, 202, Optional.empty(), Optional.empty(), false, List.of(new Reaction("+1", 2, false)))));
        scene.runner.run("/history");

        assertThat(said(lobby)).containsExactly("a rose\n[+1 2]");
        amended(203, "ada", 150, react("+1"));
        assertThat(said(lobby)).containsExactly("a rose\n[+1 3 (you)]");
    }

    /** All the events of a log, of which a client gets some live and the others by pages in any order. */
    @Test
    void whichever_page_is_read_first_everything_reads_the_same_in_the_end() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<ChatEvent> log = log(random, 60);
            List<String> expected = shown(log, 1, List.of());
            for (int i = 0; i < 3; i++) {
                long live = 1L + random.nextInt(60);
                List<long[]> pages = pages(live, random);
                assertThat(shown(log, live, pages))
                        .as("seed %d, live from %d", seed, live)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<ChatEvent> log(Random random, int length) {
        List<ChatEvent> log = new ArrayList<>();
        boolean[] reacted = new boolean[length + 1];
        boolean[] deleted = new boolean[length + 1];
        for (long number = 1; number <= length; number++) {
            int target = (int) number == 1 ? 0 : 1 + random.nextInt((int) number - 1);
            boolean possible = target > 0 && log.get(target - 1).isSaid() && !deleted[target];
            Content content = new Content.Said("words " + number, false);
            switch (possible ? random.nextInt(5) : 0) {
                case 1 -> content = new Amendment.Edited("words " + target + " by " + number);
                case 2 -> {
                    content = new Amendment.Reacted("+1", reacted[target]);
                    reacted[target] = !reacted[target];
                }
                case 3 -> {
                    content = new Amendment.Deleted("why " + number);
                    deleted[target] = true;
                }
                default -> target = random.nextInt(3) == 0 ? target : 0;
            }
            log.add(event(number, "bob", target, content));
        }
        return log;
    }

    private static List<long[]> pages(long live, Random random) {
        List<long[]> pages = new ArrayList<>();
        for (long to = live - 1; to >= 1; ) {
            long from = Math.max(1, to - random.nextInt(20));
            pages.add(new long[] {from, to});
            to = from - 1;
        }
        Collections.shuffle(pages, random);
        return pages;
    }

    /** Pages are told as a server does: deleted texts left out, with what is known at the end of the log. */
    private static List<String> shown(List<ChatEvent> log, long live, List<long[]> pages) {
        Scene scene = new Scene();
        RoomModel lobby = scene.enter("lobby", live - 1, live, "bob");
        log.subList((int) live - 1, log.size())
                .forEach(event -> scene.model.onEvent(scene.client, event, EventOrigin.LIVE));
        for (long[] page : pages) {
            List<ChatEvent> events = log.subList((int) page[0] - 1, (int) page[1]).stream()
                    .map(event -> isDeleted(log, event) ? event.withoutText() : event)
                    .toList();
            List<Amended> amended = LongStream.rangeClosed(page[0], page[1])
                    .mapToObj(number -> amended(log, number))
                    .flatMap(Optional::stream)
                    .toList();
            lobby.restored(new HistoryPage(Scene.LOBBY, events, 1, log.size(), amended), name -> false);
        }
        return lobby.transcript().lines().stream()
                .filter(TranscriptLine.Said.class::isInstance)
                .map(TranscriptLine::text)
                .toList();
    }

    private static boolean isDeleted(List<ChatEvent> log, ChatEvent event) {
        long target = event.content() instanceof Amendment.Edited ? event.ref() : event.sequence();
        return log.stream().anyMatch(each -> each.content() instanceof Amendment.Deleted && each.ref() == target);
    }

    private static Optional<Amended> amended(List<ChatEvent> log, long target) {
        List<ChatEvent> about = log.stream()
                .filter(event -> event.ref() == target && event.content() instanceof Amendment)
                .toList();
        Optional<ChatEvent> deletion = about.stream()
                .filter(event -> event.content() instanceof Amendment.Deleted)
                .findFirst();
        Optional<ChatEvent> edit = about.stream()
                .filter(event -> deletion.isEmpty() && event.content() instanceof Amendment.Edited)
                .reduce((one, other) -> other);
        int count = about.stream()
                .filter(event -> event.content() instanceof Amendment.Reacted)
                .mapToInt(event -> ((Amendment.Reacted) event.content()).takenBack() ? -1 : 1)
                .sum();
        return about.isEmpty()
                ? Optional.empty()
                : Optional.of(new Amended(
                        target,
                        log.size(),
                        edit,
                        deletion,
                        deletion.isPresent(),
                        count == 0 || deletion.isPresent() ? List.of() : List.of(new Reaction("+1", count, false))));
    }

    // Commands
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void commands_mean_the_message_that_is_named_or_the_newest() {
        lobby();
        scene.said(201, "bob", "a rose");
        scene.said(202, "ada", "a weed");
        scene.said(203, "ada", "a tree");
        scene.client.asked.clear();

        scene.runner.run("/reply which one?");
        scene.runner.run("/reply #150  that  one?");
        scene.runner.run("/edit a big tree");
        scene.runner.run("/edit #202 no weed");
        scene.runner.run("/react +1");
        scene.runner.run("/react #202 +1");
        scene.runner.run("/unreact #202 +1");

        assertThat(scene.client.asked)
                .containsExactly(
                        "reply #lobby 201 which one?",
                        "reply #lobby 150 that  one?",
                        "amend #lobby 203 Edited[text=a big tree]",
                        "amend #lobby 202 Edited[text=no weed]",
                        "amend #lobby 201 Reacted[emoji=+1, takenBack=false]",
                        "amend #lobby 202 Reacted[emoji=+1, takenBack=false]",
                        "amend #lobby 202 Reacted[emoji=+1, takenBack=true]");
    }

    @Test
    void deletion_is_asked_about() {
        lobby();
        scene.said(201, "ada", "a weed");
        scene.client.asked.clear();
        scene.runner.run("/delete");
        assertThat(scene.last().text()).isEqualTo("This cannot be undone. Say that you are sure: /delete #201 yes");
        scene.runner.run("/delete #201 off topic");
        assertThat(scene.last().text()).endsWith("/delete #201 yes off topic");
        scene.consent = Consent.REFUSED;
        scene.runner.run("/delete");
        assertThat(scene.client.asked).isEmpty();
        scene.consent = Consent.GIVEN;

        scene.runner.run("/delete off topic");
        scene.runner.run("/delete #150 yes really, off topic");

        assertThat(scene.questions).contains("Delete #201: a weed? Nobody is given its text any more.");
        assertThat(scene.client.asked)
                .containsExactly(
                        "amend #lobby 201 Deleted[reason=off topic]",
                        "amend #lobby 150 Deleted[reason=really, off topic]");
    }

    @Test
    void what_cannot_be_meant_is_said() {
        lobby();
        scene.runner.run("/reply hello");
        assertThat(scene.last().text())
                .isEqualTo("There is no message here that could be meant; name one by its number, as #12.");
        scene.runner.run("/react #12 two words");
        assertThat(scene.last().text()).isEqualTo("Usage: /react [#NUMBER] EMOJI");
        scene.runner.run("/edit #12");
        assertThat(scene.last().text()).isEqualTo("Usage: /edit [#NUMBER] TEXT...");
        scene.runner.run("/delete #99999999999999999999");
        assertThat(scene.last().text()).isEqualTo("There is no message #99999999999999999999.");
        scene.runner.run("/react #12 " + "x".repeat(40));
        assertThat(scene.last().text()).startsWith("A reaction is an emoji");
    }
}
