package io.kabar.chat;

import io.kabar.chat.internal.names.NameTable;
import io.kabar.chat.spi.NameIndex;
import java.util.Set;

/**
 * What a user or a room is called.
 *
 * <p><b>A name is judged once</b>, where it comes into being: a server asks {@code parse} before it makes an account or
 * a room of it. Names that come over the wire or out of a log are taken as they are, within fixed bounds, so that
 * programs whose tables differ never disagree about a name that exists. Two names are equal if their texts are.
 *
 * <p>{@link #key()} is how a name is found: {@link NameIndex}.
 */
public sealed interface Name permits UserName, RoomName {

    /** As it is written. */
    String text();

    /**
     * What a name that a person types is found by: case-folded, in one normal form, with letters that look alike made
     * equal. The same in every Java; another one perhaps in another {@link NameIndex#tableVersion()}.
     */
    String key();

    /** As what it may be taken: names that have one of these in common look alike. The key is one of them. */
    Set<String> looks();

    /**
     * Text as names are compared in it where case and form do not matter and letters that only look alike do: in lower
     * case and form NFKC. The same in every Java.
     */
    static String folded(String text) {
        // A sigma is another letter at the end of a word, and the same in upper case.
        return NameTable.lower(text).replace('\u03c2', '\u03c3');
    }
}
