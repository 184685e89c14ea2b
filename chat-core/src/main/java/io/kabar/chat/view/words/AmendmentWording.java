package io.kabar.chat.view.words;

import io.kabar.chat.Amended;
import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.internal.text.Parts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was done to messages, in words. */
public final class AmendmentWording {

    /** Behind what was edited. */
    static final String EDITED = " (edited)";

    /** Characters of a message that an answer to it quotes. */
    private static final int QUOTED = 60;

    private AmendmentWording() {}

    /** What somebody did, on one line: {@code ada edited #12: a red rose}. */
    public static String of(ChatEvent event) {
        String what = "#" + event.ref();
        String text = VisibleText.onOneLine(event.text());
        if (event.content() instanceof Amendment.Reacted reacted) {
            return event.from()
                    + (reacted.takenBack() ? " took " + text + " back from " : " reacted " + text + " to ")
                    + what;
        }
        String verb = event.content() instanceof Amendment.Deleted ? " deleted " : " edited ";
        return event.from() + verb + what + (text.isEmpty() ? "" : ": " + text);
    }

    /** In place of what was deleted: {@code message deleted by mira: off topic}. */
    public static String deleted(Optional<ChatEvent> deletion) {
        return "message deleted"
                + deletion.map(event -> " by " + event.from()
                                + (event.text().isEmpty() ? "" : ": " + VisibleText.onOneLine(event.text())))
                        .orElse("");
    }

    /** How many have reacted with what: {@code +1 3 · tea 1 (you)}. */
    public static String reactions(List<Amended.Reaction> reactions) {
        return reactions.stream()
                .map(each -> VisibleText.onOneLine(each.emoji()) + " " + each.count() + (each.own() ? " (you)" : ""))
                .collect(Collectors.joining(" · "));
    }

    /** The words of a message, on one short line. */
    public static String shortly(String text) {
        String line = VisibleText.onOneLine(String.join(" ", Parts.words(text.replace("```", " "))));
        boolean fits = line.codePointCount(0, line.length()) <= QUOTED;
        return fits ? line : line.substring(0, line.offsetByCodePoints(0, QUOTED - 1)) + "\u2026";
    }
}
