package io.kabar.chat;

import io.kabar.chat.internal.names.NameRules;
import io.kabar.chat.internal.names.NameTable;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of a user, as its owner wrote it: at most 32 code points and 64 bytes.
 *
 * <p>{@link #parse} is the door by which new names come in; {@link #of} takes what a person types to name somebody, and
 * the server says who is meant; {@link #UserName(String) the constructor} takes what was judged before. Two names are
 * equal if they are written the same. Whether they name the same person is for the server to say; {@link #key()} is how
 * it finds that.
 */
public final class UserName implements Name, Comparable<UserName> {

    /** Longest name in code points. */
    public static final int MAX_CODE_POINTS = 32;
    /** Longest name in UTF-8 bytes. */
    public static final int MAX_BYTES = 64;

    private final String text;
    /** Made when somebody asks: whoever only passes an event on never does. Racing threads make the same. */
    private @Nullable String key;

    /**
     * A name that was judged before: out of a log, or over the wire.
     *
     * @param text taken as it is; of ASCII only letters, digits, {@code _}, {@code -} and {@code .}
     * @throws IllegalArgumentException with one sentence, if it is empty, too long, or no text
     */
    public UserName(String text) {
        NameRules.requireBounds("A name", text, MAX_CODE_POINTS, MAX_BYTES);
        int stray = NameRules.firstNot(text, c -> c >= 0x80 || NameRules.isPlain(c));
        if (stray >= 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, NameRules.ONLY_LETTERS, NameRules.describe(stray)));
        }
        this.text = text;
    }

    /**
     * A name as a person types it, to sign in or to speak of somebody: in form NFKC, without white space around it.
     * Whether there may be such a name is for the server to say.
     *
     * @throws IllegalArgumentException with one sentence a person can act on, if it cannot be one
     */
    public static UserName of(String text) {
        return new UserName(Normalizer.normalize(text.strip(), Normalizer.Form.NFKC));
    }

    /**
     * A new name: judged here, once.
     *
     * @throws IllegalArgumentException with one sentence a person can act on, which names the character that is wrong
     */
    public static UserName parse(String text) {
        UserName name = of(text);
        name.objection().ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        return name;
    }

    /** Why nobody new may have this name, in a sentence; empty if somebody may. */
    public Optional<String> objection() {
        return NameRules.objectionToUser(text);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String key() {
        String known = key;
        if (known == null) {
            known = NameTable.key(text);
            key = known;
        }
        return known;
    }

    @Override
    public Set<String> looks() {
        return NameTable.looks(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserName name && text.equals(name.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** By key, then by spelling. */
    @Override
    public int compareTo(UserName other) {
        int byKey = key().compareTo(other.key());
        return byKey == 0 ? text.compareTo(other.text) : byKey;
    }

    @Override
    public String toString() {
        return text;
    }
}
