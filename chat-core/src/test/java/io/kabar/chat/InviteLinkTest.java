package io.kabar.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.client.KnownServers;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteLinkTest {

    private static final String KEY = "A".repeat(43);

    @ParameterizedTest
    @CsvSource({
        "kabar://my_host:4000, my_host:4000",
        "kabar://_chat._udp.example, _chat._udp.example:2120",
        "kabar://m\u00fcnchen.example:4000, xn--mnchen-3ya.example:4000",
        "kabar://mu\u0308nchen.example:4000, xn--mnchen-3ya.example:4000",
        "kabar://M\u00dcNCHEN.example:4000, xn--mnchen-3ya.example:4000",
        "kabar://m%C3%BCnchen.example, xn--mnchen-3ya.example:2120",
        "kabar://xn--mnchen-3ya.example, xn--mnchen-3ya.example:2120",
        "kabar://\u4f8b\u3048\u3002jp, xn--r8jz45g.jp:2120",
        "kabar://\u0645\u062b\u0627\u0644.example, xn--mgbh0fb.example:2120",
        "kabar://host., host.:2120",
        "kabar://a-b.c-d:1/, a-b.c-d:1",
        "kabar://127.0.0.1, 127.0.0.1:2120",
        "kabar://[::1], [::1]:2120",
        "kabar://[2001:db8::7]:65535, [2001:db8::7]:65535",
        "kabar://[::ffff:10.0.0.1], [::ffff:10.0.0.1]:2120",
        "kabar://[fe80::1%25eth0]:4000, [fe80::1%eth0]:4000",
        "kabar://[fe80::1%eth0]:4000, [fe80::1%eth0]:4000",
        "kabar://[fe80::1%25br-lan.5], [fe80::1%br-lan.5]:2120",
        "kabar://[fe80::1%25], [fe80::1%25]:2120",
        "kabar://[fe80::1%2525], [fe80::1%25]:2120",
        "KABAR://host:, host:2120",
    })
    void hosts_of_every_kind(String link, String address) {
        assertThat(InviteLink.parse(link).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kabar://h/c++",
                "kabar://h/c%2B%2B",
                "kabar://h/c%2b%2b",
            })
    void a_plus_in_a_room_is_a_plus(String link) {
        assertThat(InviteLink.parse(link).room()).contains(RoomName.of("c++"));
        assertThat(InviteLink.parse(InviteLink.parse(link).toString()).room()).contains(RoomName.of("c++"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kabar:",
                "kabar:host",
                "kabar:/host",
                "kabar://",
                "kabar:///room",
                "kabar://:2120",
                "kabar://#key",
                "kabar://h?x",
                "kabar://me@h",
                "kabar://h:0",
                "kabar://h:65536",
                "kabar://h:99999999999",
                "kabar://h:-1",
                "kabar://h:+1",
                "kabar://h:x",
                "kabar://h:1:2",
                "kabar://a..b",
                "kabar://.",
                "kabar://.a",
                "kabar://a b",
                "kabar://a\u0000b",
                "kabar://a,b",
                "kabar://%",
                "kabar://%zz",
                "kabar://%ff",
                "kabar://[::1",
                "kabar://[::1]x",
                "kabar://[]",
                "kabar://[h]",
                "kabar://[1::2::3]",
                "kabar://[1:2:3:4:5:6:7:8:9]",
                "kabar://[1:2:3]",
                "kabar://[:1]",
                "kabar://[1:]",
                "kabar://[::1.2.3]",
                "kabar://[::1.2.3.256]",
                "kabar://[::g]",
                "kabar://[fe80::1%25a b]",
                "kabar://[fe80::1%25]x]",
                "kabar://::1",
                "kabar://h/a b",
                "kabar://h/%",
                "kabar://h/%C3",
                "kabar://h#short",
                "http://h",
                "xkabar://h",
            })
    void what_is_no_link_is_refused_in_a_sentence(String text) {
        assertThatThrownBy(() -> InviteLink.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("(?s)[A-Z].*\\.");
    }

    @Test
    void hosts_that_are_too_long_are_refused_and_no_longer_ones_keep_anybody_busy() {
        assertThat(InviteLink.parse("kabar://" + "a".repeat(63) + ".b").host()).hasSize(65);
        for (String host : new String[] {
            "a".repeat(64), "\u00fc".repeat(63), "a.".repeat(128), "\u00fc".repeat(1_000_000), "a".repeat(1_000_000)
        }) {
            assertThatThrownBy(() -> InviteLink.parse("kabar://" + host)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String letters(SplittableRandom random, String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        int[] letters = alphabet.codePoints().toArray();
        int length = 1 + random.nextInt(most);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private static String host(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> letters(random, "aZ09_-", 20) + "." + letters(random, "abcxyz", 10);
            case 1 -> letters(random, "a\u00fc\u00df\u4f8b\u03c3\u0431", 8);
            case 2 -> random.nextInt(256) + "." + random.nextInt(256) + ".0.1";
            case 3 -> "fe80::" + Integer.toHexString(random.nextInt(65_536)) + "%" + letters(random, "eth0.25-_~", 8);
            default -> "2001:db8::" + Integer.toHexString(random.nextInt(65_536));
        };
    }

    /** Whatever can be printed can be pasted, and is the same server then. */
    @Test
    void every_link_that_is_printed_is_read_as_what_it_was() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 20_000; i++) {
            String host = host(random);
            Optional<RoomName> room = random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(RoomName.of("r" + letters(random, "ab+%&=~*'()!$;:.-_\u00fc\u4f8b", 10) + "r"));
            InviteLink link = new InviteLink(
                    host,
                    1 + random.nextInt(65_535),
                    room,
                    random.nextBoolean() ? Optional.empty() : Optional.of(ServerKey.parse(KEY)));
            String printed = link.toString();
            assertThat(printed).matches("[!-~]+");
            assertThat(InviteLink.parse(printed)).isEqualTo(link).hasToString(printed);
            assertThat(KnownServers.form(link.address()))
                    .isEqualTo(KnownServers.form(InviteLink.parse(printed).address()));
        }
    }

    @Test
    void a_server_is_known_by_one_name_however_its_host_is_written() {
        for (String host : new String[] {"m\u00fcnchen.example", "M\u00dcNCHEN.EXAMPLE.", "mu\u0308nchen.example"}) {
            assertThat(KnownServers.form(host + ":2120")).isEqualTo("xn--mnchen-3ya.example:2120");
            assertThat(KnownServers.form(InviteLink.to(host, 2120).address())).isEqualTo("xn--mnchen-3ya.example:2120");
        }
    }
}
