package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.lane.Lane;
import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.server.limits.AddressRates;
import io.kabar.chat.internal.server.limits.Rates;
import io.kabar.chat.internal.server.room.RoomLimits;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a client may ask for: all of it is answered in the end, and none of it costs others more than a stated rate. */
class RequestsTest {

    private static final RoomName CROWDED = RoomName.of("crowded");
    private static final int CROWD = 4000;
    private static final UserName BOB = UserName.of("bob");
    private static final RoomName ADA_AND_BOB = RoomName.direct(1, 2);

    private final EndpointRig rig = new EndpointRig();

    private void crowd() {
        List<UserName> members = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            members.add(UserName.of("somebody" + i));
        }
        rig.server.addRoom(CROWDED, new Journal.Kept(1, 0, "", new LinkedHashSet<>(members)), rig.now);
    }

    private TestClient signedIn(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        return client;
    }

    private TestClient inside(String name, RoomName room) {
        TestClient client = signedIn(name);
        client.join(room, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(2));
        return client;
    }

    @Test
    void who_asks_for_a_long_list_many_times_is_served() {
        crowd();
        TestClient ada = signedIn("ada");
        for (int i = 0; i < 300; i++) {
            ada.endpoint.listMembers(1000 + i, CROWDED, Member.Query.FIRST, rig.now);
        }
        rig.pass(Duration.ofSeconds(30));

        assertThat(ada.of(ClientEvent.MemberList.class))
                .hasSize(300)
                .allSatisfy(list -> assertThat(list.page().members()).hasSize(CROWD));
        assertThat(ada.of(ClientEvent.Failed.class)).isEmpty();
        assertThat(rig.server.counters().logins())
                .as("one session all the time")
                .isOne();
    }

    @Test
    void who_asks_and_never_reads_costs_a_bounded_amount_of_memory_and_only_itself() {
        crowd();
        TestClient deaf = signedIn("deaf");
        deaf.hears = false;
        for (int i = 0; i < 2000; i++) {
            deaf.smuggle(new ClientMessage.Request(i, new Query.Members(CROWDED, "", "", Limits.MEMBERS_TOLD)));
        }
        rig.pass(Duration.ofSeconds(5));

        ServerSession session = rig.server.sessionOf(UserName.of("deaf"));
        assertThat(session).isNotNull();
        int held = Objects.requireNonNull(session).connection().lane(0).queuedBytes()
                + session.controlQueue().heldBytes();
        assertThat(held).as("lists are not made before there is room for them").isLessThan(200 * 1024);
        rig.assertServing();
    }

    @Test
    void who_makes_the_server_talk_and_never_reads_is_closed_alone() {
        TestClient deaf = signedIn("deaf");
        TestClient ada = inside("ada", RoomName.LOBBY);
        deaf.hears = false;
        ServerSession session = Objects.requireNonNull(rig.server.sessionOf(UserName.of("deaf")));
        int held = 0;
        for (int i = 0; i < 40_000 && session.connection().state() == Connection.State.OPEN; i++) {
            session.say(new ServerMessage.Notice("x".repeat(100)));
            held = Math.max(
                    held,
                    session.connection().lane(0).queuedBytes()
                            + session.controlQueue().heldBytes());
        }
        rig.pass(Duration.ofSeconds(30));

        assertThat(held)
                .isBetween(
                        Lane.CAPACITY + ServerControlQueue.WAITING - 200, Lane.CAPACITY + ServerControlQueue.WAITING);
        assertThat(rig.server.sessionOf(UserName.of("deaf"))).isNull();
        assertThat(ada.of(ClientEvent.Searching.class)).isEmpty();
        rig.assertServing();
    }

    @Test
    void many_rooms_that_are_crowded_can_be_entered_at_once() {
        for (int i = 0; i < 60; i++) {
            List<UserName> members = new ArrayList<>();
            for (int k = 0; k < CROWD; k++) {
                members.add(UserName.of("a.somewhat.long.name." + k));
            }
            rig.server.addRoom(
                    RoomName.of("crowd" + i), new Journal.Kept(1, 0, "", new LinkedHashSet<>(members)), rig.now);
        }
        TestClient ada = signedIn("ada");
        for (int i = 0; i < 60; i++) {
            ada.join(RoomName.of("crowd" + i), JoinHistory.NONE);
        }
        rig.pass(Duration.ofSeconds(10));

        assertThat(ada.of(ClientEvent.Entered.class).stream().filter(entered -> entered.callId() != 0))
                .hasSize(60);
        assertThat(rig.server.counters().logins()).isOne();
    }

    @Test
    void whoever_joins_and_leaves_without_end_fills_no_log_faster_than_the_rate() {
        inside("bob", RoomName.LOBBY); // so that the room is there
        TestClient ada = signedIn("ada");
        int before = rig.log(RoomName.LOBBY).size();
        for (int i = 0; i < 1000; i++) {
            ada.smuggle(
                    1, new ClientMessage.Join(ClientMessage.Target.room("lobby"), JoinHistory.NONE, 10, new byte[0]));
            ada.smuggle(1, new ClientMessage.Leave(""));
            rig.pass(Duration.ofMillis(10));
        }
        // No more than whoever only speaks: 20 a second, after what may be done at once.
        assertThat(rig.log(RoomName.LOBBY).size() - before).isBetween(100, 128 + 20 * 10 + 10);
    }

    @Test
    void signing_in_anew_refills_nothing() {
        inside("bob", RoomName.LOBBY);
        int before = rig.log(RoomName.LOBBY).size();
        for (int round = 0; round < 20; round++) {
            TestClient ada = signedIn("ada");
            for (int i = 0; i < 50; i++) {
                ada.smuggle(
                        1,
                        new ClientMessage.Join(ClientMessage.Target.room("lobby"), JoinHistory.NONE, 10, new byte[0]));
                ada.smuggle(1, new ClientMessage.Leave(""));
            }
            rig.settle();
            ada.endpoint.signOut(rig.now);
            rig.pass(Duration.ofMillis(100));
        }
        assertThat(rig.log(RoomName.LOBBY).size() - before).isLessThan(128 + 2 * 10 * 10);
    }

    @Test
    void an_honest_client_that_is_too_quick_gets_into_every_room_a_little_later() {
        TestClient ada = signedIn("ada");
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 60; i++) {
                ada.join(RoomName.of("room" + i), JoinHistory.NONE);
            }
            rig.pass(Duration.ofSeconds(8));
            for (int i = 0; i < 60; i++) {
                ada.leave(RoomName.of("room" + i));
            }
        }
        rig.pass(Duration.ofSeconds(30));
        assertThat(ada.of(ClientEvent.Failed.class)).isEmpty();
        assertThat(ada.of(ClientEvent.Entered.class)).hasSize(300);
    }

    private long roomsWithWords() {
        return rig.logs.values().stream()
                .filter(log -> log.stream().anyMatch(entry -> entry.event().isSaid()))
                .count();
    }

    @Test
    void nobody_makes_rooms_that_stay_without_end_and_honest_ones_get_theirs_later() {
        TestClient ada = signedIn("ada");
        for (int i = 0; i < 66; i++) {
            RoomName room = RoomName.of("new" + i);
            ada.join(room, JoinHistory.NONE);
            rig.pass(Duration.ofMillis(200));
            ada.say(room, "hello " + i);
            rig.pass(Duration.ofMillis(100));
            if (i < 60) {
                ada.leave(room);
            }
        }
        assertThat(roomsWithWords()).isEqualTo(64);
        rig.pass(Duration.ofMinutes(2));
        assertThat(roomsWithWords()).isEqualTo(66);
    }

    @Test
    void rooms_in_which_nothing_is_said_cost_nothing_once_they_are_left() {
        TestClient ada = signedIn("ada");
        for (int i = 0; i < 300; i++) {
            RoomName room = RoomName.of("empty" + i);
            ada.join(room, JoinHistory.NONE);
            rig.pass(Duration.ofMillis(200));
            ada.leave(room);
        }
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.server.rooms()).isZero();
        assertThat(rig.told.stream().filter(ServerEvent.Drop.class::isInstance))
                .as("and the journal may let go of them")
                .hasSize(300);
    }

    @Test
    void a_room_in_which_something_was_said_stays() {
        TestClient ada = inside("ada", CROWDED);
        ada.say(CROWDED, "hello");
        rig.settle();
        ada.leave(CROWDED);
        rig.settle();
        assertThat(rig.server.rooms()).isOne();
        assertThat(rig.told).noneMatch(ServerEvent.Drop.class::isInstance);
    }

    @Test
    void one_address_makes_so_many_names_and_no_more() {
        signedIn("ada");
        AddressPrefixes office =
                AddressPrefixes.of(rig.clients.keySet().iterator().next().getAddress());
        int left = Quotas.STANDARD.newNamesPerAddress() * AddressRates.PRIVATE - 1;
        rig.server.addressRates().chargeNames(office, left, rig.now);
        TestClient late = signedIn("late");
        assertThat(late.of(ClientEvent.SignedIn.class)).isEmpty();
        assertThat(rig.server.counters().logins()).isOne();
        assertThat(signedIn("ada").of(ClientEvent.SignedIn.class))
                .as("a name that is there already")
                .hasSize(1);
        rig.pass(Duration.ofMinutes(2));
        assertThat(signedIn("later").of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    @Test
    void who_writes_to_strangers_reaches_so_many_at_a_time_and_these_are_told_once() {
        TestClient ada = signedIn("ada");
        TestClient bob = signedIn("bob");
        for (int i = 0; i < Rates.NEW_TALKS + 3; i++) {
            rig.account("stranger" + i, Account.MEMBER);
            RoomName talk = RoomName.with(UserName.of("stranger" + i));
            ada.join(talk, JoinHistory.NONE);
            rig.settle();
            ada.say(talk, "hello " + i);
            ada.say(talk, "hello " + i + "?");
            rig.settle();
        }
        assertThat(roomsWithWords()).isEqualTo(Rates.NEW_TALKS);
        RoomName known = rig.talk("ada", "bob");
        bob.join(known, JoinHistory.NONE);
        rig.settle();
        bob.say(known, "I write first");
        rig.settle();
        ada.join(known, JoinHistory.NONE);
        rig.settle();
        ada.say(known, "then it is no stranger");
        rig.settle();
        assertThat(rig.log(known)).hasSize(2);
    }

    @Test
    void conversations_of_two_leave_some_rooms_of_a_session_for_others() {
        TestClient ada = signedIn("ada");
        for (int i = 0; i < 64; i++) {
            rig.account("stranger" + i, Account.MEMBER);
            ada.join(RoomName.with(UserName.of("stranger" + i)), JoinHistory.NONE);
            rig.settle();
        }
        assertThat(ada.of(ClientEvent.Entered.class)).hasSize(64 - RoomLimits.KEPT_FOR_ROOMS);
        ada.join(CROWDED, JoinHistory.NONE);
        rig.settle();
        assertThat(ada.of(ClientEvent.Entered.class)).hasSize(65 - RoomLimits.KEPT_FOR_ROOMS);
    }

    @Test
    void of_many_changes_of_being_away_the_last_is_told_and_few_before_it() {
        TestClient bob = inside("bob", RoomName.LOBBY);
        TestClient ada = inside("ada", RoomName.LOBBY);
        for (int i = 0; i < 1001; i++) {
            ada.endpoint.away(i % 2 == 0, rig.now);
            rig.pass(Duration.ofMillis(5));
        }
        rig.pass(Duration.ofSeconds(3));

        List<ClientEvent.MemberChanged> seen = bob.of(ClientEvent.MemberChanged.class);
        assertThat(seen).hasSizeLessThan(8);
        assertThat(seen.get(seen.size() - 1).member().presence()).isEqualTo(Presence.AWAY);
    }

    @Test
    void whoever_is_spoken_to_is_told_once_of_a_conversation_they_are_not_in() {
        TestClient bob = signedIn("bob");
        RoomName direct = ADA_AND_BOB;
        TestClient ada = inside("ada", direct);
        bob.hears = false;
        ServerSession session = Objects.requireNonNull(rig.server.sessionOf(UserName.of("bob")));
        int before = session.connection().lane(0).queuedBytes();
        for (int i = 0; i < 45; i++) {
            ada.say(direct, "psst " + i);
        }
        rig.pass(Duration.ofSeconds(1));
        assertThat(session.connection().lane(0).queuedBytes() - before).isLessThan(60);

        bob.hears = true;
        rig.pass(Duration.ofSeconds(30));
        assertThat(bob.events(direct)).as("bob did not ask").isEmpty();
        assertThat(bob.of(ClientEvent.DirectWaiting.class)).hasSize(1);
        bob.join(direct, JoinHistory.from(1));
        rig.pass(Duration.ofSeconds(30));
        assertThat(bob.events(direct)).hasSize(45);
    }

    @Test
    void as_many_strangers_as_like_to_write_use_up_none_of_the_rooms_of_whom_they_write_to() {
        TestClient bob = signedIn("bob");
        List<TestClient> strangers = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            strangers.add(rig.client("stranger" + i));
        }
        rig.settle();
        for (int i = 0; i < strangers.size(); i++) {
            RoomName room = RoomName.with(BOB);
            strangers.get(i).join(room, JoinHistory.NONE);
            strangers.get(i).say(room, "buy");
        }
        rig.pass(Duration.ofSeconds(30));
        assertThat(bob.of(ClientEvent.DirectWaiting.class)).hasSize(70);
        assertThat(bob.of(ClientEvent.Entered.class)).isEmpty();
        assertThat(bob.endpoint.held()).containsEntry("rooms", 0);
    }

    @Test
    void what_waits_in_a_conversation_is_read_however_it_is_entered_and_is_no_history() {
        for (JoinHistory history :
                List.of(JoinHistory.NONE, JoinHistory.last(1), JoinHistory.last(50), JoinHistory.from(1))) {
            EndpointRig other = new EndpointRig();
            TestClient bob = other.client("bob");
            TestClient ada = other.client("ada");
            other.settle();
            ada.join(ADA_AND_BOB, JoinHistory.NONE);
            other.pass(Duration.ofSeconds(2));
            ada.say(ADA_AND_BOB, "psst");
            ada.say(ADA_AND_BOB, "are you there?");
            other.pass(Duration.ofSeconds(2));

            bob.join(ADA_AND_BOB, history);
            other.pass(Duration.ofSeconds(5));

            assertThat(bob.of(ClientEvent.Entered.class)).hasSize(1);
            assertThat(bob.events(ADA_AND_BOB)).as("%s", history).containsExactly("1 ada psst", "2 ada are you there?");
            assertThat(bob.of(ClientEvent.Event.class)).noneMatch(ClientEvent.Event::replayed);
        }
    }

    @Test
    void what_is_said_while_the_conversation_is_being_entered_is_read() {
        TestClient bob = signedIn("bob");
        TestClient ada = inside("ada", ADA_AND_BOB);
        // Its request to enter is on its way when the message is said, and what the server says meanwhile, too.
        bob.speaks = false;
        bob.join(ADA_AND_BOB, JoinHistory.NONE);
        ada.say(ADA_AND_BOB, "psst");
        rig.pass(Duration.ofSeconds(2));
        bob.speaks = true;
        rig.pass(Duration.ofSeconds(10));

        assertThat(bob.events(ADA_AND_BOB)).containsExactly("1 ada psst");
        assertThat(bob.of(ClientEvent.Entered.class)).hasSize(1);
    }

    @Test
    void a_conversation_that_was_left_is_announced_again_and_read_from_there_on() {
        TestClient bob = signedIn("bob");
        TestClient ada = inside("ada", ADA_AND_BOB);
        ada.say(ADA_AND_BOB, "one");
        rig.pass(Duration.ofSeconds(2));
        bob.join(ADA_AND_BOB, JoinHistory.from(1));
        rig.pass(Duration.ofSeconds(2));
        bob.leave(ADA_AND_BOB);
        rig.pass(Duration.ofSeconds(2));
        ada.say(ADA_AND_BOB, "two");
        rig.pass(Duration.ofSeconds(2));

        assertThat(bob.of(ClientEvent.DirectWaiting.class))
                .containsExactly(
                        new ClientEvent.DirectWaiting(ADA_AND_BOB, UserName.of("ada"), 1),
                        new ClientEvent.DirectWaiting(ADA_AND_BOB, UserName.of("ada"), 2));
        bob.join(ADA_AND_BOB, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(5));
        assertThat(bob.events(ADA_AND_BOB)).containsExactly("1 ada one", "2 ada two");
    }

    @Test
    void all_rooms_are_listed_however_many_there_are() {
        for (int i = 0; i < 1801; i++) {
            rig.history(new RoomName("room-" + i), "bob", 1);
        }
        TestClient ada = signedIn("ada");
        ada.endpoint.listRooms(77, rig.now);
        rig.pass(Duration.ofSeconds(30));

        List<RoomSummary> rooms = ada.of(ClientEvent.RoomList.class).get(0).rooms();
        assertThat(rooms).hasSize(1801).extracting(RoomSummary::name).doesNotHaveDuplicates();
    }

    @Test
    void a_list_of_rooms_that_has_to_wait_in_the_middle_goes_on_there_and_begins_anew_on_another_connection() {
        for (int i = 0; i < 1200; i++) {
            rig.history(new RoomName("room-" + i), "bob", 1);
        }
        TestClient ada = signedIn("ada");
        for (int i = 0; i < Rates.REQUESTS; i++) {
            ada.endpoint.listMembers(1000 + i, RoomName.LOBBY, Member.Query.FIRST, rig.now);
        }
        ada.endpoint.listRooms(77, rig.now);
        rig.settle();
        rig.restart();
        for (int i = 0; i < 1200; i++) {
            rig.history(new RoomName("later-" + i), "bob", 1);
        }
        rig.pass(Duration.ofMinutes(2));

        List<RoomSummary> rooms = ada.of(ClientEvent.RoomList.class).get(0).rooms();
        assertThat(rooms).extracting(RoomSummary::name).doesNotHaveDuplicates();
        assertThat(rooms.size()).isIn(1200, 2400);
    }
}
