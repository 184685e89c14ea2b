package io.kabar.cli.connect;

import io.kabar.chat.InviteLink;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.text.Digits;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which server to go to.
 *
 * @param link the link, or what was given of it
 * @param localPort UDP port to use on this side; 0 for any
 */
public record Target(InviteLink link, int localPort) {

    /** What a server may listen on, and nobody can connect to. */
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0", "*");

    /**
     * Understands {@code LINK}, or {@code HOST [PORT [LOCAL_PORT]]} where a host may be {@code HOST:PORT} too.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Target parse(List<String> words) {
        String first = words.get(0).strip();
        if (first.regionMatches(true, 0, InviteLink.SCHEME + ":", 0, InviteLink.SCHEME.length() + 1)) {
            if (words.size() > 1) {
                throw new IllegalArgumentException("After a link there is no port to give; the link names it.");
            }
            return new Target(checked(link(first)), 0);
        }
        int port = words.size() > 1 ? port(words.get(1), 1) : 0;
        int localPort = words.size() > 2 ? port(words.get(2), 0) : 0;
        return new Target(checked(host(first, port)), localPort);
    }

    /** The room to enter when none is asked for. */
    public RoomName room() {
        return link.room().orElse(RoomName.LOBBY);
    }

    /**
     * The room to enter.
     *
     * @param asked the one that is asked for; null if none is
     * @throws IllegalArgumentException if it is no name of a room
     */
    public RoomName room(@Nullable String asked) {
        return asked == null ? room() : RoomName.of(asked);
    }

    private static InviteLink link(String text) {
        if (namesNoHost(text.substring(InviteLink.SCHEME.length() + 1))) {
            throw new IllegalArgumentException(
                    "The link names no host; it looks like kabar://HOST:PORT#KEY, with the server's name or address.");
        }
        return InviteLink.parse(text);
    }

    /** {@code rest} is what stands behind the scheme. */
    private static boolean namesNoHost(String rest) {
        return rest.isEmpty() || rest.equals("//") || (rest.startsWith("//") && ":/#?".indexOf(rest.charAt(2)) >= 0);
    }

    private static InviteLink host(String text, int port) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean bareIpv6 = !bracketed && text.indexOf(':') != colon;
        if (text.isEmpty() || (text.startsWith(":") && !bareIpv6)) {
            throw new IllegalArgumentException("There is no host to connect to; give the server's name or address.");
        }
        boolean ownPort = !bareIpv6 && colon > text.indexOf(']');
        if (ownPort && port != 0) {
            throw new IllegalArgumentException("The port is given twice.");
        }
        String name = ownPort ? text.substring(0, colon) : text;
        int chosen = ownPort ? port(text.substring(colon + 1), 1) : port == 0 ? InviteLink.DEFAULT_PORT : port;
        int from = name.startsWith("[") ? 1 : 0;
        int to = name.length() > from && name.endsWith("]") ? name.length() - 1 : name.length();
        return InviteLink.to(name.substring(from, to), chosen);
    }

    private static int port(String text, int lowest) {
        int port;
        try {
            port = Digits.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A port is a number from 1 to 65535, not " + text + ".", e);
        }
        if (port < lowest || port > 65_535) {
            throw new IllegalArgumentException("A port is a number from 1 to 65535, not " + text + ".");
        }
        return port;
    }

    private static InviteLink checked(InviteLink link) {
        if (WILDCARDS.contains(link.host())) {
            throw new IllegalArgumentException(link.host()
                    + " is where a server listens, not where it can be reached; use its name or address, or "
                    + "127.0.0.1 on the same machine.");
        }
        return link;
    }
}
