package io.kabar.swing.connect;

import io.kabar.chat.InviteLink;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;

/**
 * What the connect view asks for, checked.
 *
 * @param server where to go, with the key and room if it came as an invitation
 * @param name who to be there
 * @param password empty for an open server
 * @param restore what to read on entering
 */
public record ConnectRequest(InviteLink server, UserName name, String password, RestoreChoice restore) {

    /**
     * Reads the fields of the view as they were typed.
     *
     * @throws Incomplete with a sentence and the field it is about
     */
    public static ConnectRequest of(String server, String port, String name, String password, RestoreChoice restore) {
        InviteLink link;
        try {
            link = isLink(server) ? InviteLink.parse(server) : address(server.strip(), port.strip());
        } catch (IllegalArgumentException e) {
            throw new Incomplete(e instanceof BadPort ? Field.PORT : Field.SERVER, sentence(e));
        }
        try {
            return new ConnectRequest(link, UserName.of(name), password, restore);
        } catch (IllegalArgumentException e) {
            throw new Incomplete(Field.NAME, name.isBlank() ? "Choose a name to be known by." : sentence(e));
        }
    }

    /** Whether this is an invitation, which brings its own port. */
    public static boolean isLink(String server) {
        return server.strip().toLowerCase(java.util.Locale.ROOT).startsWith(InviteLink.SCHEME + ":");
    }

    /** Whether what was typed for the server says the port, too. */
    static boolean bringsPort(String server) {
        return isLink(server) || hasPort(server.strip());
    }

    public RoomName room() {
        return server.room().orElse(RoomName.LOBBY);
    }

    private static InviteLink address(String host, String port) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("Give the server's address, or paste an invitation.");
        }
        if (hasPort(host)) {
            int colon = host.lastIndexOf(':');
            return address(host.substring(0, colon), host.substring(colon + 1));
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("An address has no spaces in it.");
        }
        return InviteLink.to(bracketed ? host.substring(1, host.length() - 1) : host, port(port));
    }

    /** "name:port" is what people type; an IPv6 address has more than one colon. */
    private static boolean hasPort(String host) {
        int colon = host.lastIndexOf(':');
        return !host.endsWith("]") && colon > 0 && (host.indexOf(':') == colon || host.charAt(colon - 1) == ']');
    }

    private static int port(String text) {
        if (text.isEmpty()) {
            return InviteLink.DEFAULT_PORT;
        }
        try {
            int port = Digits.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadPort();
    }

    private static String sentence(IllegalArgumentException e) {
        return e.getMessage() == null ? "That cannot be used." : e.getMessage();
    }

    /** Says nothing of the password. */
    @Override
    public String toString() {
        return "ConnectRequest[" + name + " at " + server.address() + "]";
    }

    public enum Field {
        SERVER,
        PORT,
        NAME,
        PASSWORD
    }

    private static final class BadPort extends IllegalArgumentException {
        BadPort() {
            super("A port is a number from 1 to 65535.");
        }
    }

    /** A field cannot be used as it is; the message says why, for a person. */
    static final class Incomplete extends IllegalArgumentException {
        private final Field field;

        Incomplete(Field field, String sentence) {
            super(sentence);
            this.field = field;
        }

        Field field() {
            return field;
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }
}
