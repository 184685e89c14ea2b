package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.crypto.RoomPassword;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what in a room: ada has it, bob keeps order there, eve and tam are guests. */
class RoomOrderTest {

    private static final RoomName ROOM = RoomName.of("garden");
    private static final UserName BOB = UserName.of("bob");
    private static final UserName EVE = UserName.of("eve");

    private final EndpointRig rig = new EndpointRig();
    private TestClient ada;
    private TestClient bob;
    private TestClient eve;

    @BeforeEach
    void everybodyIsInside() {
        rig.timePasses = true;
        for (String name : List.of("ada", "bob", "eve", "tam")) {
            rig.account(name, "member");
        }
        ada = entered("ada");
        bob = entered("bob");
        eve = entered("eve");
        change(ada, RoomChange.role(BOB, RoomRole.MODERATOR, ""));
    }

    private TestClient entered(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        long call = client.join(ROOM, JoinHistory.last(10));
        rig.pass(Duration.ofSeconds(2));
        assertThat(client.of(ClientEvent.Failed.class)).as(name + " " + call).isEmpty();
        return client;
    }

    private long change(TestClient who, Content change) {
        long call = who.change(ROOM, change);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private long says(TestClient who, String text) {
        long call = who.say(ROOM, text);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private static ClientEvent.Failed failure(TestClient who, long call) {
        return who.of(ClientEvent.Failed.class).stream()
                .filter(failed -> failed.callId() == call)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not refused"));
    }

    private static Rule rule(TestClient who, long call) {
        Obstacle obstacle = failure(who, call).obstacle();
        return Objects.requireNonNull(obstacle, "no rule: " + failure(who, call).sentence())
                .rule();
    }

    private static boolean isAccepted(TestClient who, long call) {
        return who.of(ClientEvent.Accepted.class).stream().anyMatch(accepted -> accepted.callId() == call);
    }

    private static RoomState entered(TestClient who) {
        List<ClientEvent.Entered> all = who.of(ClientEvent.Entered.class);
        return all.get(all.size() - 1).room();
    }

    private List<String> inside() {
        rig.server.host().rooms(rig.now).members(77, ROOM);
        rig.settle();
        Object members = rig.told.stream()
                .filter(io.kabar.chat.internal.server.core.ServerEvent.HostAnswer.class::isInstance)
                .map(io.kabar.chat.internal.server.core.ServerEvent.HostAnswer.class::cast)
                .reduce((one, other) -> other)
                .orElseThrow()
                .value();
        return ((List<?>) Objects.requireNonNull(members))
                .stream().map(member -> ((Member) member).name().text()).toList();
    }

    // Roles

    @Test
    void who_founds_a_room_has_it_and_nobody_has_the_lobby() {
        assertThat(entered(ada).members()).extracting(Member::role).containsExactly(RoomRole.OWNER);
        assertThat(rig.fold(ROOM).rules().role(1)).isNotNull();
        TestClient tam = rig.inside("tam", JoinHistory.NONE);
        assertThat(tam.of(ClientEvent.Entered.class)
                        .get(0)
                        .room()
                        .settings()
                        .standing()
                        .role())
                .isEqualTo(RoomRole.GUEST);
    }

    @Test
    void guests_change_nothing_and_are_told_who_can() {
        for (RoomChange change : List.of(
                RoomChange.kick(BOB, ""),
                RoomChange.ban(BOB, RoomChange.FOREVER, ""),
                RoomChange.mute(BOB, RoomChange.FOREVER, ""),
                RoomChange.mode(RoomMode.SLOW, 10),
                RoomChange.role(EVE, RoomRole.OWNER, ""))) {
            long call = change(eve, change);
            assertThat(rule(eve, call)).isEqualTo(Rule.ROLE);
            assertThat(failure(eve, call).sentence()).contains("you are a guest");
        }
    }

    @Test
    void moderator_makes_members_and_neither_moderators_nor_owners() {
        assertThat(isAccepted(bob, change(bob, RoomChange.role(EVE, RoomRole.MEMBER, ""))))
                .isTrue();
        assertThat(rule(bob, change(bob, RoomChange.role(EVE, RoomRole.MODERATOR, ""))))
                .isEqualTo(Rule.ROLE);
        assertThat(rule(bob, change(bob, RoomChange.role(UserName.of("ada"), RoomRole.GUEST, ""))))
                .isEqualTo(Rule.RANK);
        assertThat(isAccepted(bob, change(bob, RoomChange.role(BOB, RoomRole.MEMBER, ""))))
                .isTrue();
    }

    @Test
    void last_owner_stays_one_until_there_is_another() {
        assertThat(rule(ada, change(ada, RoomChange.role(UserName.of("ada"), RoomRole.MEMBER, ""))))
                .isEqualTo(Rule.RANK);
        change(ada, RoomChange.role(BOB, RoomRole.OWNER, ""));
        assertThat(isAccepted(ada, change(ada, RoomChange.role(UserName.of("ada"), RoomRole.MEMBER, ""))))
                .isTrue();
    }

    @Test
    void who_does_not_exist_any_more_is_no_other_owner() {
        UserName self = UserName.of("ada");
        for (String name : List.of("zoe", "uma", "tam")) {
            rig.account(name, "member");
            assertThat(isAccepted(ada, change(ada, RoomChange.role(UserName.of(name), RoomRole.OWNER, ""))))
                    .isTrue();
        }
        rig.accounts.remove("zoe");
        rig.accounts.remove("uma");
        assertThat(isAccepted(ada, change(ada, RoomChange.role(UserName.of("tam"), RoomRole.GUEST, ""))))
                .as("ada stays")
                .isTrue();
        assertThat(rule(ada, change(ada, RoomChange.role(self, RoomRole.MEMBER, ""))))
                .isEqualTo(Rule.RANK);
        assertThat(rig.fold(ROOM).rules().role(rig.accountOf("ada"))).isEqualTo(RoomRole.OWNER);
        long said = says(ada, "still here");
        assertThat(isAccepted(ada, said)).as("nothing waits behind it").isTrue();

        change(ada, RoomChange.role(UserName.of("tam"), RoomRole.OWNER, ""));
        assertThat(isAccepted(ada, change(ada, RoomChange.role(self, RoomRole.MEMBER, ""))))
                .as("tam, who is away, exists")
                .isTrue();
    }

    @Test
    void what_one_is_on_the_server_is_no_role_to_give_oneself() {
        rig.account("tam", "staff");
        TestClient tam = entered("tam");
        assertThat(rule(tam, change(tam, RoomChange.role(UserName.of("tam"), RoomRole.MODERATOR, ""))))
                .isEqualTo(Rule.ROLE);
        assertThat(isAccepted(tam, change(tam, RoomChange.kick(EVE, ""))))
                .as("it needs none")
                .isTrue();
    }

    @Test
    void invitations_from_before_the_door_was_closed_open_nothing() {
        assertThat(isAccepted(eve, change(eve, RoomChange.invite(UserName.of("tam"), ""))))
                .isTrue();
        change(bob, RoomChange.mode(RoomMode.INVITE_ONLY, 1));
        TestClient tam = rig.client("tam");
        rig.settle();
        long join = tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rule(tam, join)).isEqualTo(Rule.INVITE_ONLY);
    }

    @Test
    void nobody_is_put_out_by_who_is_not_more() {
        entered("tam");
        change(ada, RoomChange.role(UserName.of("tam"), RoomRole.MODERATOR, ""));
        for (String name : List.of("ada", "tam", "bob")) {
            UserName who = UserName.of(name);
            for (RoomChange change : List.of(
                    RoomChange.kick(who, ""),
                    RoomChange.ban(who, RoomChange.FOREVER, ""),
                    RoomChange.mute(who, RoomChange.FOREVER, ""))) {
                assertThat(rule(bob, change(bob, change))).as("%s by bob", name).isEqualTo(Rule.RANK);
            }
        }
        assertThat(inside()).containsExactly("ada", "bob", "eve", "tam");
        assertThat(isAccepted(ada, change(ada, RoomChange.kick(UserName.of("tam"), ""))))
                .isTrue();
    }

    @Test
    void staff_of_the_server_are_more_than_who_keeps_order_in_a_room_also_while_they_are_away() {
        rig.account("sam", "staff");
        rig.account("olga", "owner");
        for (String name : List.of("sam", "SAM", "olga")) {
            UserName who = UserName.of(name);
            assertThat(rule(bob, change(bob, RoomChange.ban(who, RoomChange.FOREVER, ""))))
                    .as("%s is banned", name)
                    .isEqualTo(Rule.RANK);
            assertThat(rule(bob, change(bob, RoomChange.mute(who, RoomChange.FOREVER, ""))))
                    .as("%s is muted", name)
                    .isEqualTo(Rule.RANK);
        }
        assertThat(rule(ada, change(ada, RoomChange.ban(UserName.of("olga"), RoomChange.FOREVER, ""))))
                .isEqualTo(Rule.RANK);
        assertThat(isAccepted(ada, change(ada, RoomChange.ban(UserName.of("sam"), RoomChange.FOREVER, ""))))
                .as("an owner of the room is more than staff")
                .isTrue();
    }

    // Putting out

    @Test
    void kick_is_the_leave_and_the_one_who_is_kicked_may_come_back() {
        change(bob, RoomChange.kick(EVE, "enough"));

        assertThat(eve.of(ClientEvent.LeftRoom.class))
                .extracting(ClientEvent.LeftRoom::reason)
                .containsExactly("put out by bob: enough. Ask bob, or another one of its moderators.");
        assertThat(inside()).containsExactly("ada", "bob");
        List<String> log = rig.log(ROOM);
        assertThat(log.get(log.size() - 1)).endsWith("bob kicked");
        assertThat(eve.refusal(says(eve, "unfair"))).isEqualTo(Refusal.NOT_IN_ROOM);

        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(inside()).containsExactly("ada", "bob", "eve");
    }

    @Test
    void who_is_banned_is_told_why_and_until_when_and_comes_back_when_it_is_lifted() {
        Instant until = rig.time().plusSeconds(3600);
        change(bob, RoomChange.ban(EVE, until, "flood"));
        assertThat(inside()).containsExactly("ada", "bob");

        long again = eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(failure(eve, again).sentence())
                .startsWith("You are banned from #garden until ")
                .endsWith(", by bob: flood. Ask bob, or another one of its moderators.");
        assertThat(rule(eve, again)).isEqualTo(Rule.BANNED);

        change(bob, RoomChange.unban(EVE));
        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(inside()).contains("eve");
    }

    @Test
    void whom_the_server_has_put_out_asks_a_moderator_and_not_the_server() {
        rig.server.host().rooms(rig.now).say(78, ROOM, RoomChange.ban(EVE, RoomChange.FOREVER, ""));
        rig.pass(Duration.ofSeconds(1));
        assertThat(eve.of(ClientEvent.LeftRoom.class))
                .extracting(ClientEvent.LeftRoom::reason)
                .containsExactly("banned by server. Ask a moderator of it.");
        long again = eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(failure(eve, again).sentence())
                .isEqualTo("You are banned from #garden, by server. Ask a moderator of it.");

        rig.server.host().rooms(rig.now).say(79, ROOM, RoomChange.ban(EVE, RoomChange.FOREVER, "the rules"));
        rig.pass(Duration.ofSeconds(1));
        again = eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(failure(eve, again).sentence())
                .isEqualTo("You are banned from #garden, by server: the rules. Ask a moderator of it.");
    }

    @Test
    void ban_ends_by_itself() {
        change(bob, RoomChange.ban(EVE, rig.time().plusSeconds(60), ""));
        rig.pass(Duration.ofSeconds(61));
        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(inside()).contains("eve");
    }

    @Test
    void who_is_not_there_can_be_banned_and_who_does_not_exist_cannot() {
        assertThat(isAccepted(bob, change(bob, RoomChange.ban(UserName.of("tam"), RoomChange.FOREVER, ""))))
                .isTrue();
        long nobody = change(bob, RoomChange.ban(UserName.of("zoe"), RoomChange.FOREVER, ""));
        assertThat(bob.refusal(nobody)).isEqualTo(Refusal.NO_SUCH_USER);
        long notHere = change(bob, RoomChange.kick(UserName.of("tam"), ""));
        assertThat(bob.refusal(notHere)).isEqualTo(Refusal.NO_SUCH_USER);
    }

    @Test
    void what_is_on_its_way_counts_as_done() {
        rig.holdJournal = true;
        long ban = bob.change(ROOM, RoomChange.mute(EVE, RoomChange.FOREVER, ""));
        rig.pass(Duration.ofSeconds(1));
        long said = says(eve, "quick, before it counts");
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(1));

        assertThat(isAccepted(bob, ban)).isTrue();
        assertThat(rule(eve, said)).isEqualTo(Rule.MUTED);
    }

