package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers, edits, deletions and reactions: ada has the room, bob keeps order there, eve and tam are guests. */
class AmendingTest {

    private static final RoomName ROOM = RoomName.of("garden");

    /** Little memory: what was said a while ago has to be read from the journal. */
    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, 16)
                    .andThen(settings -> settings.withOrder(
                            OrderRules.STANDARD.withRepeats(0).withEditWindow(Duration.ofMinutes(20)))));

    private TestClient ada;
    private TestClient bob;
    private TestClient eve;
    private TestClient tam;

    @BeforeEach
    void everybodyIsInside() {
        rig.timePasses = true;
        ada = entered("ada");
        bob = entered("bob");
        eve = entered("eve");
        tam = entered("tam");
        accepted(ada, ada.change(ROOM, RoomChange.role(UserName.of("bob"), RoomRole.MODERATOR, "")));
    }

    private TestClient entered(String name) {
        rig.account(name, "member");
        TestClient client = rig.client(name);
        rig.settle();
        long call = client.join(ROOM, JoinHistory.last(10));
        rig.pass(Duration.ofSeconds(2));
        assertThat(client.of(ClientEvent.Failed.class)).as(name + " " + call).isEmpty();
        return client;
    }

    private long accepted(TestClient who, long call) {
        rig.pass(Duration.ofSeconds(1));
        assertThat(who.of(ClientEvent.Failed.class)).noneMatch(failed -> failed.callId() == call);
        return who.numberOf(call);
    }

    private ClientEvent.Failed refused(TestClient who, long call) {
        rig.pass(Duration.ofSeconds(1));
        return who.of(ClientEvent.Failed.class).stream()
                .filter(failed -> failed.callId() == call)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not refused"));
    }

    private Rule rule(TestClient who, long number, Content content) {
        Obstacle obstacle = refused(who, who.amend(ROOM, number, content)).obstacle();
        return Objects.requireNonNull(obstacle).rule();
    }

    private long says(TestClient who, String text) {
        return accepted(who, who.say(ROOM, text));
    }

    private void muchIsSaid() {
        for (int i = 0; i < 20; i++) {
            says(tam, "leaf " + i);
        }
    }

    private ChatEvent event(long number) {
        return Objects.requireNonNull(rig.logs.get(ROOM)).get((int) number - 1).event();
    }

    private static Content edit(String text) {
        return new Amendment.Edited(text);
    }

    private static Content delete(String reason) {
        return new Amendment.Deleted(reason);
    }

    private static Content react(String emoji) {
        return new Amendment.Reacted(emoji, false);
    }

    private static Content unreact(String emoji) {
        return new Amendment.Reacted(emoji, true);
    }

    @Test
    void answer_edit_reaction_and_deletion_are_events_that_tell_what_they_are_about() {
        long rose = says(eve, "a rose");

        long answer = accepted(tam, tam.answer(ROOM, rose, "which one?"));
        long edited = accepted(eve, eve.amend(ROOM, rose, edit("a red rose")));
        long liked = accepted(tam, tam.amend(ROOM, rose, react("\ud83c\udf39")));
        long deleted = accepted(bob, bob.amend(ROOM, rose, delete("off topic")));

        for (long number : List.of(answer, edited, liked, deleted)) {
            assertThat(event(number).ref()).isEqualTo(rose);
        }
        assertThat(event(edited).content()).isEqualTo(edit("a red rose"));
        assertThat(ada.of(ClientEvent.Event.class))
                .extracting(told -> told.event().content())
                .contains(edit("a red rose"), react("\ud83c\udf39"), delete("off topic"));
    }

    @Test
    void nothing_is_done_to_what_is_not_there_or_is_no_message() {
        long rose = says(eve, "a rose");
        assertThat(refused(eve, eve.answer(ROOM, 900, "what?")).refusal()).isEqualTo(Refusal.BAD_REQUEST);
        for (Content content : List.of(edit("x"), delete(""), react("+1"))) {
            assertThat(refused(eve, eve.amend(ROOM, 900, content)).refusal()).isEqualTo(Refusal.BAD_REQUEST);
            assertThat(refused(eve, eve.amend(ROOM, 0, content)).refusal()).isEqualTo(Refusal.BAD_REQUEST);
            assertThat(rule(eve, 1, content)).as("a join").isEqualTo(Rule.TARGET);
        }

        long gone = accepted(eve, eve.amend(ROOM, rose, delete("")));

        for (long number : List.of(rose, gone)) {
            for (Content content : List.of(edit("x"), delete(""), react("+1"))) {
                assertThat(rule(eve, number, content)).isEqualTo(Rule.TARGET);
            }
        }
        assertThat(accepted(tam, tam.answer(ROOM, rose, "what was that?"))).isPositive();
    }

    @Test
    void only_who_has_said_something_edits_it_and_not_for_ever() {
        long rose = says(eve, "a rose");

        assertThat(rule(ada, rose, edit("a thorn"))).isEqualTo(Rule.AUTHOR);
        assertThat(rule(bob, rose, edit("a thorn"))).isEqualTo(Rule.AUTHOR);
        rig.pass(Duration.ofMinutes(19));
        accepted(eve, eve.amend(ROOM, rose, edit("a late rose")));
        rig.pass(Duration.ofMinutes(1));

        assertThat(rule(eve, rose, edit("too late"))).isEqualTo(Rule.AGE);
        accepted(eve, eve.amend(ROOM, rose, delete("")));
    }

    @Test
    void others_delete_who_are_more_in_the_room() {
        long byEve = says(eve, "a rose");
        long byBob = says(bob, "a weed");
        long byAda = says(ada, "a tree");

        assertThat(rule(tam, byEve, delete(""))).isEqualTo(Rule.ROLE);
        assertThat(rule(bob, byAda, delete(""))).isEqualTo(Rule.RANK);
        accepted(bob, bob.amend(ROOM, byEve, delete("")));
        accepted(ada, ada.amend(ROOM, byBob, delete("")));
        accepted(ada, ada.amend(ROOM, byAda, delete("")));
    }

    @Test
    void what_staff_have_said_who_are_away_is_not_deleted_by_who_is_less() {
        rig.account("sam", "staff");
        TestClient sam = rig.client("sam");
        rig.settle();
        sam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(2));
        long rose = says(sam, "a rose");
        long behind = says(eve, "a tulip");
        assertThat(rule(bob, rose, delete(""))).isEqualTo(Rule.RANK);
        sam.leave(ROOM);
        sam.endpoint.signOut(rig.now);
        rig.pass(Duration.ofMinutes(1));

        assertThat(rule(bob, rose, delete(""))).isEqualTo(Rule.RANK);
        accepted(bob, bob.amend(ROOM, behind, delete("")));
        accepted(ada, ada.amend(ROOM, rose, delete("")));
    }

    @Test
    void one_reaction_of_each_person_and_emoji_counts_until_it_is_taken_back() {
        long rose = says(eve, "a rose");

        assertThat(refused(tam, tam.amend(ROOM, rose, unreact("+1"))).refusal()).isEqualTo(Refusal.BAD_REQUEST);
        accepted(tam, tam.amend(ROOM, rose, react("+1")));
        accepted(tam, tam.amend(ROOM, rose, react("-1")));
        accepted(eve, eve.amend(ROOM, rose, react("+1")));
        assertThat(refused(tam, tam.amend(ROOM, rose, react("+1"))).refusal()).isEqualTo(Refusal.BAD_REQUEST);
        accepted(tam, tam.amend(ROOM, rose, unreact("+1")));
        accepted(tam, tam.amend(ROOM, rose, react("+1")));
        assertThat(refused(tam, tam.amend(ROOM, rose, react("\u200b"))).refusal())
                .isEqualTo(Refusal.BAD_REQUEST);
    }

    @Test
    void what_is_on_its_way_to_the_journal_counts_as_done() {
        long rose = says(eve, "a rose");
        rig.holdJournal = true;
        long deleted = bob.amend(ROOM, rose, delete(""));
        rig.settle();
        long liked = tam.amend(ROOM, rose, react("+1"));
        rig.settle();
        long late = eve.amend(ROOM, rose, edit("a tulip"));
        rig.settle();
        rig.releaseJournal();

        accepted(bob, deleted);
        assertThat(bob.numberOf(deleted)).isPositive();
        assertThat(tam.numberOf(liked)).isZero();
        assertThat(eve.numberOf(late)).isZero();
    }

    @Test
    void what_is_in_the_journal_only_is_looked_up_and_what_was_said_behind_waits() {
        long rose = says(eve, "a rose");
        muchIsSaid();
        rig.holdReads = true;

        long edited = eve.amend(ROOM, rose, edit("a red rose"));
        long behind = eve.say(ROOM, "behind it");
        rig.pass(Duration.ofSeconds(2));
        assertThat(eve.numberOf(behind)).isZero();
        rig.releaseReads();
        rig.pass(Duration.ofSeconds(2));

        assertThat(eve.numberOf(edited)).isPositive();
        assertThat(eve.numberOf(behind)).isEqualTo(eve.numberOf(edited) + 1);
        assertThat(rule(ada, rose, edit("a thorn"))).isEqualTo(Rule.AUTHOR);
        assertThat(rule(ada, 1, delete(""))).isEqualTo(Rule.TARGET);
        assertThat(rig.server.held()).containsEntry("pages", 0);
    }

    @Test
    void a_log_that_cannot_be_read_makes_it_wait() {
        long rose = says(eve, "a rose");
        muchIsSaid();
        rig.failReads = true;
        long edited = eve.amend(ROOM, rose, edit("a red rose"));
        rig.pass(Duration.ofSeconds(2));
        assertThat(eve.numberOf(edited)).isZero();

        rig.failReads = false;
        rig.pass(Duration.ofSeconds(3));

        assertThat(eve.numberOf(edited)).isPositive();
    }

    @Test
    void who_may_not_speak_deletes_without_a_word_and_nothing_else() {
        long rose = says(eve, "a rose");
        long other = says(eve, "a tulip");
        accepted(ada, ada.change(ROOM, RoomChange.mode(RoomMode.MODERATED, 1)));

        assertThat(rule(eve, rose, edit("x"))).isEqualTo(Rule.MODERATED);
        assertThat(rule(eve, rose, react("+1"))).isEqualTo(Rule.MODERATED);
        assertThat(rule(eve, rose, delete("because"))).isEqualTo(Rule.MODERATED);
        accepted(eve, eve.amend(ROOM, rose, delete("")));
        accepted(ada, ada.change(ROOM, RoomChange.mode(RoomMode.CLOSED, 1)));
        assertThat(event(other).text()).isEqualTo("a tulip");
    }

    @Test
    void server_answers_and_deletes_anything_and_edits_what_it_has_said() {
        long rose = says(eve, "a rose");
        rig.server.host().rooms(rig.now).say(7, ROOM, new Content.Said("welcome", false));
        rig.settle();
        long welcome = ((Receipt) Objects.requireNonNull(last().value())).sequence();

        assertThat(rule(ada, welcome, delete(""))).isEqualTo(Rule.RANK);
        host(rose, edit("a thorn"), false);
        host(1, delete(""), false);
        host(900, delete(""), false);
        host(welcome, edit("be welcome"), true);
        host(welcome, react("+1"), true);
        host(rose, delete("off topic"), true);
        muchIsSaid();
        host(welcome, delete(""), true);
    }

    private void host(long number, Content content, boolean allowed) {
        int refusals = refusals();
        rig.server.host().rooms(rig.now).say(8, ROOM, number, content);
        rig.settle();
        assertThat(refusals() - refusals).as(number + " " + content).isEqualTo(allowed ? 0 : 1);
    }

    private int refusals() {
        return (int) rig.told.stream()
                .filter(ServerEvent.HostRefusal.class::isInstance)
                .count();
    }

    private ServerEvent.HostAnswer last() {
        return rig.told.stream()
                .filter(ServerEvent.HostAnswer.class::isInstance)
                .map(ServerEvent.HostAnswer.class::cast)
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    @Test
    void two_amend_what_they_have_said_to_each_other() {
        RoomName talk = rig.talk("eve", "tam");
        eve.join(talk, JoinHistory.NONE);
        tam.join(talk, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(2));
        long call = eve.say(talk, "a rose");
        rig.pass(Duration.ofSeconds(1));
        long rose = eve.numberOf(call);

        accepted(tam, tam.amend(talk, rose, react("+1")));
        accepted(eve, eve.amend(talk, rose, edit("a red rose")));
        assertThat(refused(tam, tam.amend(talk, rose, delete(""))).refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        accepted(eve, eve.amend(talk, rose, delete("")));

        List<Journal.Entry> log = rig.logs.entrySet().stream()
                .filter(entry -> entry.getKey().isDirect())
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(log).hasSize(4);
    }
}
