package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In a room of very many it is no event who comes and goes. */
class QuietTest {

    private static final RoomName ROOM = RoomName.of("garden");

    private final EndpointRig rig =
            new EndpointRig(identity -> EndpointRig.settings(new LoginPolicy(true, null, new byte[32]))
                    .apply(identity)
                    .withOrder(OrderRules.STANDARD.withRepeats(0).withQuietAt(4)));

    private final TestClient ada = inside("ada");
    private final TestClient bob = inside("bob");
    private int asked;

    private TestClient inside(String name) {
        TestClient client = rig.client(name);
        rig.pass(Duration.ofSeconds(1));
        client.join(ROOM, JoinHistory.from(1));
        rig.pass(Duration.ofSeconds(1));
        return client;
    }

    private long change(TestClient client, RoomChange change) {
        long call = client.change(ROOM, change);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private void leaves(TestClient client) {
        client.leave(ROOM);
        rig.pass(Duration.ofSeconds(1));
    }

    private List<String> members() {
        rig.server.host().rooms(rig.now).members(900 + ++asked, ROOM);
        rig.settle();
        return rig.told.stream()
                .filter(ServerEvent.HostAnswer.class::isInstance)
                .map(ServerEvent.HostAnswer.class::cast)
                .filter(answer -> answer.callId() == 900 + asked)
                .flatMap(answer -> ((List<?>) Objects.requireNonNull(answer.value())).stream())
                .map(member -> ((Member) member).name().text())
                .toList();
    }

    @Test
    void from_so_many_on_joins_and_leaves_are_no_events() {
        inside("eve");
        TestClient tam = inside("tam");
        TestClient zoe = inside("zoe");
        assertThat(rig.log(ROOM)).hasSize(4);
        assertThat(rig.fold(ROOM).rules().modes().is(RoomMode.QUIET)).isTrue();
        assertThat(members()).containsExactlyInAnyOrder("ada", "bob", "eve", "tam", "zoe");

        leaves(zoe);
        leaves(bob);
        tam.say(ROOM, "and I am heard");
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.log(ROOM)).hasSize(5);
        assertThat(members()).containsExactlyInAnyOrder("ada", "eve", "tam");
        assertThat(ada.events(ROOM)).last().asString().contains("and I am heard");
        assertThat(rig.fold(ROOM).inside()).isEmpty();
    }

    @Test
    void whoever_is_put_out_of_a_quiet_room_is_out_and_the_banned_do_not_come_in() {
        TestClient eve = inside("eve");
        TestClient tam = inside("tam");
        change(ada, RoomChange.kick(UserName.of("eve"), "enough"));
        assertThat(eve.of(ClientEvent.LeftRoom.class)).hasSize(1);
        change(ada, RoomChange.ban(UserName.of("tam"), RoomChange.FOREVER, ""));
        assertThat(tam.of(ClientEvent.LeftRoom.class)).hasSize(1);
        assertThat(members()).containsExactlyInAnyOrder("ada", "bob");
        long call = tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(tam.refusal(call)).isEqualTo(Refusal.NOT_ALLOWED);
        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(members()).containsExactlyInAnyOrder("ada", "bob", "eve");
    }

    @Test
    void a_role_that_is_given_there_is_known_at_once() {
        inside("eve");
        TestClient tam = inside("tam");
        change(ada, RoomChange.role(UserName.of("tam"), RoomRole.MODERATOR, ""));
        assertThat(ada.of(ClientEvent.MemberChanged.class))
                .extracting(ClientEvent.MemberChanged::member)
                .anyMatch(member -> member.name().text().equals("tam") && member.role() == RoomRole.MODERATOR);
        change(tam, RoomChange.kick(UserName.of("eve"), ""));
        assertThat(members()).containsExactlyInAnyOrder("ada", "bob", "tam");
    }

    @Test
    void after_a_restart_nobody_is_inside_and_nobody_leaves() {
        inside("eve");
        inside("tam");
        int events = rig.log(ROOM).size();
        rig.clients.clear();
        rig.restart();
        rig.pass(Duration.ofMinutes(10));
        assertThat(members()).isEmpty();
        assertThat(rig.log(ROOM)).hasSize(events);
        inside("kim");
        assertThat(members()).containsExactly("kim");
        assertThat(rig.log(ROOM)).hasSize(events);
    }

