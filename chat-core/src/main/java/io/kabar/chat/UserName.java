package io.kabar.chat;

import java.text.Normalizer;

/**
 * The name of a user: 1 to 32 code points and at most 64 bytes of letters, digits, {@code _}, {@code -} and {@code .}.
 *
 * <p>Names are kept in Unicode form NFKC as they were written. Two names are <em>the same name</em> when their
 * {@link #key()} is equal: case does not matter, and neither do letters that look alike, so nobody can be impersonated
 * by a Cyrillic {@code а}. Equality of this record is equality of that key.
 *
 * @param text the name as its owner writes it
 */
public record UserName(String text) implements Comparable<UserName> {

    /** Longest name in code points. */
    public static final int MAX_CODE_POINTS = 32;
    /** Longest name in UTF-8 bytes. */
    public static final int MAX_BYTES = 64;

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException with one sentence a person can act on
     */
    public UserName {
        text = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
        NameRules.requireLength("A name", text, MAX_CODE_POINTS, MAX_BYTES);
        if (!text.codePoints().allMatch(UserName::allowed)) {
            throw new IllegalArgumentException("A name may hold letters, digits, '_', '-' and '.' only.");
        }
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new IllegalArgumentException("A name needs at least one letter or digit.");
        }
        NameRules.requireOneScript(text);
    }

    /**
     * Parses a name as typed.
     *
     * @throws IllegalArgumentException with one sentence a person can act on
     */
    public static UserName of(String text) {
        return new UserName(text);
    }

    /** What makes this name unique on a server: case-folded, with look-alike letters made equal. */
    public String key() {
        return NameRules.skeleton(text);
    }

    private static boolean allowed(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || Character.getType(codePoint) == Character.NON_SPACING_MARK
                || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK
                || codePoint == '_'
                || codePoint == '-'
                || codePoint == '.';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserName name && key().equals(name.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public int compareTo(UserName other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return text;
    }
}
