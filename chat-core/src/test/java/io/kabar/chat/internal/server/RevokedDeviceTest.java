package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.login.ClientLogin;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A device that is shut out is out at whatever step of a sign-in it is, and so is its ticket. */
class RevokedDeviceTest {

    private static final UserName ADA = UserName.of("ada");
    private static final long INSTANCE = 77;

    private final Random random = new Random(31);
    private final ServerIdentity identity = ServerIdentity.generate(random);
    private final Map<String, Account> accounts = new HashMap<>();

    private RawClient start() throws Exception {
        LoginPolicy open = new LoginPolicy(true, null, new byte[32]);
        return new RawClient(
                new ServerEndpoint(RawClient.settings(identity, open), random, () -> Instant.EPOCH.plusSeconds(99)),
                random,
                accounts);
    }

    private ClientLogin login(RawClient client) {
        return new ClientLogin(
                new ClientSettings(RawClient.CLIENT_ADDRESS, null, ADA, null, new byte[32], 1, 1, 1, 1, 1, true),
                identity.publicKey(),
                client.handshakeHash,
                Scram.LEAST_ACCEPTED,
                random);
    }

    private ClientLogin challenged(RawClient client) throws ClientLogin.Distrust {
        ClientLogin login = login(client);
        client.say(0, login.begin(INSTANCE));
        assertThat(login.challenged((ServerMessage.Challenge) client.heard.get(client.heard.size() - 1)))
                .isFalse();
        return login;
    }

    private static ServerMessage.Ticket finish(RawClient client, ClientLogin login) throws ClientLogin.Distrust {
        client.say(0, login.claim());
        int said = client.heard.size();
        login.welcomed((ServerMessage.Welcome) client.heard.get(said - 2));
        return (ServerMessage.Ticket) client.heard.get(said - 1);
    }

    private static void revoke(RawClient client) {
        client.server.hostAccounts().change(1, ADA, new AccountChange.RevokedDevice(1, Instant.EPOCH), client.now);
        client.releaseAccounts(); // and what else the server waits for
    }

    @Test
    void who_is_in_the_middle_of_signing_in_is_not_let_in_any_more() throws Exception {
        RawClient first = start();
        assertThat(finish(first, challenged(first)).ticket()).isNotEmpty();
        RawClient again = first.next(Duration.ZERO);
        ClientLogin login = challenged(again);
        int heard = again.heard.size();

        revoke(again);
        again.say(0, login.claim());

        assertThat(again.heard).hasSize(heard);
        assertThat(again.closedWith).isEqualTo((long) CloseReason.ACCOUNT_CHANGED.code());
    }

    @Test
    void neither_its_ticket_nor_its_claim_lets_it_in() throws Exception {
        RawClient first = start();
        ServerMessage.Ticket ticket = finish(first, challenged(first));
        RawClient again = first.next(Duration.ZERO);
        revoke(again);
        ClientLogin login = login(again);

        again.say(0, login.resume(INSTANCE, ticket));
        assertThat(login.challenged((ServerMessage.Challenge) again.heard.get(again.heard.size() - 1)))
                .isFalse();
        again.say(0, login.claim());

        ServerMessage.Refused refused = (ServerMessage.Refused) again.heard.get(again.heard.size() - 1);
        assertThat(refused.refusal()).isEqualTo(Refusal.DEVICE_REVOKED);
        assertThat(refused.sentence()).isEqualTo(Refusal.DEVICE_REVOKED.sentence());
        assertThat(again.server.activeSessions()).isZero();
    }

    @Test
    void a_ticket_is_good_under_another_name_of_the_account() throws Exception {
        RawClient first = start();
        ServerMessage.Ticket ticket = finish(first, challenged(first));
        Account ada = Objects.requireNonNull(accounts.get("ada"));
        accounts.put("ada", ada.withName(UserName.of("grace"))); // as a store finds it by the name that is held
        RawClient again = first.next(Duration.ZERO);
        ClientLogin login = login(again);

        again.say(0, login.resume(INSTANCE, ticket));

        ServerMessage.Welcome welcome = (ServerMessage.Welcome) again.heard.get(again.heard.size() - 2);
        login.welcomed(welcome);
        assertThat(welcome.name()).isEqualTo("grace");
        assertThat(welcome.account()).isEqualTo(ada.id());
    }
}
