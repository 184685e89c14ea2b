package io.kabar.chat.view;

import io.kabar.chat.UserName;
import java.util.Arrays;

/** Whether a text names somebody. */
final class Mentions {

    private Mentions() {}

    /** The name stands there as a word of its own, in any case, with or without an {@code @}. */
    static boolean of(UserName who, String text) {
        String name = who.text();
        // Words are cut where no name can go on; a full stop or dash after a name still belongs to the word.
        return Arrays.stream(text.split("[^\\p{L}\\p{M}\\p{Nd}_.-]+", -1))
                .anyMatch(word -> word.equalsIgnoreCase(name)
                        || word.replaceAll("^[.-]+|[.-]+$", "").equalsIgnoreCase(name));
    }
}
