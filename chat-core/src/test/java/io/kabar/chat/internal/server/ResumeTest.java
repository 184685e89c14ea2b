package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.login.ClientLogin;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.spi.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does with the tickets it is shown, good and rotten. */
class ResumeTest {
    private static final Duration NOTHING = Duration.ZERO;
    private static final Duration DAY = Duration.ofHours(24);
    private static final long INSTANCE = 7;
    private static final LoginPolicy OPEN = new LoginPolicy(true, null, new byte[32]);
    private static final LoginPolicy JOIN_PASSWORD = joinPassword("salt of the first");

    private final Random random = new Random(3);
    private final ServerIdentity identity = ServerIdentity.generate(random);
    private final Map<String, Account> accounts = new HashMap<>();
    private boolean open;
    private Instant wallClock = Instant.ofEpochSecond(1_800_000_000L);

    private static LoginPolicy joinPassword(String salt) {
        return new LoginPolicy(false, verifier(salt), new byte[32]);
    }

    private static ScramVerifier verifier(String salt) {
        return ScramVerifier.derive(
                "sesame".toCharArray(), salt.getBytes(java.nio.charset.StandardCharsets.UTF_8), 10_000);
    }

    /** The first client of a server that has just been started, with the same key and accounts as the one before. */
    private RawClient start(LoginPolicy policy) throws Exception {
        return start(identity, policy);
    }

    private RawClient start(ServerIdentity key, LoginPolicy policy) throws Exception {
        open = policy.open();
        return new RawClient(
                new ServerEndpoint(RawClient.settings(key, policy), random, () -> wallClock), random, accounts);
    }

    private ClientLogin login(RawClient client, String name) {
        Account account = accounts.get(name);
        boolean asked = !open || (account != null && account.password().isPresent());
        return new ClientLogin(
                new ClientSettings(
                        RawClient.CLIENT_ADDRESS,
                        null,
                        UserName.of(name),
                        asked ? "sesame" : null,
                        new byte[32],
                        1,
                        1,
                        1,
                        1,
                        1,
                        true),
                identity.publicKey(),
                client.handshakeHash,
                Scram.LEAST_ACCEPTED,
                random);
    }

    private ServerMessage.Ticket signedIn(RawClient client, String name) throws ClientLogin.Distrust {
        ClientLogin login = login(client, name);
        client.say(0, login.begin(INSTANCE));
        return finish(client, login);
    }

    /** Answers the challenge that has come, and is given a ticket. */
    private static ServerMessage.Ticket finish(RawClient client, ClientLogin login) throws ClientLogin.Distrust {
        ServerMessage.Challenge challenge = (ServerMessage.Challenge) client.heard.get(client.heard.size() - 1);
        boolean asked = login.challenged(challenge);
        client.say(
                0,
                asked
                        ? login.prove(
                                Scram.saltedPassword("sesame".toCharArray(), challenge.salt(), challenge.iterations()))
                        : login.claim());
        return welcomed(client, login);
    }

    private static ServerMessage.Ticket welcomed(RawClient client, ClientLogin login) throws ClientLogin.Distrust {
        int said = client.heard.size();
        login.welcomed((ServerMessage.Welcome) client.heard.get(said - 2));
        return (ServerMessage.Ticket) client.heard.get(said - 1);
    }

    private ServerMessage.Ticket resumed(RawClient client, ServerMessage.Ticket ticket) throws ClientLogin.Distrust {
        ClientLogin login = login(client, "ada");
        client.say(0, login.resume(INSTANCE, ticket));
        assertThat(kinds(client)).containsExactly("Welcome", "Ticket");
        return welcomed(client, login);
    }

    /** The ticket is not taken, and nothing is said of it: the login goes on as any other, over the same connection. */
    private void notTaken(RawClient client, ClientMessage.Resume resume, ClientLogin login)
            throws ClientLogin.Distrust {
        long before = client.server.counters().resumptions();
        client.say(0, resume);
        assertThat(kinds(client)).containsExactly("Challenge");
        finish(client, login);
        assertThat(kinds(client)).containsExactly("Challenge", "Welcome", "Ticket");
        assertThat(client.server.counters().resumptions()).isEqualTo(before);
    }

    private void notTaken(RawClient client, ServerMessage.Ticket ticket) throws ClientLogin.Distrust {
        ClientLogin login = login(client, "ada");
        notTaken(client, login.resume(INSTANCE, ticket), login);
    }

