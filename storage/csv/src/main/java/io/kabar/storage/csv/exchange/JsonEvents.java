package io.kabar.storage.csv.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.TerminalJson;
import io.kabar.chat.spi.EventFields;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.room.FormerConversations;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Events as JSON, one object a line, as {@code kabar tail --json} prints them. */
public final class JsonEvents {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonEvents() {}

    public static String line(Entry entry) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field :
                    EventFields.of(entry.event(), entry.id()).entrySet()) {
                json.writeObjectField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        }
        return TerminalJson.escaped(line.toString());
    }

    /**
     * Reads what {@link #line} writes; names it does not know are passed over.
     *
     * @param conversations what those are called that version 0.1 has called by names
     * @throws DamagedException with half a sentence, if it is no such event
     */
    static Entry parse(String line, Function<List<UserName>, Optional<RoomName>> conversations)
            throws DamagedException {
        Map<String, String> fields = fields(line);
        try {
            String room = fields.get("room");
            if (room == null) {
                throw new DamagedException("it has no room");
            }
            return new Entry(EventFields.parse(room(room, conversations), fields::get), EventFields.id(fields::get));
        } catch (IllegalArgumentException e) {
            throw new DamagedException(e.getMessage() + "");
        }
    }

    /** Somebody else may have spelled it: the room is the one that people come to by that name. */
    private static RoomName room(String text, Function<List<UserName>, Optional<RoomName>> conversations)
            throws DamagedException {
        List<UserName> people = FormerConversations.people(text).orElse(List.of());
        if (!people.isEmpty()) {
            return conversations
                    .apply(people)
                    .orElseThrow(() -> new DamagedException("of the two of the conversation neither has an account"));
        }
        RoomName room = RoomName.of(text);
        if (room.person().isPresent()) {
            throw new DamagedException("it is of a conversation and does not say of whom");
        }
        return room;
    }

    private static Map<String, String> fields(String line) throws DamagedException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new DamagedException("it is no JSON object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (value.isScalarValue()) {
                    fields.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new DamagedException("more follows the JSON object");
            }
            return fields;
        } catch (DamagedException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new DamagedException("it is no JSON object");
        } catch (IOException e) {
            throw new AssertionError("a string can be read", e);
        }
    }
}
