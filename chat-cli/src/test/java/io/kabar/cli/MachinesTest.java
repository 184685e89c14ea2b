package io.kabar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.cli.connect.Target;
import io.kabar.cli.output.JsonLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What commands write for programs, and take from them, does not depend on the machine. */
class MachinesTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final Locale before = Locale.getDefault();

    @AfterEach
    void put_back() {
        Locale.setDefault(before);
    }

    private static List<String> written() {
        ChatEvent said = ChatEvent.of(
                RoomName.LOBBY,
                1_234_567,
                NOON,
                Author.of(UserName.of("ada")),
                new Content.Said("\u202E\u001B \u0130I", false));
        return List.of(
                JsonLines.event(said, EventOrigin.HISTORY),
                MessageId.of("a", "b").toString(),
                String.valueOf(Target.parse(List.of("KABAR://HOST:2120")).link()),
                String.valueOf(Target.parse(List.of("host:2120")).link()));
    }

    @Test
    void lines_for_programs_are_the_same_under_every_locale() {
        Locale.setDefault(Locale.ROOT);
        List<String> usual = written();
        for (Locale locale : Locale.getAvailableLocales()) {
            Locale.setDefault(locale);
            assertThat(written()).as("under %s", locale.toLanguageTag()).isEqualTo(usual);
        }
    }

    @Test
    void digits_of_other_scripts_are_no_port() {
        assertThatThrownBy(() -> Target.parse(List.of("host", "\u0662\u0661\u0662\u0660")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A port is a number");
        assertThatThrownBy(() -> Target.parse(List.of("host:\uFF12\uFF11\uFF12\uFF10")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void json_is_utf_8_whatever_the_terminal_is() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintWriter out = StandardOutput.to(bytes, Main.charset("tail", "host", "--json"));
        out.print("\u0627\uD83D\uDE00");
        out.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\u0627\uD83D\uDE00");
    }
}
