package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.rules.Switches;
import io.kabar.chat.server.ChatServer;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.folder.ServerKeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An evening in a room: a troll comes under new names from one address, floods, is muted, banned, and comes back with a
 * name that looks like another's; a moderator loses a laptop; somebody is let in by a link that one may use. It ends
 * well without a restart, and without anybody else noticing more than the words.
 */
class EveningTest {

    private static final RoomName GARDEN = RoomName.of("garden");

    @TempDir
    Path data;

    /** Somebody at a device, and all they are told. */
    private static final class Seen implements ChatClientListener {
        private final List<String> events = Collections.synchronizedList(new ArrayList<>());
        private final List<String> disturbances = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private final CompletableFuture<String> putOut = new CompletableFuture<>();

        @Override
        public void onEvent(ChatClient client, ChatEvent event, EventOrigin origin) {
            events.add(event.sequence() + " " + event.from() + " "
                    + event.content().kind() + " " + event.text());
        }

        @Override
        public void onStateChanged(ChatClient client, ConnectionState state) {
            if (state != ConnectionState.LIVE) {
                disturbances.add(state.toString());
            }
        }

        @Override
        public void onRoomLeft(ChatClient client, RoomName room, String reason) {
            putOut.complete(reason);
        }

        @Override
        public void onClosed(ChatClient client, CloseReason reason, String sentence) {
            closed.complete(sentence);
        }
    }

    private record Person(ChatClient client, Seen seen) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    @SuppressWarnings("NullAway.Init") // started by the test
    private ChatServer server;

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static ChatException failure(CompletableFuture<?> future) throws Exception {
        try {
            throw new AssertionError("it has " + get(future));
        } catch (ExecutionException e) {
            return (ChatException) Objects.requireNonNull(e.getCause());
        }
    }

    private static Rule rule(CompletableFuture<?> future) throws Exception {
        return ((ChatException.NotPermitted) failure(future)).obstacle().rule();
    }

    private ChatServer start(DataFolder folder) throws IOException {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .secret(ServerKeyFile.readOrMake(folder))
                .accounts(CsvAccountStore.open(folder))
                .records(CsvServerRecords.open(folder))
                .journal(new CsvJournal(folder, Durability.OS, RetentionRules.FOREVER))
                .open()
                .start();
    }

    private CompletableFuture<ChatClient> connect(String name, DeviceSecret device, Seen seen) {
        return ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name(name)
                .device(device)
                .listener(seen)
                .connect();
    }

    private Person person(String name) throws Exception {
        return person(name, DeviceSecret.generate());
    }

    private Person person(String name, DeviceSecret device) throws Exception {
        Seen seen = new Seen();
        return new Person(get(connect(name, device, seen)), seen);
    }

    private Person inGarden(String name) throws Exception {
        Person person = person(name);
        get(person.client().join(GARDEN, JoinHistory.from(1)));
        return person;
    }

    private List<String> inside(Person asking) throws Exception {
        return get(asking.client().members(GARDEN)).stream()
                .map(Member::name)
                .map(UserName::text)
                .sorted()
                .toList();
    }

    @Test
    void ends_well() throws Exception {
        try (DataFolder folder = DataFolder.open(data)) {
            server = start(folder);
            try {
                evening();
            } finally {
                server.close();
            }
            server = start(folder);
            try (Person rex = person("rex", troll)) {
                assertThat(get(server.room(GARDEN).description())).isEqualTo("for roses, not for hats");
                assertThat(rule(rex.client().join(GARDEN, JoinHistory.NONE)))
                        .as("still so the day after, in another run of the server")
                        .isEqualTo(Rule.BANNED);
            } finally {
                server.close();
            }
        }
        assertNoAddress(data.resolve("rooms"));
    }

