package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Journal;
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

    @Test
    void rooms_full_of_runs_that_none_can_give_up_cost_whoever_speaks_next_to_nothing() {
        List<RoomLog> logs = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            logs.add(new RoomLog(memory, 2048, 1, 0));
        }
        int run = 0;
        while (memory.runs() <= LogMemory.MAX_RUNS) {
            begin(logs.get(run % logs.size()), ++run);
        }
        assertThat(logs).allMatch(log -> log.firstInMemory() == 1);
        long before = memory.looks();
        begin(logs.get(0), ++run);

        assertThat(memory.looks() - before).isLessThanOrEqualTo(LogMemory.LOOKED_AT);
    }

    @Test
    void a_log_that_is_let_go_of_is_forgotten_with_its_runs() {
        RoomLog log = new RoomLog(memory, 2048, 1, 0);
        begin(log, 1);
        begin(log, 2);
        assertThat(memory.runs()).isEqualTo(2);
        log.letGo();
        assertThat(memory.runs()).isZero();
        assertThat(memory.bytes()).isZero();
    }

    @Test
    void runs_that_can_be_given_up_are_found_wherever_they_are() {
        RoomLog many = new RoomLog(memory, 1, 1, 0);
        RoomLog other = new RoomLog(memory, 1, 1, 0);
        RoomLog third = new RoomLog(memory, 1, 1, 0);
        for (RoomLog log : List.of(many, other, third)) {
            for (int run = 1; run <= RunTable.MAX_RUNS; run++) {
                begin(log, run);
            }
        }
        for (int i = 0; memory.runs() < LogMemory.MAX_RUNS; i++) {
            begin(new RoomLog(memory, 1, 1, 0), i + 1L);
        }
        begin(new RoomLog(memory, 1, 1, 0), 1);

        assertThat(memory.runs()).isEqualTo(LogMemory.MAX_RUNS);
        assertThat(many.runs()).isLessThan(RunTable.MAX_RUNS);
    }

    private void begin(RoomLog log, long run) {
        ChatEvent event = ChatEvent.of(
                RoomName.LOBBY, log.last() + 1, Instant.EPOCH, Author.of(ada), new Content.Said("x", false));
        assertThat(log.append(new Journal.Entry(event, new MessageId(run, 1)))).isTrue();
    }

    private boolean say(RoomLog log) {
        ChatEvent event = ChatEvent.of(
                RoomName.LOBBY,
                log.last() + 1,
                Instant.EPOCH,
                Author.of(ada),
                new Content.Said("x".repeat(LENGTH), false));
        return log.append(new Journal.Entry(event, MessageId.NONE));
    }
}
