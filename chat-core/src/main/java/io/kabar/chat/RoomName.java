package io.kabar.chat;

import io.kabar.chat.internal.names.NameRules;
import io.kabar.chat.internal.names.NameTable;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The name of a room, or of the direct conversation of two users.
 *
 * <p>A room's name has at most 64 characters, is kept in lower case, and obeys the rules of
 * {@link UserName names of users}, but that the visible signs of ASCII other than {@code /}, {@code #} and {@code @}
 * may stand in it; a leading {@code #} is how people write it and is dropped.
 *
 * <p>A direct conversation is named by the accounts of its two people, {@code @3+17}, so it goes on whatever they call
 * themselves. Nobody but the two may enter it, and it needs no invitation. {@code @bob} is how one of them asks for it:
 * the conversation with whoever is called bob now.
 *
 * <p>Which room a name means is for the server to say: it answers with the room's own name, which may be written
 * otherwise.
 *
 * @param text the name; taken as it is, see {@link #of} for what people type and {@link #parse} for a new one
 */
public record RoomName(String text) implements Name, Comparable<RoomName> {

    /** Longest name in code points. */
    public static final int MAX_CODE_POINTS = 64;
    /** Longest name in UTF-8 bytes. */
    public static final int MAX_BYTES = 192;

    private static final char DIRECT = '@';

    /** Between the numbers of two accounts; in no name of a user, so that none is taken for such. */
    private static final char AND = '+';

    /** Digits of the longest number of an account. */
    private static final int ACCOUNT_DIGITS = 18;

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
            int and = text.indexOf(AND);
            if (and < 0) {
                UserName unused = new UserName(text.substring(1));
            } else {
                requireTwo(text.substring(1, and), text.substring(and + 1));
            }
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

    /**
     * The direct conversation of two accounts; the order of the two does not matter.
     *
     * @throws IllegalArgumentException if they are no two accounts
     */
    public static RoomName direct(long one, long other) {
        return new RoomName("" + DIRECT + Math.min(one, other) + AND + Math.max(one, other));
    }

    /** How somebody asks for their direct conversation with this user. */
    public static RoomName with(UserName user) {
        return new RoomName(DIRECT + user.text());
    }

    /** Why there may be no new room of this name, in a sentence; empty if there may. */
    public Optional<String> objection() {
        return isDirect() ? Optional.empty() : NameRules.objectionToRoom(text);
    }

    @Override
    public String key() {
        return isDirect() ? person().map(user -> DIRECT + user.key()).orElse(text) : NameTable.key(text);
    }

    @Override
    public Set<String> looks() {
        return isDirect() ? Set.of(key()) : NameTable.looks(text);
    }

    /** Whether this is a direct conversation, by its own name or as one asks for it. */
    public boolean isDirect() {
        return text.charAt(0) == DIRECT;
    }

    /** With whom the direct conversation is that is asked for by a person's name; empty for every other room. */
    public Optional<UserName> person() {
        return isDirect() && and() < 0 ? Optional.of(new UserName(text.substring(1))) : Optional.empty();
    }

    /** Whether this is a direct conversation that an account takes part in. */
    public boolean isDirectOf(long account) {
        return isDirect() && and() > 0 && (one() == account || other() == account);
    }

    /**
     * The account of the other side of a direct conversation.
     *
     * @throws IllegalStateException if this is no direct conversation of {@code self}
     */
    public long partnerOf(long self) {
        if (!isDirectOf(self)) {
            throw new IllegalStateException(text + " is no direct conversation of account " + self);
        }
        return one() == self ? other() : one();
    }

    /**
     * The accounts of the two of a direct conversation, the smaller number first.
     *
     * @throws IllegalStateException if this is none
     */
    public List<Long> accounts() {
        if (!isDirect() || and() < 0) {
            throw new IllegalStateException(text + " is no direct conversation of two accounts");
        }
        return List.of(one(), other());
    }

    private int and() {
        return text.indexOf(AND);
    }

    private long one() {
        return Digits.parseLong(text.substring(1, and()));
    }

    private long other() {
        return Digits.parseLong(text.substring(and() + 1));
    }

    private static void requireTwo(String one, String other) {
        if (!isAccount(one) || !isAccount(other) || Digits.parseLong(one) >= Digits.parseLong(other)) {
            throw new IllegalArgumentException("A direct conversation is that of two people: @3+17, by the numbers of "
                    + "their accounts, the smaller one first.");
        }
    }

    private static boolean isAccount(String digits) {
        return Parts.isDigits(digits, 1, ACCOUNT_DIGITS)
                && digits.charAt(0) != '0'
                && Digits.parseLong(digits) <= Limits.LAST_NUMBER;
    }

    private static boolean isPossible(int codePoint) {
        return codePoint > ' ' && codePoint != '/' && codePoint != '#' && codePoint != DIRECT;
    }

    @Override
    public int compareTo(RoomName other) {
        return text.compareTo(other.text);
    }

    /** As people write it: {@code #lobby}, {@code @bob} or {@code @3+17}. */
    @Override
    public String toString() {
        return isDirect() ? text : "#" + text;
    }
}
