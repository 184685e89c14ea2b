package io.kabar.chat;

import io.kabar.chat.internal.names.NameRules;
import io.kabar.chat.internal.names.NameTable;
import java.util.Optional;
import java.util.Set;

/**
 * The name of a room, or of the direct conversation of two users.
 *
 * <p>A room's name has at most 64 characters, is kept in lower case, and obeys the rules of
 * {@link UserName names of users}, but that the visible signs of ASCII other than {@code /}, {@code #} and {@code @}
 * may stand in it; a leading {@code #} is how people write it and is dropped. A direct conversation is the room
 * {@code @ada@bob}: nobody but the two may enter it, and it needs no invitation.
 *
 * <p>Which room a name means is for the server to say: it answers with the room's own name, which may be written
 * otherwise.
 *
 * @param text the name; taken as it is, see {@link #of} for what people type and {@link #parse} for a new one
 */
public record RoomName(String text) implements Name, Comparable<RoomName> {

    /** Longest name in code points. */
    public static final int MAX_CODE_POINTS = 64;
    /** Longest name in UTF-8 bytes: 64 code points, or two user names of 64 bytes and their marks. */
    public static final int MAX_BYTES = 192;

    private static final char DIRECT = '@';

    /** The room everybody lands in when no other is named. */
    public static final RoomName LOBBY = new RoomName("lobby");

    /** The room of those who keep order on the whole server: it says there what was done. */
    public static final RoomName STAFF = new RoomName("staff");

    /**
     * A name that was judged before: out of a log, or over the wire.
     *
     * @throws IllegalArgumentException with one sentence, if it is empty, too long, or no text
     */
    public RoomName {
        if (!text.isEmpty() && text.charAt(0) == DIRECT) {
            int second = text.indexOf(DIRECT, 1);
            if (second < 0) {
                throw new IllegalArgumentException("A direct conversation is named @ada@bob.");
            }
            requireTwo(new UserName(text.substring(1, second)), new UserName(text.substring(second + 1)));
        } else {
            NameRules.requireBounds("A room name", text, MAX_CODE_POINTS, MAX_BYTES);
            int stray = NameRules.firstNot(text, RoomName::isPossible);
            if (stray >= 0) {
                throw new IllegalArgumentException("A room name must not hold spaces, control characters, '/', '#' or "
                        + "'@': " + NameRules.describe(stray) + ".");
            }
        }
    }

    /**
     * A room name as typed, with or without the leading {@code #}, in form NFKC and in lower case. Whether there may be
     * such a room is for the server to say.
     *
     * @throws IllegalArgumentException with one sentence a person can act on, if it cannot be one
     */
    public static RoomName of(String text) {
        String name = text.strip();
        return new RoomName(NameTable.lower(name.startsWith("#") ? name.substring(1) : name));
    }

    /**
     * The name of a new room: judged here, once.
     *
     * @throws IllegalArgumentException with one sentence a person can act on, which names the character that is wrong
     */
    public static RoomName parse(String text) {
        RoomName name = of(text);
        name.objection().ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        return name;
    }

    /** The direct conversation of two users; the order of the two does not matter. */
    public static RoomName direct(UserName one, UserName other) {
        boolean inOrder = one.compareTo(other) < 0;
        String a = NameTable.lower(one.text());
        String b = NameTable.lower(other.text());
        return new RoomName(inOrder ? DIRECT + a + DIRECT + b : DIRECT + b + DIRECT + a);
    }

    /** Why there may be no new room of this name, in a sentence; empty if there may. */
    public Optional<String> objection() {
        return isDirect() ? Optional.empty() : NameRules.objectionToRoom(text);
    }

    /** That of a direct conversation is the same in either order of its two names. */
    @Override
    public String key() {
        if (!isDirect()) {
            return NameTable.key(text);
        }
        return directKey(first().key(), second().key());
    }

    /** What a direct conversation is found by if its two are known by these. */
    public static String directKey(String one, String other) {
        return one.compareTo(other) < 0 ? DIRECT + one + DIRECT + other : DIRECT + other + DIRECT + one;
    }

    @Override
    public Set<String> looks() {
        return isDirect() ? Set.of(key()) : NameTable.looks(text);
    }

    /** Whether this is a direct conversation. */
    public boolean isDirect() {
        return text.charAt(0) == DIRECT;
    }

    /** Whether this is a direct conversation that {@code user} takes part in, in whatever spelling. */
    public boolean isDirectWith(UserName user) {
        return isDirect() && (first().key().equals(user.key()) || second().key().equals(user.key()));
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
        String spelled = NameTable.lower(self.text());
        if (first().text().equals(spelled)) {
            return second();
        }
        boolean isSecond = second().text().equals(spelled) || !first().key().equals(self.key());
        return isSecond ? first() : second();
    }

    /**
     * The one of a direct conversation that is named first.
     *
     * @throws IllegalStateException if this is none
     */
    public UserName first() {
        return new UserName(text.substring(1, second(text)));
    }

    /**
     * The one of a direct conversation that is named second.
     *
     * @throws IllegalStateException if this is none
     */
    public UserName second() {
        return new UserName(text.substring(second(text) + 1));
    }

    private static int second(String text) {
        if (text.charAt(0) != DIRECT) {
            throw new IllegalStateException(text + " is no direct conversation");
        }
        return text.indexOf(DIRECT, 1);
    }

    private static void requireTwo(UserName one, UserName other) {
        if (one.equals(other)) {
            throw new IllegalArgumentException("A direct conversation needs two people.");
        }
    }

    private static boolean isPossible(int codePoint) {
        return codePoint > ' ' && codePoint != '/' && codePoint != '#' && codePoint != DIRECT;
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