    @Test
    void change_that_cannot_be_stored_did_not_happen() {
        rig.holdJournal = true;
        long mute = bob.change(ROOM, RoomChange.mute(EVE, RoomChange.FOREVER, ""));
        long kick = bob.change(ROOM, RoomChange.kick(EVE, ""));
        rig.pass(Duration.ofSeconds(1));
        rig.refuseHeld();
        rig.holdJournal = false;
        rig.pass(Duration.ofSeconds(10));

        assertThat(bob.refusal(mute)).isEqualTo(Refusal.STORAGE);
        assertThat(bob.refusal(kick)).isEqualTo(Refusal.STORAGE);
        assertThat(inside())
                .as("was put out before that was known, and has left since")
                .containsExactly("ada", "bob");
        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(isAccepted(eve, says(eve, "here again"))).isTrue();
    }

    // Modes

    @Test
    void in_a_moderated_room_guests_listen() {
        change(bob, RoomChange.mode(RoomMode.MODERATED, 1));
        assertThat(rule(eve, says(eve, "hello"))).isEqualTo(Rule.MODERATED);
        change(bob, RoomChange.role(EVE, RoomRole.MEMBER, ""));
        assertThat(isAccepted(eve, says(eve, "hello"))).isTrue();
    }

    @Test
    void in_a_room_to_read_only_moderators_speak() {
        change(bob, RoomChange.mode(RoomMode.READ_ONLY, 1));
        assertThat(rule(eve, says(eve, "hello"))).isEqualTo(Rule.READ_ONLY);
        assertThat(isAccepted(bob, says(bob, "hello"))).isTrue();
    }

