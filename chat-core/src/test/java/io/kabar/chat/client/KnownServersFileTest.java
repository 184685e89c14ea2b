package io.kabar.chat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownServersFileTest {

    private static final String ADA = "Chat.Example.org:2120";
    private static final String ZOE = "[fe80::1%eth0]:2121";
    private static final ServerKey KEY = key(7);
    private static final ServerKey OTHER = key(8);

    @TempDir
    Path folder;

    private Path file;
    private KnownServersFile servers;

    @BeforeEach
    void open() {
        file = folder.resolve("known_servers");
        servers = new KnownServersFile(file);
    }

    private static ServerKey key(int fill) {
        byte[] bytes = new byte[ServerKey.LENGTH];
        Arrays.fill(bytes, (byte) fill);
        return ServerKey.of(bytes);
    }

    /** What must not be: first contact with a server that stood there. */
    private static void isKnownOrRefused(String address, ServerKey key, byte[] saved) {
        Optional<ServerKey> found;
        try {
            found = KnownServersFile.find(saved, address);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(found).as(new String(saved, StandardCharsets.UTF_8)).contains(key);
    }

    @Test
    void no_single_damaged_byte_makes_a_known_server_a_stranger() throws IOException {
        servers.remember("first.example:2120", OTHER);
        servers.remember(ADA, KEY);
        servers.remember(ZOE, OTHER);
        byte[] whole = Files.readAllBytes(file);
        byte[] values =
                "\0\t\n\r #.:[]-_09azAZ~\u007f\u0080\u00a0\u00c3\u00fe\u00ff".getBytes(StandardCharsets.ISO_8859_1);

        for (int at = 0; at < whole.length; at++) {
            for (int i = 0; i < values.length + 8; i++) {
                byte[] damaged = whole.clone();
                damaged[at] = i < 8 ? (byte) (whole[at] ^ 1 << i) : values[i - 8];
                isKnownOrRefused(ADA, KEY, damaged);
                isKnownOrRefused(ZOE, OTHER, damaged);
            }
            byte[] shorter = Arrays.copyOf(whole, whole.length - 1);
            System.arraycopy(whole, at + 1, shorter, at, whole.length - at - 1);
            isKnownOrRefused(ADA, KEY, shorter);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1", "windows-1252", "windows-31j"
            })
    void no_editor_makes_a_known_server_a_stranger(String charset) {
        for (String mark : new String[] {"", "\uFEFF"}) {
            for (String end : new String[] {"\n", "\r\n", "\r"}) {
                for (String last : new String[] {end, "", " " + end, "\t"}) {
                    for (String first : new String[] {"", "# mine" + end, "# für mich" + end, end}) {
                        String text = mark + first + ADA + " " + KEY.text() + last;
                        isKnownOrRefused(ADA, KEY, text.getBytes(Charset.forName(charset)));
                    }
                }
            }
        }
    }

    @Test
    void a_byte_order_mark_and_windows_lines_are_read() throws IOException {
        Files.writeString(
                file, "\uFEFF" + ADA + " " + KEY.text() + "\r\n\r\n# a remark\r\n" + ZOE + "  " + OTHER.text());

        assertThat(servers.find(ADA)).contains(KEY);
        assertThat(servers.find(ZOE)).contains(OTHER);
        assertThat(servers.find("other.example:2120")).isEmpty();
    }

    @Test
    void hosts_are_compared_without_case() {
        servers.remember(ADA, KEY);
        KnownServers memory = KnownServers.inMemory();
        memory.remember(ADA, KEY);

        for (String spelling :
                new String[] {"chat.example.org:2120", "CHAT.EXAMPLE.ORG:2120", "chat.example.org.:2120"}) {
            assertThat(servers.find(spelling)).contains(KEY);
            assertThat(memory.find(spelling)).contains(KEY);
        }
        assertThat(servers.find("chat.example.org:2121")).isEmpty();
    }

    @Test
    void a_line_that_is_not_understood_keeps_strangers_away_and_nobody_who_is_known() throws IOException {
        servers.remember(ADA, KEY);
        Files.writeString(file, Files.readString(file) + "chat.exmple.org 2120 " + KEY.text() + "\n");

        assertThat(servers.find(ADA)).contains(KEY);
        assertThatThrownBy(() -> servers.find("new.example:2120"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void a_first_contact_beside_a_line_without_a_check_that_is_nearly_its_address_is_told() throws IOException {
        String line = "chat.example.org:2120 " + KEY.text();
        for (int at = 0; at < "chat.example.org:2120".length(); at++) {
            for (String changed : new String[] {
                line.substring(0, at) + "0" + line.substring(at + 1),
                line.substring(0, at) + line.substring(at + 1),
                line.substring(0, at) + "9" + line.substring(at),
                line.substring(0, at) + line.charAt(at + 1) + line.charAt(at) + line.substring(at + 2)
            }) {
                Files.writeString(file, changed + "\n");
                Optional<ServerKey> found;
                try {
                    found = servers.find(ADA);
                } catch (UncheckedIOException e) {
                    continue; // no line at all: refused
                }
                if (found.isEmpty()) {
                    assertThat(servers.remark(ADA, OTHER))
                            .as(changed)
                            .hasValueSatisfying(sentence ->
                                    assertThat(sentence).contains("Line 1", file.toString(), "chat.example.org:2120"));
                    assertThat(servers.remark(ADA, KEY))
                            .as(changed)
                            .hasValueSatisfying(
                                    sentence -> assertThat(sentence).startsWith("This key is known already"));
                } else {
                    assertThat(found).as(changed).contains(KEY);
                }
            }
        }
    }

    @Test
    void a_first_contact_with_a_server_like_no_other_is_only_that() throws IOException {
        servers.remember("chat.example.org:2121", KEY);
        Files.writeString(file, Files.readString(file) + "other.example:2120 " + KEY.text() + "\n");

        assertThat(servers.remark(ADA, OTHER)).isEmpty();
        assertThat(KnownServers.inMemory().remark(ADA, OTHER)).isEmpty();
    }

    @Test
    void two_keys_for_one_server_are_told() throws IOException {
        Files.writeString(file, ADA + " " + KEY.text() + "\n" + ADA + " " + OTHER.text() + "\n");

        assertThatThrownBy(() -> servers.find(ADA)).hasMessageContaining("line 2 has another key");
    }

    @Test
    void what_is_remembered_begins_a_line_of_its_own() throws IOException {
        Files.writeString(file, ZOE + " " + OTHER.text()); // as an editor leaves it that ends no last line

        servers.remember(ADA, KEY);

        assertThat(servers.find(ADA)).contains(KEY);
        assertThat(servers.find(ZOE)).contains(OTHER);
    }

    @Test
    void nothing_is_added_to_a_file_that_nobody_can_read() throws IOException {
        byte[] other = (ZOE + "\n").getBytes(StandardCharsets.UTF_16);
        Files.write(file, other);

        assertThatThrownBy(() -> servers.remember(ADA, KEY)).isInstanceOf(UncheckedIOException.class);
        assertThat(file).hasBinaryContent(other);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_link_to_nowhere_is_not_an_empty_file() throws IOException {
        Files.createSymbolicLink(file, folder.resolve("gone"));

        assertThatThrownBy(() -> servers.find(ADA)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void no_file_knows_nobody() {
        assertThat(servers.find(ADA)).isEmpty();
    }
}
