package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.simulation.CheapPasswords;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Accounts, devices, guests and invitations as programs and people use them; over real sockets. */
@ExtendWith(CheapPasswords.class)
class AccountsTest {

    private static final RoomName ATTIC = RoomName.of("attic");

    private final DeviceSecret laptop = DeviceSecret.generate();
    private final DeviceSecret phone = DeviceSecret.generate();

    /** What a client was told, in order. */
    private static final class Heard implements ChatClientListener {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        public void onEvent(ChatClient client, ChatEvent event, EventOrigin origin) {
            if (event.isJoined() || event.isLeft()) {
                lines.add(event.from() + (event.isJoined() ? " joins" : " leaves: " + event.text()));
            }
        }

        @Override
        public void onRenamed(ChatClient client, UserName name) {
            lines.add("I am " + name);
        }

        @Override
        public void onClosed(ChatClient client, CloseReason reason, String sentence) {
            lines.add("closed: " + sentence);
        }

        /** Waits for a line, and forgets those before it. */
        void await(String line) throws InterruptedException {
            List<String> before = new ArrayList<>();
            for (String next = ""; !next.equals(line); before.add(next)) {
                next = lines.poll(30, TimeUnit.SECONDS);
                assertThat(next).as("%s after %s", line, before).isNotNull();
            }
        }
    }

