package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.CloseReason;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.Sanction;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.wire.message.OrderAnswer;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.Switches;
import io.kabar.chat.spi.ServerRecords;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes in from where, and who does not. */
class DoorTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final long HOUR = 3600;

    private final EndpointRig rig =
            new EndpointRig(identity -> EndpointRig.settings(new LoginPolicy(true, null, new byte[32]))
                    .apply(identity)
                    .withOrder(OrderRules.STANDARD.withNewcomers(8, 5)));
    private long calls = 1000;

    private static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private TestClient from(String name, String address) {
        return rig.client(name, null, at(address, 5000 + rig.clients.size()));
    }

    private TestClient signedIn(String name, String address) {
        rig.account(name, name.startsWith("staff") ? "staff" : name.startsWith("owner") ? "owner" : "member");
        TestClient client = from(name, address);
        rig.settle();
        assertThat(client.of(ClientEvent.SignedIn.class)).as(name).hasSize(1);
        return client;
    }

    private ServerEvent host(OrderQuery query) {
        long call = ++calls;
        rig.server.host().order(call, query, rig.now);
        rig.settle();
        return rig.told.stream()
                .filter(event -> (event instanceof ServerEvent.HostAnswer answer && answer.callId() == call)
                        || (event instanceof ServerEvent.HostRefusal refusal && refusal.callId() == call))
                .findFirst()
                .orElseThrow();
    }

    private long asks(TestClient who, OrderQuery query, Class<? extends OrderAnswer> expected) {
        long call = ++calls;
        who.endpoint.askAll(call, query, null, expected, rig.now);
        rig.settle();
        return call;
    }

    private List<Sanction> bans(TestClient who) {
        long call = asks(who, new OrderQuery.Bans(), OrderAnswer.Sanctions.class);
        return who.of(ClientEvent.Answered.class).stream()
                .filter(answered -> answered.callId() == call)
                .flatMap(answered -> ((List<?>) answered.value()).stream())
                .flatMap(piece -> ((OrderAnswer.Sanctions) piece).sanctions().stream())
                .toList();
    }

    private static String sentence(TestClient who) {
        return who.of(ClientEvent.Closed.class).get(0).sentence();
    }

    private long drops(String reason) {
        return rig.server.drops().getOrDefault(reason, 0L);
    }

    // Addresses and networks
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void who_comes_from_a_banned_network_is_put_out_and_told_and_then_not_answered_any_more() {
        TestClient troll = signedIn("troll", "192.0.2.7");
        TestClient other = signedIn("other", "198.51.100.1");
        host(new OrderQuery.BanNetwork("192.0.2.0/24", HOUR, "spam"));

        assertThat(troll.of(ClientEvent.Closed.class))
                .extracting(ClientEvent.Closed::reason)
                .containsExactly(CloseReason.PUT_OUT);
        assertThat(sentence(troll))
                .startsWith("Nobody may come to this server from your network until ")
                .contains(": spam. If that is wrong, ask whoever runs this server.");
        assertThat(other.of(ClientEvent.Closed.class)).isEmpty();

        for (int i = 0; i < 2; i++) {
            TestClient again = from("again" + i, "192.0.2." + (7 + 100 * i));
            rig.settle();
            rig.pass(Duration.ofSeconds(3));
            assertThat(again.of(ClientEvent.Closed.class))
                    .as("has come so far that it can be told")
                    .extracting(ClientEvent.Closed::refusal)
                    .containsExactly(Refusal.NOT_ALLOWED);
            assertThat(sentence(again)).contains("spam");
        }
        assertThat(rig.accounts).doesNotContainKeys("again0", "again1");
        for (int i = 0; i < 20; i++) {
            TestClient flood = from("flood" + i, "192.0.2.7");
            rig.settle();
            assertThat(flood.of(ClientEvent.Closed.class)).isEmpty();
        }
        assertThat(drops("banned")).as("no key is agreed on").isGreaterThanOrEqualTo(18);
        assertThat(rig.server.handshaking()).isLessThanOrEqualTo(2);
        TestClient friend = signedIn("friend", "198.51.100.2");
        assertThat(friend.of(ClientEvent.Closed.class)).isEmpty();
    }

    @Test
    void a_ban_of_an_address_ends_by_itself_and_outlasts_a_restart_until_then() {
        rig.timePasses = true;
        host(new OrderQuery.BanNetwork("2001:db8:1:2::/64", HOUR, ""));
        rig.restart();
        TestClient early = from("early", "2001:db8:1:2:3::4");
        rig.settle();
        rig.pass(Duration.ofSeconds(3));
        assertThat(early.of(ClientEvent.SignedIn.class)).isEmpty();

        rig.pass(Duration.ofHours(1));
        TestClient late = from("late", "2001:db8:1:2:3::4");
        rig.settle();
        assertThat(late.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    @Test
    void staff_bans_with_the_address_and_never_sees_it() {
        TestClient staff = signedIn("staff", "198.51.100.1");
        TestClient owner = signedIn("owner", "203.0.113.5");
        TestClient troll = signedIn("troll", "192.0.2.7");
        asks(staff, new OrderQuery.Ban("troll", true, HOUR, "spam"), OrderAnswer.Done.class);
        assertThat(troll.of(ClientEvent.Closed.class)).hasSize(1);

        assertThat(bans(staff))
                .hasSize(2)
                .last()
                .satisfies(rule -> assertThat(rule.target()).isEqualTo(new Sanction.Addresses(1, "")));
        assertThat(bans(owner))
                .last()
                .satisfies(rule -> assertThat(rule.target()).isEqualTo(new Sanction.Addresses(1, "192.0.2.7")));
        rig.account("lookalike", "member");
        TestClient again = from("lookalike", "192.0.2.7");
        rig.settle();
        assertThat(again.of(ClientEvent.SignedIn.class)).isEmpty();

        asks(staff, new OrderQuery.UnbanRule(1), OrderAnswer.Done.class);
        TestClient household = signedIn("household", "192.0.2.7");
        assertThat(household.of(ClientEvent.SignedIn.class)).hasSize(1);
    }

    @Test
    void nobody_shuts_out_those_against_whom_they_may_not_act() {
        TestClient staff = signedIn("staff", "198.51.100.1");
        signedIn("owner", "192.0.2.7");
        signedIn("troll", "192.0.2.7");
        long call = asks(staff, new OrderQuery.Ban("troll", true, HOUR, ""), OrderAnswer.Done.class);
        assertThat(staff.refusal(call)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(bans(staff)).isEmpty();
    }

    // No address is told
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void no_log_and_nothing_a_client_hears_has_an_address_in_it() {
        TestClient staff = signedIn("staff", "198.51.100.1");
        TestClient bob = rig.inside("bob", "198.51.100.2", JoinHistory.NONE);
        TestClient troll = signedIn("troll", "192.0.2.77");
        staff.join(RoomName.STAFF, JoinHistory.last(50));
        staff.join(LOBBY, JoinHistory.NONE);
        troll.join(LOBBY, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        asks(bob, new OrderQuery.WhoIs("troll"), OrderAnswer.Whois.class);
        asks(staff, new OrderQuery.WhoIs("troll"), OrderAnswer.Whois.class);
        asks(bob, new OrderQuery.Report(LOBBY, 1, "spam"), OrderAnswer.Done.class);
        asks(staff, new OrderQuery.Ban("troll", true, HOUR, "spam"), OrderAnswer.Done.class);
        host(new OrderQuery.BanNetwork("192.0.0.0/16", HOUR, "more spam"));
        bans(staff);
        rig.pass(Duration.ofSeconds(1));

        for (TestClient client : List.of(staff, bob, troll)) {
            assertThat(client.told.toString()).doesNotContain("192.0");
        }
        assertThat(rig.logs.toString()).contains("spam").doesNotContain("192.0");
        assertThat(rig.log(RoomName.STAFF)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(rig.records.load().toString())
                .as("not even to whom it is shown")
                .doesNotContain("192.0");
    }

    /** A line of the staff's log that names a rule is about that one for ever. */
    @Test
    void number_of_a_rule_that_was_lifted_is_no_other_ones_also_after_a_restart() {
        host(new OrderQuery.BanNetwork("192.0.2.0/24", HOUR, "one"));
        host(new OrderQuery.BanNetwork("198.51.100.0/24", HOUR, "two"));
        host(new OrderQuery.UnbanRule(2));
        host(new OrderQuery.UnbanRule(1));
        rig.restart();
        host(new OrderQuery.BanNetwork("203.0.113.0/24", HOUR, "three"));
        rig.restart();
        TestClient owner = signedIn("owner", "10.1.1.1");
        assertThat(bans(owner))
                .extracting(Sanction::target)
                .containsExactly(new Sanction.Addresses(3, "203.0.113.0/24"));
    }

    @Test
    void who_bans_somebody_with_their_address_hears_if_that_could_not_be_stored() {
        TestClient staff = signedIn("staff", "198.51.100.1");
        signedIn("troll", "192.0.2.7");
        rig.failRecords = kind -> kind.startsWith(ServerRecords.ADDRESSES);
        long ban = asks(staff, new OrderQuery.Ban("troll", true, HOUR, "spam"), OrderAnswer.Done.class);
        assertThat(failure(staff, ban).refusal()).isEqualTo(Refusal.STORAGE);
        assertThat(failure(staff, ban).sentence())
                .isEqualTo("The ban is stored; that of the address holds until the server stops: it could not be"
                        + " stored.");
        signedIn("other", "192.0.2.8");
        rig.failRecords = kind -> !kind.startsWith(ServerRecords.ADDRESSES);
        long both = asks(staff, new OrderQuery.Ban("other", true, HOUR, "spam"), OrderAnswer.Done.class);
        assertThat(failure(staff, both).sentence())
                .isEqualTo("That holds until the server stops: it could not be stored.");
        rig.failRecords = kind -> false;
        signedIn("third", "192.0.2.9");
        long good = asks(staff, new OrderQuery.Ban("third", true, HOUR, "spam"), OrderAnswer.Done.class);
        assertThat(staff.of(ClientEvent.Answered.class)).anyMatch(answered -> answered.callId() == good);
    }

    @Test
    void who_shuts_an_address_out_of_a_room_hears_if_that_could_not_be_stored() {
        RoomName garden = RoomName.of("garden");
        TestClient ada = signedIn("ada", "198.51.100.1");
        ada.join(garden, JoinHistory.NONE);
        signedIn("troll", "192.0.2.7");
        rig.pass(Duration.ofSeconds(1));
        ada.change(garden, RoomChange.ban(UserName.of("troll"), Instant.MAX, "spam"));
        rig.pass(Duration.ofSeconds(1));
        rig.failRecords = kind -> true;
        long call = asks(ada, new OrderQuery.ShutOut(garden, "troll"), OrderAnswer.Done.class);
        assertThat(failure(ada, call).sentence())
                .isEqualTo("That holds until the server stops: it could not be stored.");
    }

    private static ClientEvent.Failed failure(TestClient who, long call) {
        return who.of(ClientEvent.Failed.class).stream()
                .filter(failed -> failed.callId() == call)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not refused"));
    }

    // Floods
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void many_new_names_at_once_close_the_door_to_newcomers_and_to_nobody_else() {
        TestClient staff = signedIn("staff", "198.51.100.1");
        staff.join(RoomName.STAFF, JoinHistory.last(50));
        rig.settle();
        for (int i = 0; i < 12; i++) {
            from("bot" + i, "203.0." + i + ".1");
            rig.settle();
        }
        assertThat(rig.accounts.keySet().stream().filter(name -> name.startsWith("bot")))
                .hasSize(8);
        assertThat(signedIn("known", "203.0.200.1").of(ClientEvent.SignedIn.class))
                .hasSize(1);
        TestClient home = from("athome", "10.1.1.1");
        rig.settle();
        assertThat(home.of(ClientEvent.SignedIn.class)).as("a private address").hasSize(1);
        assertThat(rig.logs.get(RoomName.STAFF))
                .extracting(entry -> entry.event().text())
                .containsOnlyOnce("More than 8 newcomers came to the server within a minute: its door is closed to "
                        + "newcomers for 5 minutes.");
        rig.pass(Duration.ofMinutes(6));
        assertThat(from("honest", "203.0.201.1")).satisfies(client -> {
            rig.settle();
            assertThat(client.of(ClientEvent.SignedIn.class)).hasSize(1);
        });
    }

    @Test
    void many_newcomers_in_one_room_close_its_door_to_newcomers_alone() {
        RoomName room = RoomName.of("garden");
        signedIn("first", "203.0.100.1").join(room, JoinHistory.NONE);
        rig.settle();
        for (int i = 0; i < 8; i++) {
            signedIn("bot" + i, "203.0." + i + ".1").join(room, JoinHistory.NONE);
            rig.settle();
        }
        assertThat(rig.log(room)).as("the first is a newcomer as well").hasSize(5);
        rig.accounts.put(
                "veteran",
                TestAccounts.account(new UserName("veteran"), null, rig.claimOf("veteran"), "member", Instant.EPOCH));
        TestClient veteran = from("veteran", "203.0.101.1");
        rig.settle();
        veteran.join(room, JoinHistory.NONE);
        rig.settle();
        assertThat(rig.log(room)).hasSize(6).last().isEqualTo("6 veteran joined");
        assertThat(rig.logs.get(RoomName.STAFF))
                .extracting(entry -> entry.event().text())
                .singleElement()
                .asString()
                .startsWith("More than 5 newcomers came to #garden within a minute");
        rig.pass(Duration.ofMinutes(6));
        assertThat(rig.log(room)).as("who waited comes in by and by").hasSizeGreaterThan(6);
    }

    @Test
    void while_newcomers_are_switched_off_nobody_gets_a_name() {
        host(new OrderQuery.SetSwitches(Switches.NONE.withNewcomersOff(true)));
        rig.restart();
        TestClient stranger = from("stranger", "203.0.113.1");
        rig.settle();
        rig.pass(Duration.ofSeconds(3));
        assertThat(sentence(stranger))
                .isEqualTo("This server takes nobody new at the moment. Ask whoever runs this server.");
        assertThat(signedIn("known", "203.0.113.2").of(ClientEvent.SignedIn.class))
                .hasSize(1);
    }

    @Test
    void in_slow_mode_a_person_waits_between_messages_wherever_they_say_them() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        host(new OrderQuery.SetSwitches(Switches.NONE.withSlowSeconds(60)));
        ada.say(LOBBY, "one");
        ada.say(LOBBY, "two");
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined", "2 ada one");
        rig.pass(Duration.ofSeconds(40));
        assertThat(rig.log(LOBBY)).endsWith("3 ada two");
    }

    // Rooms
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void who_is_banned_from_a_room_is_shut_out_with_their_address_until_the_ban_is_lifted() {
        RoomName garden = RoomName.of("garden");
        TestClient ada = signedIn("ada", "198.51.100.1");
        ada.join(garden, JoinHistory.NONE);
        rig.settle();
        TestClient troll = signedIn("troll", "192.0.2.7");
        troll.join(garden, JoinHistory.NONE);
        rig.settle();
        ada.change(garden, RoomChange.ban(UserName.of("troll"), Instant.MAX, "spam"));
        rig.pass(Duration.ofSeconds(1));
        long denied = asks(troll, new OrderQuery.ShutOut(garden, "ada"), OrderAnswer.Done.class);
        assertThat(troll.refusal(denied)).isEqualTo(Refusal.NOT_IN_ROOM);
        asks(ada, new OrderQuery.ShutOut(garden, "troll"), OrderAnswer.Done.class);

        TestClient lookalike = signedIn("tr0ll", "192.0.2.7");
        long join = lookalike.join(garden, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(lookalike.refusal(join)).isEqualTo(Refusal.NOT_ALLOWED);
        lookalike.join(LOBBY, JoinHistory.NONE);
        signedIn("elsewhere", "192.0.2.8").join(garden, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.log(LOBBY)).as("only from that room").hasSize(1);
        assertThat(rig.log(garden)).anyMatch(line -> line.endsWith("elsewhere joined"));
        assertThat(rig.logs.toString() + lookalike.told + ada.told).doesNotContain("192.0");
        assertThat(rig.records.load()).anyMatch(entry -> entry.value().endsWith("192.0.2.7"));

        ada.change(garden, RoomChange.unban(UserName.of("troll")));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.records.load()).noneMatch(entry -> entry.value().endsWith("192.0.2.7"));
    }

    @Test
    void members_do_not_write_lines_of_the_staff() {
        TestClient staff = signedIn("staff", "198.51.100.1");
        staff.join(RoomName.STAFF, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        long call = staff.change(RoomName.STAFF, new StaffAction("ban", RoomChange.Whom.NOBODY, "banned everybody"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(staff.refusal(call)).isEqualTo(Refusal.UNSUPPORTED);
        assertThat(rig.log(RoomName.STAFF)).hasSize(1);
    }

    @Test
    void an_operator_is_told_once_of_a_role_that_the_server_does_not_know() {
        rig.account("helper", "helper");
        rig.client("helper");
        rig.settle();
        rig.client("helper");
        rig.settle();
        assertThat(rig.told.stream().filter(ServerEvent.Warning.class::isInstance))
                .singleElement()
                .asString()
                .contains("The account of helper has the role helper, which this server does not know");
    }

    @Test
    void who_is_blocked_or_muted_is_not_shown_writing() {
        rig.account("ada", "member");
        rig.account("bob", "member");
        RoomName talk = rig.talk("ada", "bob");
        TestClient ada = rig.client("ada");
        TestClient bob = rig.client("bob");
        rig.settle();
        ada.join(talk, JoinHistory.NONE);
        bob.join(talk, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        bob.endpoint.typing(talk, rig.now);
        rig.pass(Duration.ofSeconds(10));
        assertThat(ada.of(ClientEvent.Typing.class)).hasSize(1);

        asks(ada, new OrderQuery.BlockPerson("bob"), OrderAnswer.Done.class);
        bob.endpoint.typing(talk, rig.now);
        rig.pass(Duration.ofSeconds(10));
        assertThat(ada.of(ClientEvent.Typing.class)).hasSize(1);
    }
}
