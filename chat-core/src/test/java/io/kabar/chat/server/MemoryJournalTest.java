package io.kabar.chat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryJournalTest {

    @Test
    void page_ends_when_it_has_enough_bytes_but_has_one_event_at_least() {
        List<Integer> sizes = new ArrayList<>();
        try (MemoryJournal journal = new MemoryJournal()) {
            journal.open(new Answers(sizes));
            for (int i = 0; i < 10; i++) {
                journal.propose(new Journal.Proposal(
                        i,
                        ChatEvent.of(
                                RoomName.LOBBY,
                                0,
                                Instant.EPOCH,
                                Author.of(UserName.of("ada")),
                                new Content.Said("x".repeat(1000), false)),
                        MessageId.NONE));
            }
            journal.read(1, RoomName.LOBBY, 1, 256, 2500);
            journal.read(2, RoomName.LOBBY, 1, 256, 1);
            journal.read(3, RoomName.LOBBY, 1, 4, 1_000_000);
            journal.read(4, RoomName.LOBBY, 11, 256, 2500);
        }
        assertThat(sizes).containsExactly(3, 1, 4, 0);
    }

    @Test
    void time_never_decreases_within_a_room_whatever_the_clock_does() {
        Answers answers = new Answers(new ArrayList<>());
        Random random = new Random(1);
        try (MemoryJournal journal = new MemoryJournal()) {
            journal.open(answers);
            for (int i = 0; i < 200; i++) {
                Instant time = Instant.EPOCH.plusSeconds(random.nextInt(1_000_000));
                UserName ada = UserName.of("ada");
                ChatEvent draft = List.of(
                                ChatEvent.of(RoomName.LOBBY, 0, time, Author.of(ada), new Content.Said("rose", true)),
                                ChatEvent.of(RoomName.LOBBY, 0, time, Author.of(ada), new Content.Joined()),
                                ChatEvent.of(RoomName.LOBBY, 0, time, Author.of(ada), new Content.Left("bye")),
                                ChatEvent.of(RoomName.LOBBY, 0, time, Author.of(ada), new Content.Topic("roses")))
                        .get(i % 4);
                journal.propose(new Journal.Proposal(i, draft, MessageId.NONE));
                ChatEvent committed = answers.committed.get(i);
                assertThat(committed.withTime(time).withSequence(0))
                        .as("all else is as it was")
                        .isEqualTo(draft);
            }
            assertThat(answers.committed.stream().map(ChatEvent::time)).isSorted();
            journal.read(1, RoomName.LOBBY, 1, 1_000, 1_000_000);
        }
        assertThat(answers.sizes).containsExactly(200);
    }

    private record Answers(List<Integer> sizes, List<ChatEvent> committed) implements Journal.Commits {

        private Answers(List<Integer> sizes) {
            this(sizes, new ArrayList<>());
        }

        @Override
        public void committed(long ticket, Journal.Entry entry) {
            committed.add(entry.event());
        }

        @Override
        public void refused(long ticket, Refusal refusal) {}

        @Override
        public void onRead(long ticket, RoomName room, long first, List<Journal.Entry> entries) {
            sizes.add(entries.size());
        }

        @Override
        public void forgotten(RoomName room, long first) {}

        @Override
        public void warning(String sentence) {}

        @Override
        public void readFailed(long ticket, RoomName room) {}
    }
}
