package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amended;
import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.ServerEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What whoever reads is told of what later events have changed, and what nobody is given any more. */
class AmendedHistoryTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    /** Little memory: nearly everything has to be read from the journal. */
    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, 16));

    private TestClient ada;
    private TestClient bob;

    @BeforeEach
    void twoAreInside() {
        ada = rig.inside("ada", JoinHistory.NONE); // event 1
        bob = rig.inside("bob", JoinHistory.NONE); // event 2
    }

    private long says(TestClient who, String text) {
        long call = who.say(LOBBY, text);
        rig.pass(Duration.ofSeconds(1));
        return who.numberOf(call);
    }

    private long amends(TestClient who, long target, Amendment amendment) {
        long call = who.amend(LOBBY, target, amendment);
        rig.pass(Duration.ofSeconds(1));
        assertThat(who.numberOf(call)).isPositive();
        return who.numberOf(call);
    }

    private void muchIsSaid(int times) {
        for (int i = 0; i < times; i++) {
            ada.say(LOBBY, "leaf " + i);
        }
        rig.pass(Duration.ofSeconds(5));
    }

    private HistoryPage read(TestClient client, HistoryRange span) {
        long ticket = client.read(LOBBY, span);
        rig.pass(Duration.ofSeconds(3));
        return client.page(ticket);
    }

    private static Amendment edit(String text) {
        return new Amendment.Edited(text);
    }

    private static Amendment react(String emoji) {
        return new Amendment.Reacted(emoji, false);
    }

    @Test
    void a_page_tells_the_newest_edit_who_has_deleted_and_who_has_reacted_wherever_that_stands() {
        long rose = says(ada, "a rose"); // 3
        long weed = says(ada, "a weed");
        long tree = says(bob, "a tree");
        muchIsSaid(60);
        amends(ada, rose, edit("a red rose"));
        muchIsSaid(60);
        long edited = amends(ada, rose, edit("a white rose"));
        muchIsSaid(60);
        amends(bob, tree, react("+1"));
        amends(ada, tree, react("+1"));
        amends(ada, tree, react("-1"));
        amends(ada, tree, new Amendment.Reacted("-1", true));
        long deleted = amends(ada, weed, new Amendment.Deleted("off topic"));
        muchIsSaid(60);

        HistoryPage page = read(bob, HistoryRange.from(1, 20));

        assertThat(page.amended()).extracting(Amended::sequence).containsExactly(rose, weed, tree);
        Amended white = page.amended().get(0);
        assertThat(white.edit().orElseThrow().sequence()).isEqualTo(edited);
        assertThat(white.edit().orElseThrow().text()).isEqualTo("a white rose");
        assertThat(white.isDeleted()).isFalse();
        assertThat(white.asOf()).isEqualTo(page.lastSequence());
        Amended gone = page.amended().get(1);
        assertThat(gone.isDeleted()).isTrue();
        assertThat(gone.deletion().orElseThrow().sequence()).isEqualTo(deleted);
        assertThat(gone.deletion().orElseThrow().text()).isEqualTo("off topic");
        assertThat(page.amended().get(2).reactions()).containsExactly(new Amended.Reaction("+1", 2, true));
        assertThat(page.events().get((int) weed - 1).text()).isEmpty();
        assertThat(page.events().get((int) rose - 1).text()).isEqualTo("a rose");
        TestClient tam = rig.inside("tam", JoinHistory.NONE);
        assertThat(read(tam, HistoryRange.from(1, 20)).amended().get(2).reactions())
                .containsExactly(new Amended.Reaction("+1", 2, false));
        assertThat(read(bob, HistoryRange.from(10, 20)).amended()).isEmpty();
        assertThat(rig.server.held()).containsEntry("pages", 0);
    }

    @Test
    void many_are_told_in_pieces() {
        muchIsSaid(100);
        for (long number = 3; number <= 102; number++) {
            bob.amend(LOBBY, number, react("+1"));
        }
        rig.pass(Duration.ofSeconds(20));

        HistoryPage page = read(ada, HistoryRange.from(1, 150));

        assertThat(page.amended()).hasSize(100);
        assertThat(page.amended())
                .allSatisfy(each -> assertThat(each.reactions()).containsExactly(new Amended.Reaction("+1", 1, false)));
    }

    @Test
    void deleted_texts_are_in_no_answer_also_where_the_journal_was_asked_before() {
        long rose = says(ada, "secret rose");
        amends(ada, rose, edit("secret red rose"));
        muchIsSaid(40);
        rig.holdReads = true;
        TestClient tam = rig.client("tam");
        rig.settle();
        tam.join(LOBBY, JoinHistory.last(60));
        long ticket = bob.read(LOBBY, HistoryRange.from(1, 30));
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.heldReads).isNotEmpty();

        long call = ada.amend(LOBBY, rose, new Amendment.Deleted(""));
        rig.pass(Duration.ofSeconds(1));
        rig.releaseReads();
        rig.pass(Duration.ofSeconds(10));

        assertThat(ada.numberOf(call)).isPositive();
        assertThat(texts(bob.page(ticket).events())).doesNotContain("secret");
        assertThat(texts(tam.of(ClientEvent.Event.class).stream()
                        .map(ClientEvent.Event::event)
                        .toList()))
                .contains("leaf 39")
                .doesNotContain("secret rose");
        assertThat(texts(host())).doesNotContain("secret");
        long search = bob.search(LOBBY, "secret", 0);
        rig.pass(Duration.ofSeconds(5));
        assertThat(bob.found(search).hits()).isEmpty();
    }

    private List<ChatEvent> host() {
        rig.server.host().rooms(rig.now).events(77, LOBBY, 1, 100);
        rig.settle();
        Object answer = rig.told.stream()
                .filter(ServerEvent.HostAnswer.class::isInstance)
                .map(ServerEvent.HostAnswer.class::cast)
                .reduce((one, other) -> other)
                .orElseThrow()
                .value();
        return answer instanceof List<?> list
                ? list.stream().map(ChatEvent.class::cast).toList()
                : List.of();
    }

    private static String texts(List<ChatEvent> events) {
        return events.stream().map(ChatEvent::text).reduce("", (all, text) -> all + text + "\n");
    }

    @Test
    void long_texts_that_are_under_way_in_parts_are_given_up_for_what_is_left() {
        String secret = "secret " + "x".repeat(3500);
        long rose = says(ada, secret);
        bob.hears = false;
        long again = says(ada, secret);
        assertThat(again).isPositive();
        amends(ada, again, new Amendment.Deleted(""));
        bob.hears = true;
        rig.pass(Duration.ofSeconds(10));

        List<ChatEvent> told = bob.of(ClientEvent.Event.class).stream()
                .map(ClientEvent.Event::event)
                .toList();
        assertThat(told)
                .filteredOn(event -> event.sequence() == rose)
                .singleElement()
                .matches(event -> event.text().startsWith("secret"));
        assertThat(told)
                .filteredOn(event -> event.sequence() == again)
                .singleElement()
                .matches(event -> event.text().isEmpty());
        assertThat(told)
                .extracting(ChatEvent::sequence)
                .isEqualTo(IntStream.rangeClosed(2, (int) again + 1)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @Test
    void host_reads_what_it_has_deleted_without_its_text() {
        rig.server.host().rooms(rig.now).say(7, LOBBY, new io.kabar.chat.Content.Said("secret", false));
        rig.settle();
        long number = rig.told.stream()
                .filter(ServerEvent.HostAnswer.class::isInstance)
                .map(answer -> ((ServerEvent.HostAnswer) answer).value())
                .filter(Receipt.class::isInstance)
                .map(receipt -> ((Receipt) receipt).sequence())
                .reduce((one, other) -> other)
                .orElseThrow();
        rig.server.host().rooms(rig.now).say(8, LOBBY, number, new Amendment.Deleted(""));
        rig.settle();

        assertThat(texts(host())).doesNotContain("secret");
        assertThat(ada.of(ClientEvent.Event.class))
                .extracting(told -> told.event().content())
                .contains(new Amendment.Deleted(""));
    }
}