    private void notTaken(RawClient client, ServerMessage.Ticket ticket, UnaryOperator<byte[]> damage)
            throws ClientLogin.Distrust {
        notTaken(client, new ServerMessage.Ticket(ticket.secret(), damage.apply(ticket.ticket()), 86_400));
    }

    private static List<String> kinds(RawClient client) {
        return client.heard.stream()
                .map(message -> message.getClass().getSimpleName())
                .toList();
    }

    // Good ones
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void good_ticket_takes_one_message_and_no_challenge_and_each_sign_in_brings_another() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        assertThat(kinds(client)).as("without a ticket").containsExactly("Challenge", "Welcome", "Ticket");

        for (int i = 0; i < 3; i++) {
            client = client.next(Duration.ofMinutes(1));
            ServerMessage.Ticket next = resumed(client, ticket);
            assertThat(next.ticket()).isNotEqualTo(ticket.ticket());
            assertThat(next.secret()).isNotEqualTo(ticket.secret());
            ticket = next;
        }
        assertThat(client.server.counters().resumptions()).isEqualTo(3);
        assertThat(client.server.counters().logins()).isEqualTo(4);
        client.pass(Duration.ofSeconds(10));
        assertThat(client.server.activeSessions())
                .as("each has taken the former one's place")
                .isEqualTo(1);
    }

    @Test
    void ticket_is_good_at_a_server_that_was_started_anew() throws Exception {
        ServerMessage.Ticket ticket = signedIn(start(JOIN_PASSWORD), "ada");

        ServerMessage.Ticket next = resumed(start(JOIN_PASSWORD), ticket);
        resumed(start(JOIN_PASSWORD), next);
    }

    @Test
    void each_device_of_a_user_has_its_own() throws Exception {
        accounts.put(
                "ada",
                TestAccounts.account(
                        UserName.of("ada"), verifier("her own salt").encode(), null, Account.MEMBER));
        RawClient first = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(first, "ada");
        RawClient second = first.next(NOTHING);
        ClientLogin login = login(second, "ada");
        second.say(0, login.begin(INSTANCE + 1));
        ServerMessage.Ticket other = finish(second, login);
        assertThat(first.server.activeSessions()).isEqualTo(2);

        notTaken(second.next(NOTHING), other); // as the first device
        RawClient again = start(JOIN_PASSWORD);
        resumed(again, ticket);
        RawClient otherAgain = again.next(NOTHING);
        ClientLogin resuming = login(otherAgain, "ada");
        otherAgain.say(0, resuming.resume(INSTANCE + 1, other));
        welcomed(otherAgain, resuming);
        assertThat(again.server.activeSessions()).isEqualTo(2);
    }

    @Test
    void client_that_stays_is_given_another_ticket_while_the_first_is_still_good_for_half_a_day() throws Exception {
        RawClient client = start(OPEN);
        signedIn(client, "ada");
        Instant began = wallClock;
        while (client.heard.size() < 4 && wallClock.isBefore(began.plus(DAY))) {
            client.pass(Duration.ofSeconds(100));
            wallClock = wallClock.plusSeconds(100);
            client.ping();
        }
        assertThat(kinds(client)).containsExactly("Challenge", "Welcome", "Ticket", "Ticket");
        assertThat(Duration.between(began, wallClock))
                .isBetween(Duration.ofHours(12), Duration.ofHours(12).plusMinutes(5));

        ServerMessage.Ticket renewed = (ServerMessage.Ticket) client.heard.get(3);
        wallClock = wallClock.plus(DAY).minusSeconds(200);
        resumed(client.next(NOTHING), renewed);
    }

    // Rotten ones
    // -------------------------------------------------------------------------------------------------------------

    @Test
    void ticket_serves_once() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        RawClient second = client.next(NOTHING);
        resumed(second, ticket);

        notTaken(second.next(NOTHING), ticket);
    }

    /** Its secret is needed again, over the other connection: what was seen of the first use is worth nothing. */
    @Test
    void restart_forgets_what_was_spent_and_a_message_that_was_seen_is_worth_nothing_all_the_same() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        RawClient second = client.next(NOTHING);
        ClientMessage.Resume seen = login(second, "ada").resume(INSTANCE, ticket);
        second.say(0, seen);
        assertThat(kinds(second)).containsExactly("Welcome", "Ticket");

        RawClient again = start(JOIN_PASSWORD);
        again.say(0, seen);
        assertThat(kinds(again)).containsExactly("Challenge");
        resumed(again.next(NOTHING), ticket);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1000, 86_399_999, 86_400_000})
    void ticket_is_good_for_a_day(long age) throws Exception {
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        wallClock = wallClock.plusMillis(age);

        resumed(client.next(NOTHING), ticket);
    }

    @ParameterizedTest
    @ValueSource(longs = {86_400_001, 100_000_000_000L, -1, -86_400_000})
    void older_ones_and_those_of_a_clock_that_was_wrong_are_not_taken(long age) throws Exception {
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        wallClock = wallClock.plusMillis(age);

        notTaken(client.next(NOTHING), ticket);
    }

    @Test
    void what_is_no_ticket_is_not_taken_and_counts_as_no_guess() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        int length = ticket.ticket().length;
        for (int i = 0; i < length; i += 7) {
            int at = i;
            client = client.next(NOTHING);
            notTaken(client, ticket, bytes -> {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                return flipped;
            });
        }
        for (int other : new int[] {0, 1, length - 1, length + 1, 255}) {
            client = client.next(NOTHING);
            notTaken(client, ticket, bytes -> Arrays.copyOf(bytes, other));
        }
        resumed(client.next(NOTHING), ticket);
    }

    @Test
    void ticket_longer_than_any_is_not_taken() throws Exception {
        RawClient client = start(OPEN);
        client.say(
                0,
                login(client, "ada").resume(INSTANCE, new ServerMessage.Ticket(new byte[32], new byte[256], 86_400)));

        assertThat(client.closedWith).isNull();
        assertThat(kinds(client)).containsExactly("Challenge");
    }

    @Test
    void ticket_of_another_server_is_not_taken() throws Exception {
        ServerMessage.Ticket foreign = signedIn(start(ServerIdentity.generate(random), OPEN), "ada");
        accounts.clear(); // the claim is made for a server, so this is not the account's owner there

        RawClient client = start(OPEN);
        signedIn(client, "ada");
        notTaken(client.next(NOTHING), foreign);
    }

    @Test
    void ticket_of_another_user_or_another_run_of_the_client_is_not_taken() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        RawClient bob = client.next(NOTHING);
        signedIn(bob, "bob");

        bob = bob.next(NOTHING);
        ClientLogin asBob = login(bob, "bob");
        notTaken(bob, asBob.resume(INSTANCE, ticket), asBob);
        RawClient other = bob.next(NOTHING);
        ClientLogin otherRun = login(other, "ada");
        notTaken(other, otherRun.resume(INSTANCE + 1, ticket), otherRun);
        resumed(other.next(NOTHING), ticket);
    }

    /** Such as an operator makes who copies a line. */
    @Test
    void ticket_is_not_taken_for_another_account_with_the_very_same_password() throws Exception {
        for (String name : List.of("ada", "bob")) {
            accounts.put(
                    name,
                    TestAccounts.account(UserName.of(name), verifier("one salt").encode(), null, Account.MEMBER));
        }
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");

        RawClient bob = client.next(NOTHING);
        ClientLogin asBob = login(bob, "bob");
        notTaken(bob, asBob.resume(INSTANCE, ticket), asBob);
    }

    /** The same person by another spelling: the ticket goes with the name's key, as the account does. */
    @Test
    void spelling_of_a_name_does_not_matter() throws Exception {
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        RawClient again = client.next(NOTHING);
        ClientLogin login = login(again, "ADA");
        again.say(0, login.resume(INSTANCE, ticket));

        assertThat(kinds(again)).containsExactly("Welcome", "Ticket");
        assertThat(((ServerMessage.Welcome) again.heard.get(0)).name()).isEqualTo("ada");
    }

    @Test
    void account_that_is_gone_has_no_ticket_any_more() throws Exception {
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        accounts.remove("ada");

        notTaken(client.next(NOTHING), ticket); // and the name is taken anew
    }

    @Test
    void name_that_belongs_to_another_device_now_is_taken() throws Exception {
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        accounts.put("ada", TestAccounts.account(UserName.of("ada"), null, "00".repeat(32), Account.MEMBER));

        RawClient again = client.next(NOTHING);
        ClientLogin login = login(again, "ada");
        again.say(0, login.resume(INSTANCE, ticket));
        assertThat(kinds(again)).containsExactly("Challenge");
        login.challenged((ServerMessage.Challenge) again.heard.get(0));
        again.say(0, login.claim());
        assertRefused(again, Refusal.NAME_TAKEN);
    }

    @Test
    void changed_password_is_asked_for() throws Exception {
        accounts.put(
                "ada", TestAccounts.account(UserName.of("ada"), verifier("old").encode(), null, Account.MEMBER));
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        accounts.put(
                "ada", TestAccounts.account(UserName.of("ada"), verifier("new").encode(), null, Account.MEMBER));

        notTaken(client.next(NOTHING), ticket);
        ServerMessage.Ticket newer = signedIn(client.next(Duration.ofSeconds(1)).next(NOTHING), "ada");
        accounts.put("ada", TestAccounts.account(UserName.of("ada"), "damaged", null, Account.MEMBER));
        RawClient again = start(OPEN);
        again.say(0, login(again, "ada").resume(INSTANCE, newer));
        assertThat(kinds(again)).containsExactly("Challenge");
    }

    /** What lets nobody in must not be got around by having been in before. */
    @Test
    void changed_join_password_is_asked_for_and_so_is_one_where_there_was_none() throws Exception {
        ServerMessage.Ticket fromOpen = signedIn(start(OPEN), "ada");
        notTaken(start(JOIN_PASSWORD), fromOpen);
        ServerMessage.Ticket ticket = signedIn(start(JOIN_PASSWORD), "ada");
        notTaken(start(joinPassword("salt of another")), ticket);
        notTaken(start(OPEN), ticket);

        RawClient closed = start(new LoginPolicy(false, null, new byte[32])); // accounts with passwords only
        closed.say(0, login(closed, "ada").resume(INSTANCE, ticket));
        assertThat(kinds(closed)).containsExactly("Challenge");
        closed.say(0, new ClientMessage.LoginProof(new byte[32], new byte[32]));
        assertRefused(closed, Refusal.WRONG_PASSWORD);
    }

    // Thieves and guessers
    // ------------------------------------------------------------------------------------------------------------

    @Test
    void whoever_does_not_know_the_secret_is_slowed_down_like_whoever_does_not_know_the_password() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        for (int i = 0; i < 3; i++) {
            client = client.next(NOTHING);
            client.say(
                    0,
                    login(client, "ada")
                            .resume(INSTANCE, new ServerMessage.Ticket(new byte[32], ticket.ticket(), 86_400)));
            assertThat(kinds(client)).containsExactly("Challenge");
        }
        client.say(0, guess());
        assertRefused(client, Refusal.LOGIN_THROTTLED);
        resumed(client.next(NOTHING), ticket); // no thief has spent it, and who has its secret does not guess
    }

    /** Ten wrong passwords behind an address that is shared are no reason to keep its other users out. */
    @Test
    void good_ticket_is_taken_from_an_address_that_has_used_up_its_guesses() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        for (int i = 0; i < 40; i++) {
            client = client.next(NOTHING);
            client.say(0, login(client, "name" + i).begin(INSTANCE));
            client.say(0, new ClientMessage.LoginProof(new byte[32], new byte[32]));
        }
        assertRefused(client, Refusal.LOGIN_THROTTLED);
        RawClient bad = client.next(NOTHING);
        bad.say(0, login(bad, "eve").resume(INSTANCE, new ServerMessage.Ticket(new byte[32], new byte[72], 86_400)));
        bad.say(0, guess());
        assertRefused(bad, Refusal.LOGIN_THROTTLED);
        resumed(bad.next(NOTHING), ticket);
    }

    /** Many may have been let through to the account store before the first of them has failed. */
    @Test
    void who_waits_for_the_account_store_is_slowed_down_by_those_who_have_failed_meanwhile() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        RawClient[] waiting = new RawClient[4];
        for (int i = 0; i < waiting.length; i++) {
            client = client.next(NOTHING);
            client.holdAccounts = true;
            waiting[i] = client;
            client.say(
                    0,
                    login(client, "ada")
                            .resume(INSTANCE, new ServerMessage.Ticket(new byte[32], ticket.ticket(), 86_400)));
        }
        for (RawClient each : waiting) {
            each.releaseAccounts();
            assertThat(kinds(each)).containsExactly("Challenge");
        }
        for (RawClient each : waiting) {
            each.say(0, guess());
            assertRefused(each, Refusal.LOGIN_THROTTLED);
        }
    }

    @Test
    void two_at_the_same_time_with_one_ticket_are_one_resumption_and_one_login() throws Exception {
        RawClient client = start(JOIN_PASSWORD);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        RawClient one = client.next(NOTHING);
        RawClient two = one.next(NOTHING);
        for (RawClient each : new RawClient[] {one, two}) {
            each.holdAccounts = true;
            each.say(0, login(each, "ada").resume(INSTANCE, ticket));
        }
        one.releaseAccounts();
        two.releaseAccounts();

        assertThat(kinds(one)).containsExactly("Welcome", "Ticket");
        assertThat(kinds(two)).containsExactly("Challenge");
    }

    /** The account store has taken longer than anybody waits. */
    @Test
    void nobody_is_signed_in_over_a_connection_that_was_given_up() throws Exception {
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        RawClient late = client.next(NOTHING);
        late.holdAccounts = true;
        late.say(0, login(late, "ada").resume(INSTANCE, ticket));
        late.pass(RawClient.HANDSHAKE_DEADLINE);
        assertThat(late.closedWith).isEqualTo((long) CloseReason.LOGIN_TIMEOUT.code());
        late.releaseAccounts();

        assertThat(late.server.counters().logins()).isEqualTo(1);
        resumed(late.next(NOTHING), ticket); // and it is not spent
    }

    @Test
    void ticket_does_not_begin_a_second_login() throws Exception {
        RawClient client = start(OPEN);
        client.say(0, login(client, "ada").begin(INSTANCE));
        client.say(
                0, login(client, "ada").resume(INSTANCE, new ServerMessage.Ticket(new byte[32], new byte[72], 86_400)));
        assertThat(kinds(client)).containsExactly("Challenge", "Refused");
        assertThat(((ServerMessage.Refused) client.heard.get(1)).code()).isEqualTo(Refusal.BAD_REQUEST.code());

        RawClient signedIn = client.next(NOTHING);
        ServerMessage.Ticket ticket = signedIn(signedIn, "ada");
        signedIn.say(0, login(signedIn, "ada").resume(INSTANCE, ticket));
        assertThat(signedIn.closedWith).isEqualTo((long) CloseReason.PROTOCOL_VIOLATION.code());
    }

    @Test
    void name_that_is_none_is_refused_as_in_any_login() throws Exception {
        RawClient client = start(OPEN);
        client.say(
                0,
                new ClientMessage.Resume(
                        new ClientMessage.Login(RawClient.METHODS, "a b", new byte[18], INSTANCE),
                        new byte[72],
                        new byte[32]));
        assertRefused(client, Refusal.BAD_NAME);
    }

    private static ClientMessage.LoginProof guess() {
        return new ClientMessage.LoginProof(new byte[32], new byte[32]);
    }

    private static void assertRefused(RawClient client, Refusal refusal) {
        assertThat(client.heard)
                .last()
                .isInstanceOfSatisfying(
                        ServerMessage.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(refusal.code()));
    }

    // The client's side
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void client_believes_a_welcome_only_from_a_server_that_can_read_the_ticket() throws Exception {
        RawClient client = start(OPEN);
        ServerMessage.Ticket ticket = signedIn(client, "ada");
        for (byte[] signature : List.of(new byte[0], new byte[32])) {
            ClientLogin login = login(client, "ada");
            login.resume(INSTANCE, ticket);
            ServerMessage.Welcome welcome = new ServerMessage.Welcome(signature, 0, "ada", Role.MEMBER, 1, 0, 1, 1);
            assertThatExceptionOfType(ClientLogin.Distrust.class).isThrownBy(() -> login.welcomed(welcome));
            assertThat(login.state()).isEqualTo(ClientLogin.State.OVER);
        }
        ClientLogin login = login(client, "ada");
        login.resume(INSTANCE, ticket);
        login.challenged(ServerMessage.Challenge.none());
        login.claim();
        login.welcomed(new ServerMessage.Welcome(new byte[0], 7, "ada", Role.MEMBER, 1, 0, 1, 1));
    }
}