    @Test
    void slow_mode_makes_guests_wait_and_loses_nothing() {
        change(bob, RoomChange.mode(RoomMode.SLOW, 30));
        assertThat(isAccepted(eve, says(eve, "one"))).isTrue();
        long two = says(eve, "two");
        assertThat(isAccepted(eve, two)).isFalse();
        rig.pass(Duration.ofSeconds(40));
        assertThat(isAccepted(eve, two)).isTrue();
        assertThat(isAccepted(bob, says(bob, "three"))).isTrue();
        assertThat(isAccepted(bob, says(bob, "four"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"INVITE_ONLY", "MEMBERS_ONLY"})
    void room_is_for_some(RoomMode mode) {
        change(bob, RoomChange.mode(mode, 1));
        TestClient tam = rig.client("tam");
        rig.settle();
        long first = tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rule(tam, first).name()).isEqualTo(mode.name());

        change(
                bob,
                mode == RoomMode.MEMBERS_ONLY
                        ? RoomChange.role(UserName.of("tam"), RoomRole.MEMBER, "")
                        : RoomChange.invite(UserName.of("tam"), ""));
        tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(inside()).contains("tam", "eve");
    }

    @Test
    void invitation_is_taken_back_by_who_keeps_order_and_of_who_has_one() {
        UserName tam = UserName.of("tam");
        change(bob, RoomChange.mode(RoomMode.INVITE_ONLY, 1));
        change(ada, RoomChange.invite(tam, ""));
        assertThat(rule(eve, change(eve, RoomChange.uninvite(tam, "")))).isEqualTo(Rule.ROLE);
        assertThat(isAccepted(bob, change(bob, RoomChange.uninvite(tam, "a mistake"))))
                .isTrue();
        TestClient late = rig.client("tam");
        rig.settle();
        long join = late.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rule(late, join)).isEqualTo(Rule.INVITE_ONLY);

        long none = change(bob, RoomChange.uninvite(tam, ""));
        assertThat(bob.refusal(none)).isEqualTo(Refusal.NO_SUCH_USER);
        assertThat(failure(bob, none).sentence()).isEqualTo("tam is not invited into #garden.");
        rig.server.host().rooms(rig.now).say(78, ROOM, RoomChange.invite(tam, ""));
        rig.server.host().rooms(rig.now).say(79, ROOM, RoomChange.uninvite(tam, ""));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.fold(ROOM).rules().isInvited(2)).isFalse();
        assertThat(rig.entries(ROOM))
                .last()
                .satisfies(entry -> assertThat(entry.event().content())
                        .isInstanceOfSatisfying(
                                RoomChange.Invited.class,
                                taken -> assertThat(taken.takenBack()).isTrue()));
    }

    @Test
    void room_with_a_password_is_entered_by_who_shows_it_or_was_invited() {
        assertThat(rule(bob, change(bob, RoomChange.mode(RoomMode.PASSWORD, 1))))
                .as("there is none yet")
                .isEqualTo(Rule.PASSWORD);
        byte[] proof = RoomPassword.proof(rig.identity.publicKey(), ROOM.key(), "rosebud");
        long byGuest = setPassword(eve, proof);
        assertThat(failure(eve, byGuest).sentence()).contains("you are a guest");
        long byModerator = setPassword(bob, proof);
        assertThat(bob.of(ClientEvent.Answered.class)).anyMatch(answered -> answered.callId() == byModerator);

        TestClient tam = rig.client("tam");
        rig.settle();
        long without = tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rule(tam, without)).isEqualTo(Rule.PASSWORD);
        tam.endpoint.joinBy(
                801, ROOM, JoinHistory.NONE, RoomPassword.proof(rig.identity.publicKey(), ROOM.key(), "no"), rig.now);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rule(tam, 801)).isEqualTo(Rule.PASSWORD);
        tam.endpoint.joinBy(802, ROOM, JoinHistory.NONE, proof, rig.now);
        rig.pass(Duration.ofSeconds(1));
        assertThat(inside()).contains("tam", "eve");
        assertThat(rig.entries(ROOM).toString()).doesNotContain("rosebud");

        setPassword(bob, new byte[0]);
        assertThat(rig.fold(ROOM).rules().modes()).hasToString("");
    }

    private long setPassword(TestClient who, byte[] proof) {
        long call = 700L + proof.length;
        who.endpoint.askAll(call, new Query.SetRoomPassword(ROOM, proof), ROOM, Answer.Done.class, rig.now);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    @Test
    void full_room_takes_moderators_and_who_is_inside_already() {
        change(bob, RoomChange.mode(RoomMode.USER_LIMIT, 3));
        TestClient tam = rig.client("tam");
        rig.settle();
        long call = tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rule(tam, call)).isEqualTo(Rule.USER_LIMIT);
    }

    @Test
    void closed_room_is_left_by_all_but_its_owners_and_opened_by_them() {
        change(ada, RoomChange.mode(RoomMode.CLOSED, 1));
        assertThat(inside()).containsExactly("ada");
        assertThat(rig.fold(ROOM).inside()).containsExactly(UserName.of("ada"));
        assertThat(rule(ada, says(ada, "alone"))).isEqualTo(Rule.CLOSED);
        long back = eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rule(eve, back)).isEqualTo(Rule.CLOSED);
        change(ada, RoomChange.mode(RoomMode.CLOSED, 0));
        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(inside()).containsExactly("ada", "eve");
    }

    @Test
    void topic_is_for_those_whom_the_room_lets_set_it() {
        change(bob, RoomChange.mode(RoomMode.TOPIC_BY, RoomRole.MEMBER.number()));
        assertThat(rule(eve, change(eve, new Content.Topic("mine")))).isEqualTo(Rule.TOPIC_BY);
        assertThat(isAccepted(bob, change(bob, new Content.Topic("ours")))).isTrue();
    }

    @Test
    void history_of_before_is_for_those_whom_the_room_lets_read_it() {
        says(ada, "between us");
        change(ada, RoomChange.mode(RoomMode.HISTORY_FOR, RoomRole.MEMBER.number()));
        TestClient tam = rig.client("tam");
        rig.settle();
        tam.join(ROOM, JoinHistory.last(50));
        rig.pass(Duration.ofSeconds(1));
        says(ada, "to all");
        long page = tam.read(ROOM, HistoryRange.newest(100));
        long search = tam.search(ROOM, "between", 0);
        rig.pass(Duration.ofSeconds(1));

        assertThat(tam.events(ROOM)).noneMatch(event -> event.contains("between us"));
        assertThat(tam.page(page).events()).noneMatch(event -> event.text().contains("between us"));
        assertThat(tam.found(search).hits()).isEmpty();
        assertThat(tam.events(ROOM)).anyMatch(event -> event.endsWith("to all"));
    }

    @Test
    void who_enters_is_told_all_that_is_set() {
        change(ada, new RoomChange.ModesSet(Map.of(RoomMode.SLOW, 30L, RoomMode.MODERATED, 1L), ""));
        change(ada, new Content.Described("for flowers"));
        change(ada, RoomChange.mute(UserName.of("tam"), RoomChange.FOREVER, ""));
        TestClient tam = entered("tam");

        RoomState room = entered(tam);
        assertThat(room.settings().modes()).hasToString("moderated=on slow=30");
        assertThat(room.settings().description()).isEqualTo("for flowers");
        assertThat(room.settings().standing().mutedUntil()).isEqualTo(RoomChange.FOREVER);
    }

    @Test
    void hidden_room_is_shown_to_those_only_who_have_to_do_with_it() {
        change(ada, RoomChange.mode(RoomMode.HIDDEN, 1));
        TestClient tam = rig.client("tam");
        rig.settle();
        assertThat(rooms(tam)).doesNotContain(ROOM);
        assertThat(rooms(eve)).contains(ROOM);
        assertThat(members(tam)).isEmpty();
        assertThat(members(eve)).hasSize(3);
    }

    private List<RoomName> rooms(TestClient who) {
        who.endpoint.listRooms(901, rig.now);
        rig.pass(Duration.ofSeconds(1));
        List<ClientEvent.RoomList> lists = who.of(ClientEvent.RoomList.class);
        return lists.get(lists.size() - 1).rooms().stream()
                .map(io.kabar.chat.RoomSummary::name)
                .toList();
    }

    private List<Member> members(TestClient who) {
        who.endpoint.listMembers(902, ROOM, Member.Query.FIRST, rig.now);
        rig.pass(Duration.ofSeconds(1));
        List<ClientEvent.MemberList> lists = who.of(ClientEvent.MemberList.class);
        return lists.get(lists.size() - 1).page().members();
    }

    @Test
    void state_is_what_the_log_says() {
        change(bob, RoomChange.ban(EVE, RoomChange.FOREVER, ""));
        change(ada, RoomChange.mode(RoomMode.SLOW, 30));
        change(ada, RoomChange.role(UserName.of("tam"), RoomRole.MEMBER, ""));

        RoomFold folded = new RoomFold();
        rig.entries(ROOM).forEach(folded::fold);
        assertThat(rig.fold(ROOM).snapshot()).isEqualTo(folded.snapshot());
        assertThat(folded.inside()).containsExactly(UserName.of("ada"), BOB);
    }
}
