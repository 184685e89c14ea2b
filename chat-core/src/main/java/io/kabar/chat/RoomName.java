package io.kabar.chat;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The name of a room, or of the direct conversation of two users.
 *
 * <p>A room's name has 1 to 64 characters without spaces, control characters, {@code /}, {@code #} or {@code @}; a
 * leading {@code #} is how people write it and is dropped. Case does not matter, so names are kept in lower case. A
 * direct conversation is the room {@code @ada@bob}: nobody but the two may enter it, and it needs no invitation.
 *
 * @param text the name in its kept form
 */
public record RoomName(String text) implements Comparable<RoomName> {

    /** Longest name in code points. */
    public static final int MAX_CODE_POINTS = 64;
    /** Longest name in UTF-8 bytes: 64 code points, or two user names of 64 bytes and their marks. */
    public static final int MAX_BYTES = 192;

    private static final char DIRECT = '@';

    /** The room everybody lands in when no other is named. */
    public static final RoomName LOBBY = new RoomName("lobby");

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException with one sentence a person can act on
     */
    public RoomName {
        text = fold(text);
        if (!text.isEmpty() && text.charAt(0) == DIRECT) {
            String[] users = text.substring(1).split("@", -1);
            if (users.length != 2 || !text.equals(directText(new UserName(users[0]), new UserName(users[1])))) {
                throw new IllegalArgumentException("A direct conversation is named @ada@bob.");
            }
        } else {
            NameRules.requireLength("A room name", text, MAX_CODE_POINTS, MAX_BYTES);
            if (!text.codePoints().allMatch(RoomName::allowed)) {
                throw new IllegalArgumentException(
                        "A room name must not hold spaces, control characters, '/', '#' or '@'.");
            }
        }
    }

    /**
     * Parses a room name as typed, with or without the leading {@code #}.
     *
     * @throws IllegalArgumentException with one sentence a person can act on
     */
    public static RoomName of(String text) {
        String name = text.strip();
        return new RoomName(name.startsWith("#") ? name.substring(1) : name);
    }

    /** The direct conversation of two users; the order of the two does not matter. */
    public static RoomName direct(UserName one, UserName other) {
        return new RoomName(directText(one, other));
    }

    /** Whether this is a direct conversation. */
    public boolean isDirect() {
        return text.charAt(0) == DIRECT;
    }

    /** Whether this is a direct conversation that {@code user} takes part in. */
    public boolean isDirectWith(UserName user) {
        return isDirect() && (first().equals(user) || second().equals(user));
    }

    /**
     * The other side of a direct conversation.
     *
     * @throws IllegalStateException if this is no direct conversation of {@code self}
     */
    public UserName partnerOf(UserName self) {
        if (!isDirectWith(self)) {
            throw new IllegalStateException(text + " is no direct conversation of " + self);
        }
        return first().equals(self) ? second() : first();
    }

    private UserName first() {
        return new UserName(text.substring(1, text.indexOf(DIRECT, 1)));
    }

    private UserName second() {
        return new UserName(text.substring(text.indexOf(DIRECT, 1) + 1));
    }

    private static String directText(UserName one, UserName other) {
        if (one.equals(other)) {
            throw new IllegalArgumentException("A direct conversation needs two people.");
        }
        boolean inOrder = one.key().compareTo(other.key()) < 0;
        String a = fold(one.text());
        String b = fold(other.text());
        return inOrder ? DIRECT + a + DIRECT + b : DIRECT + b + DIRECT + a;
    }

    private static String fold(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static boolean allowed(int codePoint) {
        return !Character.isISOControl(codePoint)
                && !Character.isWhitespace(codePoint)
                && !Character.isSpaceChar(codePoint)
                && Character.getType(codePoint) != Character.FORMAT
                && Character.getType(codePoint) != Character.SURROGATE
                && codePoint != '/'
                && codePoint != '#'
                && codePoint != DIRECT;
    }

    @Override
    public int compareTo(RoomName other) {
        return text.compareTo(other.text);
    }

    /** As people write it: {@code #lobby}, or {@code @ada@bob}. */
    @Override
    public String toString() {
        return isDirect() ? text : "#" + text;
    }
}
