package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Journal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What an operator should know stands in the log once, and the listener is told it. */
class WarningsTest {

    private static final RoomName TWIN = new RoomName("l0bby");

    /** Has two rooms that look alike and one that cannot be, and gives a warning that it has written itself. */
    private static final class Twins implements Journal {
        private final Queue<RoomName> told = new ConcurrentLinkedQueue<>();

        private static Kept kept(long last) {
            return new Kept(1, last, "", Set.of(), Map.of());
        }

        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            commits.warning("The journal has written this.");
            Map<RoomName, Kept> kept = new LinkedHashMap<>();
            kept.put(RoomName.LOBBY, kept(5));
            kept.put(TWIN, kept(2));
            kept.put(new RoomName("negative"), new Kept(1, -7, "", Set.of(), Map.of()));
            return kept;
        }

        @Override
        public void told(Collection<RoomName> lookAlikes) {
            told.addAll(lookAlikes);
        }

        @Override
        public void propose(Proposal proposal) {}

        @Override
        public void read(long ticket, RoomName room, long from, int maxEvents, int maxBytes) {}

        @Override
        public String retention(RoomName room) {
            return "";
        }

        @Override
        public void close() {}
    }

    /** Nobody's accounts; does not open if it is not to. */
    private record Nobody(boolean opens) implements AccountStore {
        @Override
        public void open(Changes changes) {
            if (!opens) {
                throw new IllegalStateException("no accounts");
            }
        }

        @Override
        public Optional<Account> find(UserName name) {
            return Optional.empty();
        }

        @Override
        public Optional<Account> find(long id) {
            return Optional.empty();
        }

        @Override
        public Optional<Account> change(long id, AccountChange change) {
            return Optional.empty();
        }

        @Override
        public long drawId() {
            return 1;
        }

        @Override
        public Optional<Account> register(Account account) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    private final List<String> heard = new ArrayList<>();

    private ChatServer start(Journal journal, boolean opens) throws Exception {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .accounts(new Nobody(opens))
                .journal(journal)
                .callbackExecutor(Runnable::run)
                .listener(new ChatServerListener() {
                    @Override
                    public void onWarning(ChatServer from, String sentence) {
                        heard.add(sentence);
                    }
                })
                .start();
    }

    @Test
    void each_is_told_to_the_listener_and_stands_in_the_log_once() throws Exception {
        try (LogLines log = new LogLines(ChatServer.class)) {
            start(new Twins(), true).close();
            assertThat(heard).hasSize(3);
            assertThat(heard.get(0)).isEqualTo("The journal has written this.");
            assertThat(heard.get(1)).contains("#negative", "not served");
            assertThat(heard.get(2)).contains(TWIN.text(), "look alike");
            assertThat(log.lines().stream().filter(heard::contains)).containsExactlyElementsOf(heard.subList(1, 3));
        }
    }

    @Test
    void names_that_look_alike_are_told_of_once_the_server_serves_and_not_before() throws Exception {
        Twins journal = new Twins();
        assertThatThrownBy(() -> start(journal, false)).hasMessage("no accounts");
        assertThat(journal.told).isEmpty();
        Twins next = new Twins();
        start(next, true).close();
        assertThat(next.told).containsExactly(TWIN);
    }
}
