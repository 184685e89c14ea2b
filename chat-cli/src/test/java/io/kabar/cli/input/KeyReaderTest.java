package io.kabar.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyReaderTest {

    private static final String ESC = "\u001b";

    /** What is read of what a terminal sends in one piece; behind it nothing comes for a while, and then the end. */
    private static List<String> keys(String sent) throws IOException {
        int[] at = {0};
        boolean[] paused = {false};
        KeyReader reader = new KeyReader(millis -> {
            if (at[0] < sent.length()) {
                return sent.charAt(at[0]++);
            }
            if (millis > 0 && !paused[0]) {
                paused[0] = true;
                return -2;
            }
            return -1;
        });
        List<String> keys = new ArrayList<>();
        for (Optional<Key> key = reader.next(); key.isPresent(); key = reader.next()) {
            Key read = key.get();
            if (read instanceof Key.Text text) {
                keys.add("'" + text.text() + "'");
            } else if (read instanceof Key.Pasted pasted) {
                keys.add("paste '" + pasted.text() + "'");
            } else if (read instanceof Key.Named named) {
                keys.add(named.name());
            }
        }
        return keys;
    }

    @Test
    void characters_are_written_and_control_characters_are_keys() throws IOException {
        assertThat(keys("aé日\uD83D\uDE00")).containsExactly("'a'", "'é'", "'日'", "'\uD83D\uDE00'");
        assertThat(keys("\u0001\u001a\t\r\n\u007f\b\u0000"))
                .containsExactly("ctrl+a", "ctrl+z", "tab", "enter", "ctrl+j", "backspace", "backspace", "ctrl+space");
    }

    @Test
    void keys_have_one_name_however_a_terminal_says_them() throws IOException {
        assertThat(keys(ESC + "[A" + ESC + "OA" + ESC + "[H" + ESC + "[1~" + ESC + "[7~" + ESC + "OH"))
                .containsExactly("up", "up", "home", "home", "home", "home");
        assertThat(keys(ESC + "[F" + ESC + "[4~" + ESC + "[8~" + ESC + "[5~" + ESC + "[6~" + ESC + "[3~"))
                .containsExactly("end", "end", "end", "pageup", "pagedown", "delete");
        assertThat(keys(ESC + "OP" + ESC + "[11~" + ESC + "[[A" + ESC + "[18~" + ESC + "[19~"))
                .containsExactly("f1", "f1", "f1", "f7", "f8");
    }

    @Test
    void modifiers_are_part_of_the_name() throws IOException {
        assertThat(keys(ESC + "[1;2A" + ESC + "[1;3A" + ESC + "[1;5C" + ESC + "[1;7H" + ESC + "[Z" + ESC + ESC + "[B"))
                .containsExactly("shift+up", "alt+up", "ctrl+right", "ctrl+alt+home", "shift+tab", "alt+down");
        assertThat(keys(ESC + "a" + ESC + "1" + ESC + "\r" + ESC + "\u007f"))
                .containsExactly("alt+a", "alt+1", "alt+enter", "alt+backspace");
    }

    @Test
    void an_escape_alone_is_a_key() throws IOException {
        assertThat(keys(ESC)).containsExactly("esc");
    }

    @Test
    void what_nobody_knows_is_swallowed_as_a_whole() throws IOException {
        assertThat(keys(ESC + "[99;99~" + "a")).containsExactly("unknown", "'a'");
        assertThat(keys(ESC + "[?1;2c" + "a")).containsExactly("unknown", "'a'");
        assertThat(keys(ESC + "]11;rgb:0000/0000/0000" + ESC + "\\" + "a")).containsExactly("'a'");
        assertThat(keys(ESC + "P1$r0m" + ESC + "\\" + "a")).containsExactly("'a'");
    }

    @Test
    void what_is_pasted_is_one_piece_whatever_is_in_it() throws IOException {
        assertThat(keys(ESC + "[200~one\r\ntwo\r" + ESC + "[A three" + ESC + "[201~" + "x"))
                .containsExactly("paste 'one\ntwo\n" + ESC + "[A three'", "'x'");
        assertThat(keys(ESC + "[200~" + ESC + ESC + "[201~")).containsExactly("paste '" + ESC + "'");
    }

    @Test
    void the_window_and_the_wheel_are_keys() throws IOException {
        assertThat(keys(ESC + "[I" + ESC + "[O" + ESC + "[<64;10;5M" + ESC + "[<65;10;5M" + ESC + "[<0;1;1M"))
                .containsExactly("focus", "blur", "wheel-up", "wheel-down");
    }

    @Test
    void any_bytes_come_to_an_end() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            StringBuilder sent = new StringBuilder();
            for (int j = 0; j < 40; j++) {
                sent.append(random.nextInt(4) == 0 ? '\u001b' : (char) random.nextInt(0x90));
            }
            assertThat(keys(sent.toString())).isNotNull();
        }
    }
}
