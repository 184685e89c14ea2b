package io.kabar.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.cli.command.Environment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineFormatTest {

    private static final Instant TIME = Instant.parse("2026-06-08T09:31:00Z");
    private static final UserName TAM = UserName.of("tam");

    private final LineFormat format = new LineFormat(new Paint(false), ZoneOffset.UTC, TIME);

    @Test
    void lines_look_as_people_know_them() {
        assertThat(format.said(TIME, "#lobby", TAM, "tam", "hello", false, "")).isEqualTo("[09:31] #lobby tam: hello");
        assertThat(format.said(TIME, "#lobby", TAM, "tam", "waves", true, "")).isEqualTo("[09:31] #lobby * tam waves");
        assertThat(format.said(TIME, "#lobby", TAM, "you", "on it", false, "accepted #7"))
                .isEqualTo("[09:31] #lobby you: on it   (accepted #7)");
        assertThat(format.notice("live")).isEqualTo("-- live");
    }

    @Test
    void history_is_faint_as_a_whole_and_told_by_its_place_where_there_are_no_colours() {
        LineFormat colours = new LineFormat(new Paint(true), ZoneOffset.UTC, TIME);
        assertThat(colours.history(TIME, "#lobby", "tam", "hello", false))
                .isEqualTo("\u001b[2m[09:31] #lobby tam: hello\u001b[0m");
        assertThat(format.history(TIME, "#lobby", "tam", "waves", true)).isEqualTo("[09:31] #lobby * tam waves");
    }

    @Test
    void nobodys_words_can_pass_for_a_line_of_their_own() {
        assertThat(format.said(TIME, "#lobby", TAM, "tam", "a\n[09:31] #lobby ada: I quit\n", false, ""))
                .isEqualTo("[09:31] #lobby tam: a\n        [09:31] #lobby ada: I quit");
    }

    @Test
    void another_day_is_told_once() {
        Instant next = TIME.plusSeconds(86_400);
        assertThat(format.said(next, "#l", TAM, "tam", "a", false, ""))
                .isEqualTo("-- Tuesday 9 June 2026\n[09:31] #l tam: a");
        assertThat(format.said(next, "#l", TAM, "tam", "b", false, "")).isEqualTo("[09:31] #l tam: b");
    }

    @Test
    void events_without_a_model_are_safe_to_print() {
        assertThat(EventText.of(
                        ChatEvent.of(RoomName.LOBBY, 1, TIME, Author.of(TAM), new Content.Said("a\u001bb", false)),
                        format))
                .isEqualTo("[09:31] #lobby tam: a␛b");
        assertThat(EventText.of(ChatEvent.of(RoomName.LOBBY, 1, TIME, Author.of(TAM), new Content.Joined()), format))
                .isEqualTo("-- #lobby: tam joined");
        assertThat(EventText.of(
                        ChatEvent.of(RoomName.LOBBY, 1, TIME, Author.of(TAM), new Content.Left("\u001bx")), format))
                .isEqualTo("-- #lobby: tam left: ␛x");
        assertThat(EventText.of(
                        ChatEvent.of(RoomName.LOBBY, 1, TIME, Author.of(TAM), new Content.Topic("x\ny")), format))
                .isEqualTo("-- #lobby: tam set the topic: x ⏎ y");
    }

    @Test
    void colours_when_wanted_only() {
        Environment pipe = environment(false, Map.of());
        Environment terminal = environment(true, Map.of("TERM", "xterm"));
        assertThat(ColorMode.AUTO.paint(pipe).on()).isFalse();
        assertThat(ColorMode.AUTO.paint(terminal).on()).isTrue();
        assertThat(ColorMode.AUTO
                        .paint(environment(true, Map.of("NO_COLOR", "1")))
                        .on())
                .isFalse();
        assertThat(ColorMode.AUTO
                        .paint(environment(true, Map.of("TERM", "dumb")))
                        .on())
                .isFalse();
        assertThat(ColorMode.ALWAYS.paint(pipe).on()).isTrue();
        assertThat(ColorMode.NEVER.paint(terminal).on()).isFalse();
        assertThat(new Paint(true).bold("x")).isEqualTo("\u001b[1mx\u001b[0m");
    }

    private static Environment environment(boolean terminal, Map<String, String> variables) {
        return new Environment(
                java.io.InputStream.nullInputStream(),
                terminal,
                variables,
                UserFolders::ofThisUser,
                ZoneOffset.UTC,
                task -> {});
    }
}
