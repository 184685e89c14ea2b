package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.Sanction;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.Whois;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.rules.Capability;
import io.kabar.chat.rules.Network;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.rules.RoomFounders;
import io.kabar.chat.rules.ServerRole;
import io.kabar.chat.rules.ServerRoles;
import io.kabar.chat.rules.Switches;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.server.MemoryServerRecords;
import io.kabar.chat.simulation.CheapPasswords;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Authenticator;
import io.kabar.chat.spi.ServerRecords;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Order on the whole server, through clients and the host program, over real sockets. */
@ExtendWith(CheapPasswords.class)
class StaffTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final UserName ADA = UserName.of("ada");
    private static final UserName SAM = UserName.of("sam");
    private static final UserName BOB = UserName.of("bob");
    private static final UserName TROLL = UserName.of("troll");
    private static final UserName HELPER = UserName.of("helper");
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final MemoryAccountStore accounts = new MemoryAccountStore();
    private final ServerRecords records = new MemoryServerRecords();

    /** What one client is told. */
    private static final class Heard implements ChatClientListener {
        private final List<ChatEvent> events = new CopyOnWriteArrayList<>();
        private final List<String> notices = new CopyOnWriteArrayList<>();
        private final LinkedBlockingQueue<String> closed = new LinkedBlockingQueue<>();

        @Override
        public void onEvent(ChatClient source, ChatEvent event, EventOrigin origin) {
            events.add(event);
        }

        @Override
        public void onNotice(ChatClient source, String sentence) {
            notices.add(sentence);
        }

        @Override
        public void onClosed(ChatClient source, CloseReason reason, String sentence) {
            closed.add(reason + ": " + sentence);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private ChatServer server(OrderRules rules) throws Exception {
        account(ADA, "owner");
        account(SAM, "staff");
        account(BOB, "member");
        account(TROLL, "member");
        account(HELPER, "helper");
        Authenticator byName = shown -> CompletableFuture.completedFuture(
                Authenticator.Answer.accept(accounts.find(shown.name()).orElseThrow()));
        ChatServer server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .accounts(accounts)
                .authenticator(byName)
                .records(records)
                .order(rules)
                .start();
        open.add(server);
        return server;
    }

    private ChatServer server() throws Exception {
        return server(OrderRules.STANDARD.withContact("admin@example.org"));
    }

    private void account(UserName name, String role) {
        Optional<Account> unused =
                accounts.register(new Account(0, name, Optional.empty(), Optional.empty(), role, Instant.EPOCH));
    }

    private ChatClient client(ChatServer server, UserName name, @Nullable ChatClientListener listener)
            throws Exception {
        ChatClient.Builder builder = ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name(name)
                .token("mine");
        if (listener != null) {
            builder.listener(listener);
        }
        ChatClient client = get(builder.connect());
        open.add(client);
        return client;
    }

    private ChatClient inside(ChatServer server, UserName name) throws Exception {
        ChatClient client = client(server, name, null);
        get(client.join(LOBBY, JoinHistory.NONE));
        return client;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static ChatException failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("it has " + get(future));
        } catch (ExecutionException e) {
            return (ChatException) Objects.requireNonNull(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The lines of the staff's log. */
    private static List<String> lines(ChatClient staff) throws Exception {
        return get(staff.history(RoomName.STAFF, HistoryRange.newest(100))).events().stream()
                .filter(event -> event.content() instanceof StaffAction)
                .map(event -> event.from() + " " + event.text())
                .toList();
    }

    // Bans and mutes
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void who_is_banned_goes_at_once_and_is_told_why_and_whom_to_ask() throws Exception {
        ChatServer server = server();
        Heard heard = new Heard();
        ChatClient unused = client(server, TROLL, heard);
        ChatClient sam = client(server, SAM, null);

        get(sam.staff().ban(TROLL, HOUR, "spam"));

        assertThat(heard.closed.poll(30, TimeUnit.SECONDS))
                .startsWith("PUT_OUT: You are banned from this server until ")
                .endsWith(": spam. If that is wrong, ask admin@example.org.");
        ChatException again = failure(ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name(TROLL)
                .token("mine")
                .connect());
        assertThat(again.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(again).hasMessageContaining("spam").hasMessageContaining("admin@example.org");
        assertThat(get(sam.staff().bans())).singleElement().satisfies(ban -> {
            assertThat(ban.target()).isEqualTo(new Sanction.Person(new Author(4, TROLL)));
            assertThat(ban.by().name()).isEqualTo(SAM);
            assertThat(Duration.between(ban.since(), ban.until())).isEqualTo(HOUR);
        });

        get(sam.staff().unban(TROLL));
        get(client(server, TROLL, null).join(LOBBY, JoinHistory.NONE));
        assertThat(get(sam.staff().bans())).isEmpty();
        assertThat(failure(sam.staff().unban(TROLL))).hasMessage("troll is not banned on this server.");
        get(sam.join(RoomName.STAFF, JoinHistory.last(50)));
        assertThat(lines(sam))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("sam banned troll on the whole server until ")
                        .endsWith(": spam"))
                .contains("sam let troll come again");
    }

    @Test
    void bans_and_mutes_outlast_a_restart_and_who_is_not_here_can_be_banned() throws Exception {
        try (ChatServer first = server()) {
            get(first.order().ban(TROLL, Sanction.WITHOUT_END, ""));
            get(first.order().mute(BOB, HOUR, "shouting"));
        }
        ChatServer server = server();
        assertThat(failure(ChatClient.builder()
                        .server(server.inviteLink("127.0.0.1"))
                        .name(TROLL)
                        .token("mine")
                        .connect()))
                .hasMessage("You are banned from this server. If that is wrong, ask admin@example.org.");
        ChatClient bob = inside(server, BOB);
        assertThat(failure(bob.send(LOBBY, "HEY"))).hasMessageStartingWith("You are muted on this server until ");
        assertThat(get(server.order().mutes())).hasSize(1);
    }

    @Test
    void who_is_muted_says_nothing_anywhere_until_it_is_lifted() throws Exception {
        ChatServer server = server();
        Heard heard = new Heard();
        ChatClient troll = client(server, TROLL, heard);
        get(troll.join(LOBBY, JoinHistory.NONE));
        get(troll.send(LOBBY, "first"));
        ChatClient sam = client(server, SAM, null);

        get(sam.staff().mute(TROLL, HOUR, "Be kind!"));

        ChatException refused = failure(troll.send(LOBBY, "second"));
        assertThat(refused.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(refused)
                .hasMessageStartingWith("You are muted on this server until ")
                .hasMessageEndingWith(": Be kind! If that is wrong, ask admin@example.org.");
        assertThat(failure(troll.sendDirect(BOB, "psst")).refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        Awaitility.await()
                .untilAsserted(() -> assertThat(heard.notices)
                        .anyMatch(notice -> notice.startsWith("You are muted on this server until ")));
        get(sam.staff().unmute(TROLL));
        get(troll.send(LOBBY, "third"));
    }

    @Test
    void each_act_takes_its_capability_and_nobody_acts_against_who_may_as_much() throws Exception {
        ChatServer server = server();
        ChatClient bob = client(server, BOB, null);
        ChatException missing = failure(bob.staff().ban(TROLL, HOUR, ""));
        assertThat(missing.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(missing)
                .hasMessage("That takes a role that may ban and mute on the whole server (staff, owner);"
                        + " it is given by who may manage roles (owner).");
        assertThat(failure(bob.staff().switches())).hasMessageContaining("emergency switches");
        assertThat(failure(bob.staff().bans()).refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(failure(bob.join(RoomName.STAFF, JoinHistory.NONE)))
                .hasMessageStartingWith("#staff is for the staff of this server.");

        ChatClient sam = client(server, SAM, null);
        assertThat(failure(sam.staff().ban(ADA, HOUR, "")))
                .hasMessage("ada is owner of this server; only who may more can do that.");
        assertThat(failure(sam.staff().mute(SAM, HOUR, ""))).hasMessage("That is you.");
        assertThat(failure(sam.staff().banNetwork(Network.parse("192.0.2.0/24"), HOUR, "")))
                .hasMessageContaining("see addresses");
        assertThat(failure(sam.staff().ban(UserName.of("nobody"), HOUR, "")).refusal())
                .isEqualTo(Refusal.NO_SUCH_USER);
        ChatClient ada = client(server, ADA, null);
        assertThat(failure(ada.staff().banNetwork(Network.parse("127.0.0.0/8"), HOUR, "")))
                .hasMessage("You come from there yourself.");
        assertThat(failure(ada.staff().unbanRule(7))).hasMessage("There is no rule 7.");
    }

    @Test
    void servers_have_roles_of_their_own_and_an_unknown_one_allows_nothing() throws Exception {
        ServerRoles roles = ServerRoles.of(
                List.of(new ServerRole("helper", Set.of(Capability.READ_STAFF_LOG, Capability.EMERGENCY))));
        ChatServer server = server(OrderRules.STANDARD.withRoles(roles));
        ChatClient helper = client(server, HELPER, null);
        get(helper.join(RoomName.STAFF, JoinHistory.NONE));
        get(helper.staff().setSwitches(Switches.NONE.withSlowSeconds(3)));
        assertThat(failure(helper.staff().ban(TROLL, HOUR, "")).refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        ChatServer other = server();
        assertThat(failure(client(other, HELPER, null).join(RoomName.STAFF, JoinHistory.NONE))
                        .refusal())
                .isEqualTo(Refusal.NOT_ALLOWED);
    }

    // Switches and rooms
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void switches_hold_for_everybody_but_the_staff() throws Exception {
        ChatServer server = server();
        ChatClient bob = inside(server, BOB);
        ChatClient sam = inside(server, SAM);
        Switches off = Switches.NONE.withNewRoomsOff(true).withSlowSeconds(600);
        get(sam.staff().setSwitches(off));
        assertThat(get(server.order().switches())).isEqualTo(off);

        assertThat(failure(bob.join(RoomName.of("mine"), JoinHistory.NONE)))
                .hasMessage("There is no such room, and new ones are switched off at the moment.");
        get(sam.join(RoomName.of("ours"), JoinHistory.NONE));
        get(bob.join(RoomName.of("ours"), JoinHistory.NONE));
        get(bob.send(LOBBY, "one"));
        CompletableFuture<?> waiting = bob.send(LOBBY, "two");
        get(sam.send(LOBBY, "staff"));
        get(sam.send(LOBBY, "goes on"));
        get(bob.rooms());
        assertThat(waiting).isNotDone();
        get(sam.join(RoomName.STAFF, JoinHistory.NONE));
        assertThat(lines(sam)).containsExactly("sam switched: newcomers on, new rooms off, slow mode 600 seconds");
    }

    @Test
    void rooms_are_begun_by_the_staff_alone_where_it_is_so() throws Exception {
        ChatServer server = server(OrderRules.STANDARD.withFounders(RoomFounders.STAFF));
        ChatClient bob = inside(server, BOB);
        assertThat(failure(bob.join(RoomName.of("mine"), JoinHistory.NONE)))
                .hasMessageStartingWith("There is no such room, and only the staff of this server begin new ones.");
        ChatClient sam = inside(server, SAM);
        get(sam.join(RoomName.of("ours"), JoinHistory.NONE));
        get(bob.join(RoomName.of("ours"), JoinHistory.NONE));
    }

    @Test
    void saying_the_same_again_and_again_is_refused_wherever_it_is_said() throws Exception {
        ChatServer server = server(OrderRules.STANDARD.withRepeats(2));
        ChatClient bob = inside(server, BOB);
        RoomName other = RoomName.of("other");
        get(bob.join(other, JoinHistory.NONE));
        get(bob.send(LOBBY, "buy now"));
        get(bob.send(other, "Buy NOW "));
        ChatException refused = failure(bob.send(LOBBY, "buy now"));
        assertThat(refused.refusal()).isEqualTo(Refusal.RATE_LIMITED);
        assertThat(refused).hasMessage("You have said that 2 times within a minute.");
        get(bob.send(LOBBY, "something else"));
    }

    // Reports, the staff's room
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void reports_land_once_in_the_staffs_room_where_the_staff_talks_too() throws Exception {
        ChatServer server = server();
        ChatClient bob = inside(server, BOB);
        ChatClient troll = inside(server, TROLL);
        long rude = get(troll.send(LOBBY, "something rude")).sequence();
        Heard heard = new Heard();
        ChatClient sam = client(server, SAM, heard);
        get(sam.join(RoomName.STAFF, JoinHistory.NONE));

        get(bob.report(LOBBY, rude, "insults"));
        get(bob.report(LOBBY, rude, "insults"));
        get(sam.send(RoomName.STAFF, "I have seen it"));

        Awaitility.await()
                .untilAsserted(() -> assertThat(heard.events)
                        .extracting(event -> event.from() + ": " + event.text())
                        .containsSubsequence(
                                "bob: reported #lobby event " + rude + ": insults", "sam: I have seen it"));
        assertThat(lines(sam)).containsExactly("bob reported #lobby event " + rude + ": insults");
        assertThat(failure(bob.report(LOBBY, 9999, "")).refusal()).isEqualTo(Refusal.BAD_REQUEST);
        assertThat(failure(bob.report(RoomName.of("elsewhere"), 1, "")).refusal())
                .isEqualTo(Refusal.NOT_IN_ROOM);
    }

    @Test
    void nobody_but_the_staff_learns_of_the_staffs_room() throws Exception {
        ChatServer server = server();
        ChatClient sam = client(server, SAM, null);
        get(sam.join(RoomName.STAFF, JoinHistory.NONE));
        get(sam.send(RoomName.STAFF, "among us"));
        ChatClient bob = inside(server, BOB);
        assertThat(get(bob.rooms())).extracting(RoomSummary::name).doesNotContain(RoomName.STAFF);
        assertThat(get(sam.rooms())).extracting(RoomSummary::name).contains(RoomName.STAFF);
        assertThat(failure(bob.members(RoomName.STAFF)).refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(get(bob.whois(SAM)).rooms()).isEmpty();
        assertThat(failure(bob.send(RoomName.STAFF, "hello?")).refusal()).isEqualTo(Refusal.NOT_IN_ROOM);
    }

    // Whois and blocks
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void whois_tells_what_the_asker_may_know() throws Exception {
        ChatServer server = server();
        ChatClient bob = inside(server, BOB);
        ChatClient sam = inside(server, SAM);
        get(sam.join(RoomName.of("open"), JoinHistory.NONE));
        get(sam.sendDirect(TROLL, "between the two of us"));

        Whois found = get(bob.whois(SAM));
        assertThat(found.who()).isEqualTo(new Author(2, SAM));
        assertThat(found.role()).isEqualTo("staff");
        assertThat(found.presence()).contains(Presence.HERE);
        assertThat(found.since()).hasValueSatisfying(since -> assertThat(since).isAfter(Instant.EPOCH));
        assertThat(found.rooms()).containsExactly(LOBBY, RoomName.of("open"));
        assertThat(found.addresses()).isEmpty();
        sam.away();
        Awaitility.await()
                .untilAsserted(() -> assertThat(get(bob.whois(SAM)).presence()).contains(Presence.AWAY));
        assertThat(get(bob.whois(TROLL)))
                .isEqualTo(new Whois(
                        new Author(4, TROLL), "member", Optional.empty(), Optional.empty(), List.of(), List.of()));
        assertThat(failure(bob.whois(UserName.of("nobody"))).refusal()).isEqualTo(Refusal.NO_SUCH_USER);
        assertThat(get(client(server, ADA, null).whois(SAM)).addresses()).containsExactly("127.0.0.1");
    }

    @Test
    void who_is_blocked_neither_opens_the_conversation_nor_speaks_in_it_and_is_not_told_why() throws Exception {
        ChatServer server = server();
        ChatClient bob = client(server, BOB, null);
        ChatClient troll = client(server, TROLL, null);
        get(troll.sendDirect(BOB, "hello"));

        get(bob.block(TROLL));

        ChatException refused = failure(troll.sendDirect(BOB, "hello?"));
        assertThat(refused.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(refused).hasMessage("This conversation is not open at the moment.");
        ChatClient anew = client(server, TROLL, null);
        assertThat(failure(anew.join(RoomName.with(BOB), JoinHistory.NONE)))
                .hasMessage("This conversation is not open at the moment.");
        assertThat(failure(bob.sendDirect(TROLL, "and you?")))
                .hasMessage("You have blocked troll; unblock them to talk to them.");
        assertThat(get(bob.blocks())).containsExactly(new Author(4, TROLL));
        assertThat(get(troll.blocks())).isEmpty();

        get(bob.unblock(TROLL));
        get(troll.sendDirect(BOB, "thank you"));
        assertThat(failure(bob.unblock(TROLL))).hasMessage("You have not blocked troll.");
        assertThat(failure(bob.block(BOB)).refusal()).isEqualTo(Refusal.BAD_REQUEST);
    }

    @Test
    void blocks_outlast_a_restart_also_while_the_one_who_blocks_is_away() throws Exception {
        try (ChatServer first = server()) {
            get(client(first, BOB, null).block(TROLL));
        }
        ChatServer server = server();
        assertThat(failure(client(server, TROLL, null).sendDirect(BOB, "there?")))
                .hasMessage("This conversation is not open at the moment.");
    }

    // When records cannot be kept
    // ---------------------------------------------------------------------------------------------------------------

    /** Keeps nothing. */
    private static final class BrokenRecords implements ServerRecords {
        private boolean closes = true;
        private boolean reads = true;

        @Override
        public Collection<Entry> load() {
            if (!reads) {
                throw new IllegalStateException("no such disk");
            }
            return List.of();
        }

        @Override
        public void put(Entry entry) {
            throw new IllegalStateException("the disk is full");
        }

        @Override
        public void remove(String kind, String key) {
            throw new IllegalStateException("the disk is full");
        }

        @Override
        public void close() {
            if (!closes) {
                throw new IllegalStateException("does not close");
            }
        }
    }

    @Test
    void what_cannot_be_kept_holds_until_the_server_stops_and_that_is_said() throws Exception {
        BrokenRecords broken = new BrokenRecords();
        account(TROLL, "member");
        ChatServer server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .accounts(accounts)
                .records(broken)
                .start();
        ChatException failed = failure(server.order().ban(TROLL, HOUR, ""));
        assertThat(failed.refusal()).isEqualTo(Refusal.STORAGE);
        assertThat(failed).hasMessage("That holds until the server stops: it could not be stored.");
        assertThat(get(server.order().bans())).hasSize(1);
        assertThat(failure(server.order().unban(TROLL)).refusal()).isEqualTo(Refusal.STORAGE);
        assertThat(get(server.order().bans())).isEmpty();
        broken.closes = false;
        assertThatThrownBy(server::close).hasMessage("does not close");
    }

    @Test
    void a_server_whose_records_cannot_be_read_does_not_start() {
        BrokenRecords unreadable = new BrokenRecords();
        unreadable.reads = false;
        assertThatThrownBy(() -> ChatServer.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .open()
                        .records(unreadable)
                        .start())
                .hasMessage("no such disk");
    }
}
