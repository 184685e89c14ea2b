package io.kabar.chat.view.words;

import io.kabar.chat.Payload;
import java.util.Locale;

/** What programs say to each other, in words for people. */
public final class PayloadWording {

    private static final int KILO = 1000;

    private PayloadWording() {}

    /** What it is and how long: {@code [image/png, 1.2 kB]}. */
    public static String of(Payload payload) {
        return "[" + payload.mediaType() + ", " + length(payload.length()) + "]";
    }

    private static String length(int bytes) {
        return bytes < KILO ? bytes + " B" : String.format(Locale.ROOT, "%.1f kB", bytes / (double) KILO);
    }
}