    private static ChatServer.Builder server() {
        return ChatServer.builder().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static ChatClient.Builder client(ChatServer server, String name, DeviceSecret device) {
        return ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name(name)
                .device(device);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
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

    @Test
    void a_password_lets_further_devices_in_and_a_known_one_needs_none() throws Exception {
        try (ChatServer server = server().open().start();
                ChatClient ada =
                        get(client(server, "ada", laptop).deviceLabel("laptop").connect())) {
            assertThat(failure(client(server, "ada", phone).connect()).refusal())
                    .isEqualTo(Refusal.NAME_TAKEN);
            assertThat(failure(
                            client(server, "ada", phone).password("open sesame").connect()))
                    .isInstanceOf(ChatException.ServerUnproven.class);

            get(ada.changePassword("open sesame"));

            assertThat(failure(client(server, "ada", phone).connect())).isInstanceOf(ChatException.WrongPassword.class);
            assertThat(failure(client(server, "ada", phone).password("sesame").connect()))
                    .isInstanceOf(ChatException.WrongPassword.class);
            get(client(server, "ada", phone)
                            .password("open sesame")
                            .deviceLabel("phone\u0007")
                            .connect())
                    .close();
            try (ChatClient known = get(client(server, "ada", phone).connect())) {
                List<KnownDevice> devices = get(known.devices());
                assertThat(devices).extracting(KnownDevice::number).containsExactly(1, 2);
                assertThat(devices).extracting(KnownDevice::label).containsExactly("laptop", "phone");
                assertThat(devices).extracting(KnownDevice::isThis).containsExactly(false, true);
            }
        }
    }

    @Test
    void a_lost_device_is_put_out_at_once_and_refused_with_a_sentence() throws Exception {
        Heard lost = new Heard();
        try (ChatServer server = server().open().start();
                ChatClient ada = get(client(server, "ada", laptop).connect())) {
            get(ada.changePassword("open sesame"));
            try (ChatClient other = get(client(server, "ada", phone)
                    .password("open sesame")
                    .listener(lost)
                    .connect())) {
                assertThat(get(other.devices())).hasSize(2);

                get(ada.revokeDevice(2));

                lost.await("closed: " + Refusal.DEVICE_REVOKED.sentence());
            }
            for (ChatClient.Builder again : List.of(
                    client(server, "ada", phone), client(server, "ada", phone).password("open sesame"))) {
                assertThat(failure(again.connect()))
                        .hasMessage(Refusal.DEVICE_REVOKED.sentence())
                        .extracting(ChatException::refusal)
                        .isEqualTo(Refusal.DEVICE_REVOKED);
            }
            assertThat(failure(ada.revokeDevice(7)).refusal()).isEqualTo(Refusal.BAD_REQUEST);
            assertThat(get(ada.devices()).get(1).revoked()).isPresent();
            assertThat(ada.state().toString()).isEqualTo("LIVE");
        }
    }

    @Test
    void an_account_keeps_its_number_under_another_name_and_its_rooms_are_told() throws Exception {
        Heard bobs = new Heard();
        Heard adas = new Heard();
        try (ChatServer server = server().open().start();
                ChatClient bob = get(client(server, "bob", phone).listener(bobs).connect());
                ChatClient ada =
                        get(client(server, "ada", laptop).listener(adas).connect())) {
            get(bob.join(RoomName.LOBBY, JoinHistory.NONE));
            get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
            bobs.await("ada joins");
            long number = get(server.user(UserName.of("ada")).sessions())
                    .get(0)
                    .author()
                    .account();

            get(ada.rename(UserName.of("grace")));

            bobs.await("ada leaves: is now grace");
            bobs.await("grace joins");
            adas.await("I am grace");
            assertThat(ada.name()).isEqualTo(UserName.of("grace"));
            assertThat(get(server.user(UserName.of("grace")).sessions()))
                    .singleElement()
                    .extracting(session -> session.author().account())
                    .isEqualTo(number);
            assertThat(failure(client(server, "Ada", phone).connect()).refusal())
                    .isEqualTo(Refusal.NAME_TAKEN);
            for (String name : List.of("ada", "grace")) {
                try (ChatClient again = get(client(server, name, laptop).connect())) {
                    assertThat(again.name()).isEqualTo(UserName.of("grace"));
                }
            }
        }
    }

    @Test
    void names_that_are_taken_or_reserved_are_refused_with_a_sentence() throws Exception {
        try (ChatServer server = server().open().start();
                ChatClient bob = get(client(server, "bob", phone).connect());
                ChatClient ada = get(client(server, "ada", laptop).connect())) {
            assertThat(bob.name()).isEqualTo(UserName.of("bob"));
            for (String taken : List.of("bob", "B0B", "b\u043Eb")) {
                assertThat(failure(ada.rename(new UserName(taken))).refusal())
                        .as(taken)
                        .isIn(Refusal.NAME_TAKEN, Refusal.BAD_NAME);
            }
            assertThat(failure(ada.rename(UserName.of("server"))).refusal()).isEqualTo(Refusal.BAD_NAME);
            assertThat(failure(ada.rename(UserName.of("Guest-1")))).hasMessageContaining("given by the server");
            assertThat(ada.name()).isEqualTo(UserName.of("ada"));
        }
    }

    @Test
    void a_new_password_wants_the_old_one_or_the_first_device() throws Exception {
        try (ChatServer server = server().open().start();
                ChatClient ada = get(client(server, "ada", laptop).connect())) {
            get(ada.changePassword("first"));
            try (ChatClient second =
                    get(client(server, "ada", phone).password("first").connect())) {
                assertThat(failure(second.changePassword("second"))).isInstanceOf(ChatException.WrongPassword.class);
                assertThat(failure(second.changePassword("wrong", "second")))
                        .isInstanceOf(ChatException.WrongPassword.class);

                get(second.changePassword("first", "second"));

                get(client(server, "ada", DeviceSecret.generate())
                                .password("second")
                                .connect())
                        .close();
                assertThat(failure(client(server, "ada", DeviceSecret.generate())
                                .password("first")
                                .connect()))
                        .isInstanceOf(ChatException.WrongPassword.class);
                get(ada.changePassword("third"));
                assertThat(get(second.devices())).hasSize(3);
            }
        }
    }

    @Test
    void guests_are_named_by_the_server_and_nobody_squats_on_their_names() throws Exception {
        MemoryAccountStore accounts = new MemoryAccountStore();
        try (ChatServer server = server().accounts(accounts).guests().start();
                ChatClient guest = get(client(server, "Guest", laptop).connect())) {
            assertThat(guest.name().text()).matches("Guest-[1-9][0-9]*");
            assertThat(accounts.find(guest.name())).isEmpty();
            try (ChatClient other = get(
                    client(server, guest.name().text(), DeviceSecret.generate()).connect())) {
                assertThat(other.name().text()).matches("Guest-[1-9][0-9]*");
                assertThat(other.name()).isNotEqualTo(guest.name());
            }
            assertThat(failure(guest.devices()).refusal()).isEqualTo(Refusal.NOT_ALLOWED);
            assertThat(failure(guest.rename(UserName.of("ada"))).refusal()).isEqualTo(Refusal.NOT_ALLOWED);
            assertThat(failure(client(server, "ada", phone).connect())).isInstanceOf(ChatException.WrongPassword.class);
        }
        try (ChatServer server = server().open().start()) {
            assertThat(failure(client(server, "Guest-7", phone).connect())).hasMessageContaining("given by the server");
            assertThat(failure(client(server, "GUEST-7", phone).connect()).refusal())
                    .isEqualTo(Refusal.BAD_NAME);
        }
    }

    @Test
    void only_who_is_invited_registers_and_one_use_is_one_also_for_two_at_once() throws Exception {
        try (ChatServer server = server().invitationsOnly().start()) {
            assertThat(failure(client(server, "ada", laptop).connect()).refusal())
                    .isEqualTo(Refusal.NOT_INVITED);
            InviteLink link =
                    get(server.invite("127.0.0.1", InvitationTerms.once().into(ATTIC, RoomRole.MEMBER)));
            assertThat(InviteLink.parse(link.toString())).isEqualTo(link);

            List<CompletableFuture<ChatClient>> both = new ArrayList<>();
            for (String name : List.of("bob", "eve")) {
                both.add(ChatClient.builder().server(link).name(name).connect());
            }
            List<ChatClient> in = new ArrayList<>();
            List<Refusal> out = new ArrayList<>();
            for (CompletableFuture<ChatClient> each : both) {
                try {
                    in.add(get(each));
                } catch (ExecutionException e) {
                    out.add(((ChatException) Objects.requireNonNull(e.getCause())).refusal());
                }
            }

            assertThat(out).containsExactly(Refusal.NOT_INVITED);
            assertThat(in).hasSize(1);
            assertThat(get(server.invitations())).singleElement().satisfies(left -> {
                assertThat(left.usesLeft()).isEqualTo(0);
                assertThat(left.room()).contains(ATTIC);
            });
            try (ChatClient invited = in.get(0)) {
                get(invited.join(ATTIC, JoinHistory.NONE));
                assertThat(get(invited.members(ATTIC)))
                        .singleElement()
                        .extracting(member -> member.role())
                        .isEqualTo(RoomRole.MEMBER);
                assertThat(failure(invited.invite(InvitationTerms.once())).refusal())
                        .isEqualTo(Refusal.NOT_ALLOWED);
            }
        }
    }

    @Test
    void invitations_are_listed_and_withdrawn_and_end() throws Exception {
        try (ChatServer server = server().invitationsOnly().start()) {
            InviteLink any = get(
                    server.invite("127.0.0.1", InvitationTerms.once().uses(2).lasting(Duration.ofHours(1))));
            try (ChatClient ada = get(
                    ChatClient.builder().server(any).name("ada").device(laptop).connect())) {
                get(server.user(ada.name()).setRole("owner"));
            }
            try (ChatClient ada = get(client(server, "ada", laptop).connect())) {
                InviteLink own = get(ada.invite(InvitationTerms.once()));
                assertThat(own.key()).contains(server.key());
                List<Invitation> all = get(ada.invitations());
                assertThat(all).extracting(Invitation::usesLeft).containsExactly(1, 1);
                assertThat(all.get(1).by()).isEqualTo(UserName.of("ada"));

                get(ada.withdraw(all.get(1).id()));

                assertThat(failure(ada.withdraw(all.get(1).id())).refusal()).isEqualTo(Refusal.BAD_REQUEST);
                assertThat(failure(ChatClient.builder()
                                        .server(own)
                                        .name("bob")
                                        .device(phone)
                                        .connect())
                                .refusal())
                        .isEqualTo(Refusal.NOT_INVITED);
                get(server.withdraw(all.get(0).id()));
                assertThat(get(server.invitations())).isEmpty();
            }
        }
    }

    @Test
    void the_host_program_looks_after_accounts() throws Exception {
        try (ChatServer server = server().open().start()) {
            Heard heard = new Heard();
            try (ChatClient ada =
                    get(client(server, "ada", laptop).listener(heard).connect())) {
                get(server.user(UserName.of("ada")).setPassword("open sesame"));
                assertThat(get(server.user(UserName.of("ada")).devices())).hasSize(1);
                assertThat(get(server.user(UserName.of("ada")).rename(UserName.of("grace")))
                                .name())
                        .isEqualTo(UserName.of("grace"));
                heard.await("I am grace");
                get(client(server, "ada", phone).password("open sesame").connect())
                        .close();

                get(server.user(UserName.of("grace")).revokeDevice(1));

                heard.await("closed: " + Refusal.DEVICE_REVOKED.sentence());
                assertThat(ada.name()).isEqualTo(UserName.of("grace"));
            }
            get(server.user(UserName.of("grace")).removePassword());
            assertThat(failure(server.user(UserName.of("nobody_here")).removePassword())
                            .refusal())
                    .isEqualTo(Refusal.NO_SUCH_USER);
        }
    }
}