    private static void assertNoAddress(Path rooms) throws IOException {
        try (Stream<Path> files = Files.walk(rooms)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("127.0.0.1");
            }
        }
    }

    private final DeviceSecret troll = DeviceSecret.generate();

    private void evening() throws Exception {
        DeviceSecret laptop = DeviceSecret.generate();
        try (Person ada = inGarden("ada");
                Person mira = person("mira", laptop);
                Person bob = inGarden("bob");
                Person tam = inGarden("tam")) {
            get(ada.client().change(GARDEN, RoomChange.role(UserName.of("mira"), RoomRole.MODERATOR, "")));
            get(mira.client().join(GARDEN, JoinHistory.NONE));
            get(ada.client().describe(GARDEN, "for roses, not for hats"));
            theTrollComes(mira);
            theTrollComesBack(ada, mira);
            try (Person phone = theLaptopIsLost(mira, laptop)) {
                aGuestIsLetIn(ada, phone);
            }
            undisturbed(bob, tam);
        }
    }

    private void theTrollComes(Person mira) throws Exception {
        try (Person rex = person("rex", troll)) {
            get(rex.client().join(GARDEN, JoinHistory.NONE));
            List<CompletableFuture<?>> flood = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                flood.add(rex.client().send(GARDEN, "buy my hats"));
            }
            get(mira.client()
                    .change(
                            GARDEN,
                            RoomChange.mute(UserName.of("rex"), Instant.now().plusSeconds(600), "hats")));
            assertThat(rule(rex.client().send(GARDEN, "but my hats are good"))).isEqualTo(Rule.MUTED);
            assertThat(rex.client().obstacle(GARDEN, new Content.Said("hats", false)))
                    .as("the client knows it without asking")
                    .hasValueSatisfying(obstacle -> assertThat(obstacle.rule()).isEqualTo(Rule.MUTED));
            get(mira.client().change(GARDEN, RoomChange.ban(UserName.of("rex"), RoomChange.FOREVER, "hats again")));
            assertThat(get(rex.seen().putOut))
                    .isEqualTo("banned by mira: hats again. Ask mira, or another one of its moderators.");
            ChatException again = failure(rex.client().join(GARDEN, JoinHistory.NONE));
            assertThat(again).hasMessageContaining("You are banned from #garden, by mira: hats again");
            for (CompletableFuture<?> hat : flood) {
                assertThat(hat)
                        .as("nothing is dropped in silence")
                        .satisfiesAnyOf(
                                said -> assertThat(said).isCompleted(),
                                said -> assertThat(failure(said)).isNotNull());
            }
        }
    }

    private void theTrollComesBack(Person ada, Person mira) throws Exception {
        Seen seen = new Seen();
        assertThat(failure(connect("rnira", DeviceSecret.generate(), seen)))
                .as("it looks like mira")
                .isInstanceOf(ChatException.NameRefused.class);
        assertThat(failure(connect("Mira", troll, seen))).isInstanceOf(ChatException.NameRefused.class);
        try (Person other = inGarden("hatman")) {
            get(other.client().send(GARDEN, "hats, anyone?"));
            get(mira.client().change(GARDEN, RoomChange.kick(UserName.of("hatman"), "no hats")));
            assertThat(get(other.seen().putOut))
                    .isEqualTo("put out by mira: no hats. Ask mira, or another one of its moderators.");
        }
        get(server.order().setSwitches(new Switches(true, false, 0)));
        ChatException shut = failure(connect("hatter", DeviceSecret.generate(), seen));
        assertThat(shut.getMessage()).as("no newcomers for now").isNotBlank();
        get(ada.client().change(GARDEN, RoomChange.mode(RoomMode.INVITE_ONLY, 1)));
        get(server.order().setSwitches(new Switches(false, false, 0)));
        try (Person hatter = person("hatter")) {
            assertThat(rule(hatter.client().join(GARDEN, JoinHistory.NONE))).isEqualTo(Rule.INVITE_ONLY);
        }
    }

    private Person theLaptopIsLost(Person mira, DeviceSecret laptop) throws Exception {
        get(mira.client().changePassword("correct horse"));
        Seen seen = new Seen();
        Person phone = new Person(
                get(ChatClient.builder()
                        .server(server.inviteLink("127.0.0.1"))
                        .name("mira")
                        .password("correct horse")
                        .device(DeviceSecret.generate())
                        .listener(seen)
                        .connect()),
                seen);
        get(phone.client().join(GARDEN, JoinHistory.NONE));
        List<KnownDevice> devices = get(phone.client().devices());
        int lost = devices.stream()
                .filter(device -> !device.isThis())
                .findFirst()
                .orElseThrow()
                .number();
        get(phone.client().revokeDevice(lost));
        assertThat(get(mira.seen().closed)).isNotBlank();
        assertThat(failure(connect("mira", laptop, new Seen())).refusal())
                .isIn(Refusal.DEVICE_REVOKED, Refusal.WRONG_PASSWORD);
        assertThat(phone.client().state()).isEqualTo(ConnectionState.LIVE);
        return phone;
    }

    private void aGuestIsLetIn(Person ada, Person phone) throws Exception {
        InviteLink link = get(server.invite(
                "127.0.0.1", new InvitationTerms(Optional.of(GARDEN), RoomRole.MEMBER, 1, Duration.ofHours(1))));
        try (ChatClient zoe = get(ChatClient.builder().server(link).name("zoe").connect())) {
            get(zoe.join(GARDEN, JoinHistory.NONE));
            get(zoe.send(GARDEN, "what a nice garden"));
            CompletableFuture<ChatClient> second =
                    ChatClient.builder().server(link).name("yann").connect();
            try (ChatClient yann = get(second)) { // the server is open: the link is worth nothing more, that is all
                assertThat(rule(yann.join(GARDEN, JoinHistory.NONE))).isEqualTo(Rule.INVITE_ONLY);
            }
            assertThat(inside(phone)).containsExactly("ada", "bob", "mira", "tam", "zoe");
            assertThat(ada.client().settings(GARDEN).orElseThrow().modes().values())
                    .isEqualTo(Map.of(RoomMode.INVITE_ONLY, 1L));
        }
    }

    private static void undisturbed(Person bob, Person tam) throws Exception {
        get(bob.client().send(GARDEN, "good night"));
        get(tam.client().history(GARDEN, HistoryRange.newest(1)));
        assertThat(bob.seen().disturbances).isEmpty();
        assertThat(tam.seen().disturbances).isEmpty();
        List<String> one = new ArrayList<>(bob.seen().events);
        List<String> other = new ArrayList<>(tam.seen().events);
        int common = Math.min(one.size(), other.size());
        assertThat(common).isGreaterThan(15);
        assertThat(one.subList(0, common)).isEqualTo(other.subList(0, common));
    }
}
