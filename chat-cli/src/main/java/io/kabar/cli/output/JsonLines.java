package io.kabar.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Member;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.internal.text.TerminalJson;
import io.kabar.chat.spi.EventFields;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * One JSON object a line. Texts are what was sent, not made safe for a screen, but no line holds a raw control
 * character.
 */
public final class JsonLines {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLines() {}

    /**
     * An event.
     *
     * @param origin whether it comes from the room's history
     */
    public static String event(ChatEvent event, EventOrigin origin) {
        return line(json -> {
            for (Map.Entry<String, Object> field : EventFields.of(event).entrySet()) {
                json.writeObjectField(field.getKey(), field.getValue());
            }
            json.writeBooleanField("replayed", origin == EventOrigin.HISTORY);
        });
    }

    /** A message that was accepted. */
    public static String receipt(Receipt receipt) {
        return line(json -> {
            json.writeStringField("room", receipt.room().text());
            json.writeNumberField("seq", receipt.sequence());
            json.writeStringField("time", receipt.time().toString());
        });
    }

    public static String room(RoomSummary room) {
        return line(json -> {
            json.writeStringField("room", room.name().text());
            json.writeNumberField("members", room.members());
            json.writeNumberField("seq", room.lastSequence());
            json.writeStringField("topic", room.topic());
        });
    }

    public static String member(RoomName room, Member member) {
        return line(json -> {
            json.writeStringField("room", room.text());
            json.writeStringField("name", member.name().text());
            json.writeStringField("role", member.role().word());
            json.writeStringField("presence", member.presence().word());
        });
    }

    private static String line(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return TerminalJson.escaped(text.toString());
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
