package io.kabar.chat.internal.endpoint;

/** What both ends say in the same words. */
public final class Sentences {
    private Sentences() {}

    /** Why a text of which nothing can be seen is not said. */
    public static String nothingToSee(String text) {
        return text.isEmpty()
                ? "An empty message is not said."
                : "Nothing of this message could be seen, so it is not said.";
    }
}
