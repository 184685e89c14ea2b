package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomRole;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final UserName ADA = new UserName("ada");

    private final Roster roster = new Roster();

    private boolean enter() {
        return roster.enter(ADA, RoomRole.GUEST);
    }

    private void joined() {
        roster.joined(ADA, RoomRole.GUEST);
    }

    @Test
    void a_second_device_is_neither_a_join_nor_a_leave() {
        assertThat(enter()).isTrue();
        assertThat(enter()).isFalse();
        joined();
        assertThat(roster.isPresent(ADA)).isTrue();
        assertThat(roster.leave(ADA)).isFalse();
        assertThat(roster.leave(ADA)).isTrue();
        assertThat(roster.size()).isOne(); // until the leave is committed
        roster.left(ADA);
        assertThat(roster.isEmpty()).isTrue();
    }

    @Test
    void who_leaves_comes_and_leaves_again_before_the_journal_answers_can_come_back() {
        enter();
        joined();
        assertThat(roster.leave(ADA)).isTrue();
        assertThat(enter()).isTrue();
        assertThat(roster.leave(ADA)).isTrue();
        roster.left(ADA);
        joined();
        roster.left(ADA);
        assertThat(roster.isEmpty()).isTrue();
        assertThat(enter()).isTrue();
    }

    @Test
    void a_leave_that_could_not_be_stored_is_forgotten_when_the_user_is_back() {
        enter();
        joined();
        roster.leave(ADA);
        assertThat(roster.leaveRefused(ADA)).isTrue();
        assertThat(enter()).isFalse();
        assertThat(roster.isPresent(ADA)).isTrue();
        assertThat(roster.giveUp(ADA)).isFalse(); // the second try
        assertThat(roster.isPresent(ADA)).isTrue();
    }

    @Test
    void a_refused_join_leaves_nothing_behind() {
        enter();
        enter();
        assertThat(roster.joinRefused(ADA)).isTrue();
        assertThat(roster.isEmpty()).isTrue();
    }

    /** Any order of coming, going and answers: in the end the log agrees with the devices, and nobody waits in vain. */
    @Test
    void whatever_happens_the_log_comes_to_agree_with_the_devices() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Roster any = new Roster();
            ArrayDeque<Boolean> journal = new ArrayDeque<>(); // true: a join
            int devices = 0;
            for (int step = 0; step < 40; step++) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        devices++;
                        if (any.enter(ADA, RoomRole.GUEST)) {
                            journal.add(true);
                        }
                    }
                    case 1 -> {
                        if (devices > 0) {
                            devices--;
                            if (any.leave(ADA)) {
                                journal.add(false);
                            }
                        }
                    }
                    default -> {
                        Boolean join = journal.poll();
                        if (join == null) {
                            continue;
                        }
                        boolean stored = random.nextInt(5) > 0;
                        if (join && stored) {
                            any.joined(ADA, RoomRole.GUEST);
                        } else if (join) {
                            devices = any.joinRefused(ADA) ? 0 : devices;
                            if (any.giveUp(ADA)) {
                                journal.add(false);
                            }
                        } else if (stored) {
                            any.left(ADA);
                        } else if (any.leaveRefused(ADA) && any.giveUp(ADA)) {
                            journal.add(false);
                        }
                    }
                }
            }
            while (!journal.isEmpty()) {
                if (journal.remove()) {
                    any.joined(ADA, RoomRole.GUEST);
                } else {
                    any.left(ADA);
                }
            }
            assertThat(any.isPresent(ADA)).as("seed %d", seed).isEqualTo(devices > 0);
            assertThat(any.isEmpty()).as("seed %d", seed).isEqualTo(devices == 0);
        }
    }

    private void in(String... names) {
        for (String name : names) {
            roster.enterSilently(new UserName(name), RoomRole.GUEST);
        }
    }

    private List<String> page(String beginning, String behind, int most) {
        return roster.page(beginning, behind, most).members().stream()
                .map(member -> member.name().text())
                .toList();
    }

    @Test
    void members_are_told_page_by_page_in_the_order_of_their_names() {
        in("Zoe", "eve", "Ada", "bob", "ADA", "Åsa", "ada");
        assertThat(page("", "", 3)).containsExactly("ADA", "Ada", "ada");
        assertThat(page("", "ada", 3)).containsExactly("Åsa", "bob", "eve");
        assertThat(page("", "eve", 3)).containsExactly("Zoe");
        assertThat(page("", "Zoe", 3)).isEmpty();
        assertThat(page("", "carl", 2)).as("who has gone meanwhile").containsExactly("eve", "Zoe");
    }

    @Test
    void members_are_found_by_the_beginning_of_their_names_in_any_case() {
        in("Adam", "ada", "adele", "bob", "Łukasz", "Straße", "Barn1", "Bart");
        assertThat(page("AD", "", 10)).containsExactly("ada", "Adam", "adele");
        assertThat(page("ad", "ada", 10)).containsExactly("Adam", "adele");
        assertThat(page("ad", "aaa", 1)).containsExactly("ada");
        assertThat(page("ad", "zoe", 10)).isEmpty();
        assertThat(page("łuk", "", 10)).containsExactly("Łukasz");
        assertThat(page("strasse", "", 10)).containsExactly("Straße");
        assertThat(page("bar", "", 10))
                .as("letters that look like one are two here")
                .containsExactly("Barn1", "Bart");
        assertThat(page("x", "", 10)).isEmpty();
    }

    @Test
    void only_who_is_there_by_the_log_is_told() {
        enter();
        assertThat(page("a", "", 10)).isEmpty();
        joined();
        assertThat(page("a", "", 10)).containsExactly("ada");
        assertThat(roster.presence(ADA, Presence.AWAY)).isNotNull();
        assertThat(roster.page("a", "", 10).members())
                .singleElement()
                .extracting(Member::presence)
                .isEqualTo(Presence.AWAY);
        roster.leave(ADA);
        roster.left(ADA);
        assertThat(page("a", "", 10)).isEmpty();
        roster.restore(ADA, RoomRole.GUEST);
        roster.restore(ADA, RoomRole.GUEST);
        assertThat(page("a", "", 10)).containsExactly("ada");
        roster.giveUp(ADA);
        roster.settle();
        assertThat(page("a", "", 10)).isEmpty();
    }
}
