package io.kabar.chat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An invitation: where a server is, which key it has, and perhaps which room to enter. Written
 * {@code kabar://host[:port][/room][#KEY]}. With the key nobody can stand in for the server, not even at first contact.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port UDP port
 * @param room the room to enter
 * @param key the server's key; without it the first contact is taken on trust and remembered
 */
public record InviteLink(String host, int port, Optional<RoomName> room, Optional<ServerKey> key) {

    /** The scheme of a link. */
    public static final String SCHEME = "kabar";
    /** The port where none is named. */
    public static final int DEFAULT_PORT = 2120;

    /** Checks host and port. */
    public InviteLink {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("An invitation needs a host name or address.");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A port is a number from 1 to 65535.");
        }
    }

    /**
     * Parses a link.
     *
     * @throws IllegalArgumentException with one sentence that says what is wrong with it
     */
    public static InviteLink parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw notALink(e);
        }
        if (!SCHEME.equalsIgnoreCase(uri.getScheme()) || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw notALink(null);
        }
        String host = uri.getHost();
        int port = uri.getPort();
        if (host == null) {
            throw notALink(null);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        path = path.startsWith("/") ? path.substring(1) : path;
        String fragment = uri.getRawFragment();
        return new InviteLink(
                host,
                port == -1 ? DEFAULT_PORT : port,
                path.isEmpty()
                        ? Optional.empty()
                        : Optional.of(RoomName.of(URLDecoder.decode(path, StandardCharsets.UTF_8))),
                fragment == null || fragment.isEmpty() ? Optional.empty() : Optional.of(ServerKey.parse(fragment)));
    }

    /** A link to a host without key or room. */
    public static InviteLink to(String host, int port) {
        return new InviteLink(host, port, Optional.empty(), Optional.empty());
    }

    private static IllegalArgumentException notALink(@org.jspecify.annotations.Nullable Exception cause) {
        return new IllegalArgumentException("An invitation looks like kabar://host:port/room#KEY.", cause);
    }

    /** Where the server is, {@code host:port}. */
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The link as text, with the port always written. */
    @Override
    public String toString() {
        return SCHEME + "://" + address()
                + room.map(r -> "/" + URLEncoder.encode(r.text(), StandardCharsets.UTF_8))
                        .orElse("")
                + key.map(k -> "#" + k.text()).orElse("");
    }
}
