package io.kabar.chat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
                        new ChatEvent.Said(
                                RoomName.LOBBY, 0, Instant.EPOCH, UserName.of("ada"), "x".repeat(1000), false),
                        MessageId.NONE,
                        1));
            }
            journal.read(1, RoomName.LOBBY, 1, 256, 2500);
            journal.read(2, RoomName.LOBBY, 1, 256, 1);
            journal.read(3, RoomName.LOBBY, 1, 4, 1_000_000);
            journal.read(4, RoomName.LOBBY, 11, 256, 2500);
        }
        assertThat(sizes).containsExactly(3, 1, 4, 0);
    }

    private record Answers(List<Integer> sizes) implements Journal.Commits {
        @Override
        public void committed(long ticket, Journal.Entry entry) {}

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
