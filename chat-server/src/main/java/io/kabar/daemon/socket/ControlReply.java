package io.kabar.daemon.socket;

import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.Answer.Done;
import io.kabar.daemon.control.Answer.Misuse;
import io.kabar.daemon.control.Answer.Question;
import io.kabar.daemon.control.Answer.Refused;
import io.kabar.daemon.control.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer as a line. */
final class ControlReply {

    private static final String RESULT = "result";
    private static final String SENTENCE = "sentence";
    private static final String LIST = "list";
    private static final String ROWS = "rows";
    private static final String CODE = "code";

    private ControlReply() {}

    static String line(Answer answer) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (answer instanceof Done done) {
            object.put(RESULT, "done");
            object.put(LIST, done.outcome().list());
            object.put(ROWS, done.outcome().rows());
        } else if (answer instanceof Refused refused) {
            object.put(RESULT, "refused");
            object.put(CODE, refused.code());
        } else {
            object.put(RESULT, answer instanceof Question ? "question" : "usage");
        }
        object.put(SENTENCE, answer.sentence());
        return JsonLine.of(object);
    }

    /**
     * The answer of a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Answer parse(String line) {
        Map<String, Object> object = JsonLine.parse(line);
        String sentence = text(object, SENTENCE);
        return switch (text(object, RESULT)) {
            case "done" -> new Done(new Outcome(Boolean.TRUE.equals(object.get(LIST)), sentence, rows(object)));
            case "question" -> new Question(sentence);
            case "refused" -> new Refused(text(object, CODE), sentence);
            case "usage" -> new Misuse(sentence);
            default -> throw new IllegalArgumentException("The server's answer is of a kind that is not known.");
        };
    }

    private static String text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    private static List<Map<String, Object>> rows(Map<String, Object> object) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (object.get(ROWS) instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> row) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    row.forEach((name, value) -> values.put(String.valueOf(name), value));
                    rows.add(values);
                }
            }
        }
        return rows;
    }
}
