package io.kabar.daemon.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is asked on a line.
 *
 * @param words the command and what it takes
 * @param yes whether it is to be done without a question
 */
record ControlRequest(List<String> words, boolean yes) {

    private static final String COMMAND = "command";
    private static final String YES = "yes";

    ControlRequest {
        words = List.copyOf(words);
    }

    String line() {
        return JsonLine.of(Map.of(COMMAND, words, YES, yes));
    }

    /**
     * What a line asks; names that are not known are passed over.
     *
     * @throws IllegalArgumentException with a sentence, if it asks nothing
     */
    static ControlRequest parse(String line) {
        Map<String, Object> object = JsonLine.parse(line);
        List<String> words = new ArrayList<>();
        if (object.get(COMMAND) instanceof List<?> list) {
            for (Object each : list) {
                if (!(each instanceof String word)) {
                    throw new IllegalArgumentException("Each word of \"command\" is a string.");
                }
                words.add(word);
            }
        } else {
            throw new IllegalArgumentException("\"command\" is a list of words, such as [\"rooms\"].");
        }
        return new ControlRequest(words, Boolean.TRUE.equals(object.get(YES)));
    }
}
