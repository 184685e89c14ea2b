package io.kabar.swing.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogEntryTest {

    private static final UserName ADA = UserName.of("ada");

    @Test
    void words_of_a_message_are_shown_only_when_asked_for() {
        LogEntry entry = entry(
                ChatEvent.of(RoomName.LOBBY, 7, Instant.EPOCH, Author.of(ADA), new Content.Said("a secret", false)));

        assertThat(entry.shown(false)).isEqualTo("ada said something in #lobby (#7)");
        assertThat(entry.shown(true)).isEqualTo("ada in #lobby: a secret");
    }

    @Test
    void words_of_a_topic_are_shown_only_when_asked_for() {
        LogEntry entry =
                entry(ChatEvent.of(RoomName.LOBBY, 7, Instant.EPOCH, Author.of(ADA), new Content.Topic("a secret")));

        assertThat(entry.shown(false)).doesNotContain("secret");
        assertThat(entry.shown(true)).contains("secret");
    }

    @Test
    void message_of_many_lines_is_one_line_of_the_log() {
        LogEntry entry = entry(ChatEvent.of(
                RoomName.LOBBY, 7, Instant.EPOCH, Author.of(ADA), new Content.Said("one\ntwo\u001b[2J", false)));

        assertThat(entry.shown(true)).doesNotContain("\n").doesNotContain("\u001b");
    }

    private static LogEntry entry(ChatEvent event) {
        return LogEntry.of(Instant.EPOCH, event);
    }
}
