package io.kabar.storage.csv.files;

/** Numbers of things, in words: 1 room, 2 rooms. */
public final class Counted {

    private Counted() {}

    /** For words that take an s. */
    public static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