    @Test
    void it_ends_only_when_there_are_fewer_and_then_the_log_says_who_is_there() {
        TestClient eve = inside("eve");
        inside("tam");
        long call = change(ada, RoomChange.mode(RoomMode.QUIET, 0));
        assertThat(ada.refusal(call)).isEqualTo(Refusal.NOT_ALLOWED);
        leaves(eve);
        change(ada, RoomChange.mode(RoomMode.QUIET, 0));
        assertThat(rig.fold(ROOM).inside())
                .containsExactlyInAnyOrder(UserName.of("ada"), UserName.of("bob"), UserName.of("tam"));
        assertThat(members()).containsExactlyInAnyOrder("ada", "bob", "tam");
        leaves(bob);
        assertThat(rig.log(ROOM)).last().asString().contains("bob left");
        assertThat(members()).containsExactlyInAnyOrder("ada", "tam");

        inside("kim");
        inside("zoe");
        assertThat(rig.fold(ROOM).rules().modes().is(RoomMode.QUIET)).isTrue();
    }

    @Test
    void a_small_room_can_be_quiet_because_somebody_wants_it_so() {
        change(ada, RoomChange.mode(RoomMode.QUIET, 1));
        int events = rig.log(ROOM).size();
        leaves(bob);
        inside("kim");
        assertThat(rig.log(ROOM)).hasSize(events);
        change(ada, RoomChange.mode(RoomMode.QUIET, 0));
        assertThat(rig.fold(ROOM).inside()).containsExactlyInAnyOrder(UserName.of("ada"), UserName.of("kim"));
    }

