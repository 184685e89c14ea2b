package io.kabar.daemon.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kabar.chat.internal.text.TerminalJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON object on one line, as a map of texts, whole numbers, booleans, lists and further maps. */
public final class JsonLine {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Nothing that is asked or answered is nested deeper: an object of a list of objects of lists. */
    private static final int DEEPEST = 4;

    private JsonLine() {}

    /** The line, without its end; no terminal takes a part of it for a command. */
    public static String of(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json, object);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return TerminalJson.escaped(text.toString());
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> each : object.entrySet()) {
                json.writeFieldName(String.valueOf(each.getKey()));
                write(json, each.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                write(json, each);
            }
            json.writeEndArray();
        } else {
            json.writeObject(value);
        }
    }

    /**
     * The object of a line; a field that is null is left out.
     *
     * @throws IllegalArgumentException with a sentence, if it is none
     */
    static Map<String, Object> parse(String line) {
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw none();
            }
            Map<String, Object> object = object(json, 1);
            if (json.nextToken() != null) {
                throw none();
            }
            return object;
        } catch (IOException e) {
            throw none();
        }
    }

    private static Map<String, Object> object(JsonParser json, int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                object.put(name, value(json, depth));
            }
        }
        return object;
    }

    private static Object value(JsonParser json, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw none();
        }
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(json, depth + 1);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json, depth + 1));
                }
                yield list;
            }
            default -> throw none();
        };
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException(
                "A line is a JSON object, such as {\"command\":[\"kick\",\"lobby\",\"ada\",\"why\"],\"yes\":true}.");
    }
}
