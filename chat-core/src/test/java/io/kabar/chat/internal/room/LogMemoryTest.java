package io.kabar.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogMemoryTest {
    private static final int LENGTH = 16_000;

    private final LogMemory memory = new LogMemory();
    private final UserName ada = UserName.of("ada");

    @Test
    void rooms_together_hold_so_much_and_what_is_quiet_goes_first() {
        List<RoomLog> logs = new ArrayList<>();
        int perLog = 1000;
        for (int i = 0; i < 2 * LogMemory.MAX / LENGTH / perLog + 1; i++) {
            RoomLog log = new RoomLog(memory, 2048, 1, 0);
            logs.add(log);
            for (int j = 0; j < perLog; j++) {
                assertThat(say(log)).isTrue();
            }
        }
        assertThat(memory.bytes()).isBetween(LogMemory.MAX - 2 * LENGTH, LogMemory.MAX);
        RoomLog quiet = logs.get(0);
        assertThat(quiet.firstInMemory()).isEqualTo(perLog + 1);
        assertThat(quiet.last()).isEqualTo(perLog);
        assertThat(quiet.body(1)).isNull();
        RoomLog newest = logs.get(logs.size() - 1);
        assertThat(newest.firstInMemory()).isEqualTo(1);
        assertThat(say(quiet)).as("it goes on").isTrue();
        assertThat(quiet.body(perLog + 1)).isNotNull();
    }

    @Test
    void one_busy_room_holds_no_more_than_all_together() {
        RoomLog log = new RoomLog(memory, 1_000_000, 1, 0);
        for (int i = 0; i < 2 * LogMemory.MAX / LENGTH; i++) {
            say(log);
        }
        assertThat(memory.bytes()).isBetween(LogMemory.MAX - 2 * LENGTH, LogMemory.MAX);
        log.forget(log.last() + 1);
        assertThat(memory.bytes()).isZero();
    }

    private boolean say(RoomLog log) {
        ChatEvent event =
                new ChatEvent.Said(RoomName.LOBBY, log.last() + 1, Instant.EPOCH, ada, "x".repeat(LENGTH), false);
        return log.append(new LogEntry(event, MessageId.NONE));
    }
}
