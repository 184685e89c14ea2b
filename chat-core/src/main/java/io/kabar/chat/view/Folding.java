package io.kabar.chat.view;

import io.kabar.chat.UserName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a run of joins and leaves into one short line; who came and went again is named once. */
final class Folding {

    /** Comings and goings one line takes; a longer run goes on in a new line. */
    static final int MAX_MOVES = 200;

    /** Names a group spells out before it only counts. */
    private static final int MAX_NAMES = 12;

    private Folding() {}

    static String words(List<TranscriptLine.Move> moves) {
        Map<UserName, boolean[]> firstAndLast = new LinkedHashMap<>();
        for (TranscriptLine.Move move : moves) {
            firstAndLast.computeIfAbsent(move.who(), who -> new boolean[] {move.joined(), move.joined()})[1] =
                    move.joined();
        }
        List<String> groups = new ArrayList<>();
        addGroup(groups, "joined", firstAndLast, true, true);
        addGroup(groups, "left", firstAndLast, false, false);
        addGroup(groups, "joined and left", firstAndLast, true, false);
        addGroup(groups, "left and came back", firstAndLast, false, true);
        return String.join(", ", groups);
    }

    private static void addGroup(
            List<String> groups, String verb, Map<UserName, boolean[]> firstAndLast, boolean first, boolean last) {
        List<String> names = firstAndLast.entrySet().stream()
                .filter(entry -> entry.getValue()[0] == first && entry.getValue()[1] == last)
                .map(entry -> entry.getKey().text())
                .toList();
        if (!names.isEmpty()) {
            groups.add(listed(names) + " " + verb);
        }
    }

    /** {@code tam}, {@code tam and lev}, {@code tam, lev and kai}. */
    private static String listed(List<String> names) {
        int shown = Math.min(names.size(), MAX_NAMES);
        if (names.size() > MAX_NAMES) {
            return String.join(", ", names.subList(0, shown)) + " and " + (names.size() - shown) + " more";
        }
        String last = names.get(shown - 1);
        return shown == 1 ? last : String.join(", ", names.subList(0, shown - 1)) + " and " + last;
    }
}