    @Test
    void what_the_journal_takes_its_time_for_counts_as_done() {
        rig.holdJournal = true;
        TestClient eve = rig.client("eve");
        TestClient tam = rig.client("tam");
        TestClient zoe = rig.client("zoe");
        rig.pass(Duration.ofSeconds(1));
        for (TestClient each : List.of(eve, tam, zoe)) {
            each.join(ROOM, JoinHistory.NONE);
            rig.pass(Duration.ofMillis(200));
        }
        leaves(zoe);
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(1));
        assertThat(members()).containsExactlyInAnyOrder("ada", "bob", "eve", "tam");
        assertThat(rig.log(ROOM)).hasSize(4);
    }

    /** Seed 7000282: they came in without an event, as into a room that was quiet already, and it never became so. */
    @Test
    void if_it_cannot_be_stored_that_it_is_quiet_the_log_says_all_the_same_who_is_there() {
        TestClient eve = inside("eve");
        TestClient tam = rig.client("tam");
        rig.pass(Duration.ofSeconds(1));
        rig.holdJournal = true;
        tam.join(ROOM, JoinHistory.NONE);
        leaves(bob);
        rig.holdJournal = false;
        rig.refuseHeld();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.fold(ROOM).rules().modes().is(RoomMode.QUIET)).isFalse();
        assertThat(members()).containsExactlyInAnyOrder("ada", "eve", "tam");
        assertThat(rig.fold(ROOM).inside()).extracting(UserName::text).containsExactlyInAnyOrder("ada", "eve", "tam");
        eve.say(ROOM, "tam, are you there?");
        rig.pass(Duration.ofSeconds(1));
        assertThat(tam.events(ROOM)).last().asString().contains("are you there");
    }

    @Test
    void who_was_inside_when_it_became_quiet_is_told_anew_as_whoever_enters() {
        inside("eve");
        int before = ada.of(ClientEvent.Entered.class).size();
        inside("tam");
        rig.pass(Duration.ofSeconds(5));
        List<ClientEvent.Entered> entered = ada.of(ClientEvent.Entered.class);
        assertThat(entered).hasSize(before + 1);
        assertThat(entered.get(before).room().settings().modes().is(RoomMode.QUIET))
                .isTrue();
        assertThat(entered.get(before).room().inside()).isEqualTo(4);
    }

    private List<Integer> counts(TestClient client) {
        return client.of(ClientEvent.Counted.class).stream()
                .map(ClientEvent.Counted::inside)
                .toList();
    }

    @Test
    void whoever_is_inside_is_told_how_many_there_are_and_not_who() {
        inside("eve");
        inside("tam");
        rig.pass(Duration.ofMinutes(2));
        int news = ada.of(ClientEvent.MemberChanged.class).size();
        inside("kim");
        TestClient zoe = inside("zoe");
        rig.pass(Duration.ofSeconds(10));
        assertThat(counts(ada)).last().isEqualTo(6);
        assertThat(counts(zoe)).last().isEqualTo(6);
        leaves(zoe);
        rig.pass(Duration.ofSeconds(10));
        assertThat(counts(ada)).last().isEqualTo(5);
        assertThat(ada.of(ClientEvent.MemberChanged.class)).hasSize(news);
    }

    private Member.Page page(TestClient client, Member.Query query) {
        client.endpoint.listMembers(++asked, ROOM, query, rig.now);
        rig.pass(Duration.ofSeconds(1));
        List<ClientEvent.MemberList> lists = client.of(ClientEvent.MemberList.class);
        return lists.get(lists.size() - 1).page();
    }

    @Test
    void who_is_there_is_asked_page_by_page_and_by_the_beginning_of_a_name() {
        for (String name : List.of("eve", "tam", "adam", "kim", "adele")) {
            inside(name);
        }
        Member.Query query = Member.Query.first(2);
        List<String> names = new ArrayList<>();
        for (Optional<Member.Query> next = Optional.of(query); next.isPresent(); ) {
            Member.Page page = page(bob, next.get());
            assertThat(page.inside()).isEqualTo(7);
            page.members().forEach(member -> names.add(member.name().text()));
            next = page.next(next.get());
        }
        assertThat(names).containsExactly("ada", "adam", "adele", "bob", "eve", "kim", "tam");
        Member.Page found = page(bob, query.beginningWith("AD"));
        assertThat(found.members()).extracting(member -> member.name().text()).containsExactly("ada", "adam");
        assertThat(found.hasMore()).isTrue();
        assertThat(page(bob, found.next(query.beginningWith("AD")).orElseThrow())
                        .hasMore())
                .isFalse();
    }

    @Test
    void when_it_ends_everybody_is_told_anew_who_is_there() {
        TestClient eve = inside("eve");
        inside("tam");
        leaves(eve);
        int before = bob.of(ClientEvent.Entered.class).size();
        change(ada, RoomChange.mode(RoomMode.QUIET, 0));
        rig.pass(Duration.ofSeconds(5));
        List<ClientEvent.Entered> entered = bob.of(ClientEvent.Entered.class);
        assertThat(entered).hasSize(before + 1);
        assertThat(entered.get(before).room().members())
                .extracting(member -> member.name().text())
                .containsExactlyInAnyOrder("ada", "bob", "tam");
    }

    @Test
    void many_who_come_within_a_minute_are_told_of_few_and_write_no_events() {
        EndpointRig crowd = new EndpointRig(identity -> EndpointRig.settings(new LoginPolicy(true, null, new byte[32]))
                .apply(identity)
                .withOrder(
                        OrderRules.STANDARD.withRepeats(0).withNewcomers(0, 0).withQuietAt(80)));
        int people = 160;
        List<TestClient> all = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            TestClient client = crowd.client("user" + i, null, EndpointRig.address(2 + i % 100, 5000 + i));
            all.add(client);
            crowd.pass(Duration.ofMillis(100));
            client.join(ROOM, JoinHistory.NONE);
            crowd.pass(Duration.ofMillis(50));
        }
        crowd.pass(Duration.ofSeconds(30));
        assertThat(crowd.log(ROOM))
                .as("joins of the first, and that it is quiet")
                .hasSize(80);
        assertThat(all.stream()
                        .flatMap(client -> client.of(ClientEvent.Entered.class).stream())
                        .filter(entered -> entered.callId() == 0))
                .as("those who are told anew, because it becomes quiet")
                .hasSize(80)
                .allMatch(entered -> entered.room().members().size() == 64);
        List<RoomState> states = all.stream()
                .flatMap(client -> client.of(ClientEvent.Entered.class).stream())
                .filter(entered -> entered.callId() != 0)
                .map(ClientEvent.Entered::room)
                .toList();
        assertThat(states).hasSize(people);
        RoomState last = states.get(people - 1);
        assertThat(last.inside()).isEqualTo(people);
        assertThat(last.isCut()).isTrue();
        assertThat(last.members())
                .hasSize(64)
                .anyMatch(member -> member.name().text().equals("user159"));
        assertThat(states.subList(80, people)).allMatch(state -> state.members().size() == 64);
    }

    @Test
    void whoever_loses_the_network_leaves_without_a_word() {
        TestClient eve = inside("eve");
        inside("tam");
        int events = rig.log(ROOM).size();
        eve.speaks = false;
        eve.hears = false;
        rig.pass(Duration.ofMinutes(10));
        assertThat(members()).containsExactlyInAnyOrder("ada", "bob", "tam");
        assertThat(rig.log(ROOM)).hasSize(events);
    }
}
