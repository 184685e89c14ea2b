package io.kabar.chat.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.spi.Journal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A journal that is not ours may say anything: the server goes on, and tells what it could not take. */
class StrangeJournalTest {

    private static final UserName EVE = UserName.of("eve");

    /** Tells of rooms that cannot be, and keeps the others in memory. */
    private static final class Strange implements Journal {
        private final MemoryJournal memory = new MemoryJournal();
        private final Map<RoomName, Kept> kept = new LinkedHashMap<>();
        private @Nullable Commits commits;

        private Commits commits() {
            return requireNonNull(commits);
        }

        @Override
        public Map<RoomName, Kept> open(Commits answers) {
            commits = answers;
            memory.open(answers);
            return kept;
        }

        @Override
        public void propose(Proposal proposal) {
            memory.propose(proposal);
        }

        @Override
        public void read(long ticket, RoomName room, long from, int maxEvents, int maxBytes) {
            memory.read(ticket, room, from, maxEvents, maxBytes);
        }

        @Override
        public String retention(RoomName room) {
            return "kept";
        }

        @Override
        public void close() {}
    }

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    private ChatServer start(Journal journal) throws Exception {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .journal(journal)
                .listener(new ChatServerListener() {
                    @Override
                    public void onWarning(ChatServer from, String sentence) {
                        warnings.add(sentence);
                    }
                })
                .start();
    }

    private static ChatClient enter(ChatServer server) throws Exception {
        return ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name("ada")
                .connect()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void rooms_that_cannot_be_are_passed_over_and_named() throws Exception {
        Strange journal = new Strange();
        long[][] wrong = {{1, -1}, {0, 5}, {7, 5}, {1, Limits.LAST_NUMBER + 1}, {1, Long.MAX_VALUE}, {-1, 0}};
        for (int i = 0; i < wrong.length; i++) {
            journal.kept.put(new RoomName("wrong" + i), new Journal.Kept(wrong[i][0], wrong[i][1], "", Set.of()));
        }
        journal.kept.put(new RoomName("right"), new Journal.Kept(6, 5, "x".repeat(20_000), Set.of()));
        try (ChatServer server = start(journal);
                ChatClient ada = enter(server)) {
            ada.join(RoomName.LOBBY, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
            ada.rooms().get(30, TimeUnit.SECONDS); // the topic that was too long can be told

            Awaitility.await().until(() -> warnings.size() == wrong.length);
            assertThat(server.stats().rooms()).isEqualTo(2);
            for (int i = 0; i < wrong.length; i++) {
                String name = "#wrong" + i;
                assertThat(warnings).anyMatch(line -> line.contains(name));
            }
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a journal must not do
    void events_that_cannot_be_break_nothing() throws Exception {
        Strange journal = new Strange();
        try (ChatServer server = start(journal);
                ChatClient ada = enter(server)) {
            ada.join(RoomName.LOBBY, JoinHistory.NONE).get(30, TimeUnit.SECONDS);
            Journal.Entry draft = entry(0);
            journal.commits().committed(0, draft);
            journal.commits().committed(0, null);
            journal.commits().committed(0, entry(Limits.LAST_NUMBER));
            journal.commits().committed(0, entry(1));
            journal.commits().onRead(99, RoomName.LOBBY, Long.MIN_VALUE, Arrays.asList(entry(1), null));
            journal.commits().onRead(99, RoomName.LOBBY, Long.MAX_VALUE, List.of(draft));
            journal.commits().forgotten(RoomName.LOBBY, Long.MIN_VALUE);
            journal.commits().forgotten(new RoomName("nowhere"), Long.MAX_VALUE);

            assertThat(ada.send(RoomName.LOBBY, "still here")
                            .get(30, TimeUnit.SECONDS)
                            .sequence())
                    .isEqualTo(2);
            Awaitility.await().until(() -> warnings.size() == 6);
        }
    }

    private static Journal.Entry entry(long sequence) {
        return new Journal.Entry(
                ChatEvent.of(RoomName.LOBBY, sequence, Instant.EPOCH, Author.of(EVE), new Content.Said("hi", false)),
                MessageId.NONE);
    }

    @Test
    void a_room_without_numbers_left_says_so() throws Exception {
        Strange journal = new Strange();
        RoomName full = new RoomName("full");
        journal.kept.put(full, new Journal.Kept(Limits.LAST_NUMBER + 1, Limits.LAST_NUMBER, "", Set.of()));
        try (ChatServer server = start(journal);
                ChatClient ada = enter(server)) {
            assertThat(ada.join(full, JoinHistory.NONE)
                            .handle((done, error) -> error)
                            .get(30, TimeUnit.SECONDS))
                    .satisfiesAnyOf(
                            error -> assertThat(error).isInstanceOf(ChatException.class),
                            error -> assertThat(error).isInstanceOf(CompletionException.class))
                    .hasMessageContaining("no numbers left");
        }
    }
}
