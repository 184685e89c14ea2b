package io.kabar.chat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.spi.Journal;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A journal that gives no answer is told of. */
class JournalCallsTest {

    private final List<String> warnings = new ArrayList<>();
    private final ListenerCalls listener = new ListenerCalls(
            new ChatServerListener() {
                @Override
                public void onWarning(ChatServer from, String sentence) {
                    warnings.add(sentence);
                }
            },
            new Callbacks("unused", Runnable::run, Machine.system()));

    private final JournalCalls calls = new JournalCalls(new Silent(), listener);

    private static final Journal.Proposal PROPOSAL = new Journal.Proposal(
            1,
            ChatEvent.of(
                    RoomName.LOBBY, 0, Instant.EPOCH, Author.of(UserName.of("ada")), new Content.Said("hello", false)),
            MessageId.of("hello"));

    @BeforeEach
    void serve() {
        listener.serves((ChatServer) Proxy.newProxyInstance(
                ChatServer.class.getClassLoader(),
                new Class<?>[] {ChatServer.class},
                (proxy, method, arguments) -> null));
    }

    @Test
    void journal_that_is_silent_is_told_of_once_and_again_when_it_answers() {
        assertThat(calls.propose(PROPOSAL, 0)).isTrue();
        assertThat(calls.propose(PROPOSAL, 1)).isTrue();
        calls.check(JournalCalls.SILENCE - 1);
        assertThat(warnings).isEmpty();

        calls.check(JournalCalls.SILENCE);
        calls.check(2 * JournalCalls.SILENCE);
        assertThat(warnings).singleElement().asString().contains("30 seconds", "2 calls");

        calls.answered(3 * JournalCalls.SILENCE);
        calls.answered(3 * JournalCalls.SILENCE);
        calls.check(9 * JournalCalls.SILENCE);
        assertThat(warnings).hasSize(2).last().asString().contains("again");
    }

    @Test
    void journal_that_answers_slowly_is_not_silent() {
        for (int i = 0; i < 10; i++) {
            assertThat(calls.propose(PROPOSAL, i * JournalCalls.SILENCE / 2)).isTrue();
            calls.answered((i + 1) * JournalCalls.SILENCE / 2);
            calls.check((i + 1) * JournalCalls.SILENCE / 2);
        }
        assertThat(warnings).isEmpty();
    }

    private static final class Silent implements Journal {
        @Override
        public Map<RoomName, Kept> open(Commits commits) {
            return Map.of();
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
}
