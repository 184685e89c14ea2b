package io.kabar.chat;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.HostName;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.internal.text.Percent;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An invitation: where a server is, which key it has, perhaps which room to enter, and perhaps a right to come in.
 * Written {@code kabar://host[:port][/room][#[KEY][.SECRET]]}. With the key nobody can stand in for the server, not
 * even at first contact. Whoever has a link with a secret may use it.
 *
 * @param host name, in ASCII, or address; an IPv6 address without brackets, perhaps with a zone, {@code fe80::1%eth0}
 * @param port UDP port
 * @param room the room to enter
 * @param key the server's key; without it the first contact is taken on trust and remembered
 * @param secret by which the server knows an invitation that was made, as letters, digits, '-' and '_'
 */
public record InviteLink(
        String host, int port, Optional<RoomName> room, Optional<ServerKey> key, Optional<String> secret) {

    /** The scheme of a link. */
    public static final String SCHEME = "kabar";

    private static final int LONGEST_SECRET = 86;

    /** The port where none is named. */
    public static final int DEFAULT_PORT = 2120;

    /** Checks host and port; the host may be written in letters of any script, and is kept as IDNA writes them. */
    public InviteLink {
        host = HostName.of(host);
        if (port < 1 || port > 65_535) {
            throw noPort(null);
        }
        if (secret.isPresent() && !isSecret(secret.get())) {
            throw notALink(null);
        }
    }

    /** A link without a right of its own. */
    public InviteLink(String host, int port, Optional<RoomName> room, Optional<ServerKey> key) {
        this(host, port, room, key, Optional.empty());
    }

    private static boolean isSecret(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_SECRET
                && Parts.areAll(
                        text,
                        c -> Parts.isDigit(c)
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || c == '-'
                                || c == '_');
    }

    /** The same link with the secret of an invitation, and for its room if it has one. */
    public InviteLink withSecret(byte[] bytes, Optional<RoomName> invitedTo) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new InviteLink(host, port, invitedTo, key, Optional.of(text));
    }

    /** The bytes of the secret; none if there is no secret, or it is none that any server has made. */
    public byte[] secretBytes() {
        try {
            return Base64.getUrlDecoder().decode(secret.orElse(""));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /**
     * Parses a link.
     *
     * @throws IllegalArgumentException with one sentence that says what is wrong with it
     */
    public static InviteLink parse(String text) {
        String rest = text.strip();
        int scheme = SCHEME.length();
        if (!rest.regionMatches(true, 0, SCHEME, 0, scheme) || !rest.startsWith("://", scheme)) {
            throw notALink(null);
        }
        rest = rest.substring(scheme + 3);
        int hash = rest.indexOf('#');
        String right = hash < 0 ? "" : rest.substring(hash + 1);
        int dot = right.indexOf('.');
        String key = dot < 0 ? right : right.substring(0, dot);
        rest = hash < 0 ? rest : rest.substring(0, hash);
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        if (rest.indexOf('?') >= 0 || authority.indexOf('@') >= 0) {
            throw notALink(null);
        }
        // Behind the bracket, for an IPv6 address is full of colons.
        int colon = authority.indexOf(':', authority.indexOf(']') + 1);
        return new InviteLink(
                host(colon < 0 ? authority : authority.substring(0, colon)),
                colon < 0 || colon == authority.length() - 1 ? DEFAULT_PORT : port(authority.substring(colon + 1)),
                path.isEmpty() ? Optional.empty() : Optional.of(RoomName.of(decoded(path))),
                key.isEmpty() ? Optional.empty() : Optional.of(ServerKey.parse(key)),
                dot < 0 ? Optional.empty() : Optional.of(right.substring(dot + 1)));
    }

    /** A zone may stand behind {@code %25} (RFC 6874), and behind the bare percent sign that people copy. */
    private static String host(String text) {
        int percent = text.indexOf('%');
        boolean encoded =
                text.startsWith("%25", percent) && !text.substring(percent).equals("%25]");
        return text.startsWith("[") && percent >= 0 && !encoded ? text : decoded(text);
    }

    private static String decoded(String text) {
        try {
            return Percent.decode(text);
        } catch (IllegalArgumentException e) {
            throw notALink(e);
        }
    }

    private static int port(String text) {
        try {
            return Digits.parseInt(text);
        } catch (NumberFormatException e) {
            throw noPort(e);
        }
    }

    private static IllegalArgumentException noPort(@Nullable Exception cause) {
        return new IllegalArgumentException("A port is a number from 1 to 65535.", cause);
    }

    /** A link to a host without key or room. */
    public static InviteLink to(String host, int port) {
        return new InviteLink(host, port, Optional.empty(), Optional.empty());
    }

    private static IllegalArgumentException notALink(@Nullable Exception cause) {
        return new IllegalArgumentException("An invitation looks like kabar://host:port/room#KEY.", cause);
    }

    /** Where the server is, {@code host:port}; as a person types it, with a zone behind a bare percent sign. */
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The link as text, with the port always written. */
    @Override
    public String toString() {
        return SCHEME + "://" + address().replace("%", "%25")
                + room.map(r -> "/" + Percent.encode(r.text())).orElse("")
                + (key.isPresent() || secret.isPresent() ? "#" : "")
                + key.map(ServerKey::text).orElse("")
                + secret.map(s -> "." + s).orElse("");
    }
}
