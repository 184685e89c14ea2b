package io.kabar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventFields;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** One JSON object a line. Texts are what was sent, not made safe for a screen, but no line holds a raw control character. */
final class JsonLines {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLines() {}

    /**
     * An event.
     *
     * @param epoch in which run of the server it was written; 0 if that is not known
     * @param replayed whether it comes from the room's history
     */
    static String event(ChatEvent event, long epoch, boolean replayed) {
        return line(json -> {
            for (Map.Entry<String, Object> field : EventFields.of(event).entrySet()) {
                json.writeObjectField(field.getKey(), field.getValue());
            }
            if (epoch > 0) {
                json.writeNumberField("epoch", epoch);
            }
            json.writeBooleanField("replayed", replayed);
        });
    }

    static String room(RoomSummary room) {
        return line(json -> {
            json.writeStringField("room", room.name().text());
            json.writeNumberField("members", room.members());
            json.writeNumberField("seq", room.lastSequence());
            json.writeStringField("topic", room.topic());
        });
    }

    static String member(RoomName room, Member member) {
        return line(json -> {
            json.writeStringField("room", room.text());
            json.writeStringField("name", member.name().text());
            json.writeStringField("role", member.role().name().toLowerCase(Locale.ROOT));
            json.writeStringField("presence", member.presence().name().toLowerCase(Locale.ROOT));
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
        return escaped(text.toString());
    }

    /** Jackson escapes what JSON demands; what a terminal acts on besides can only stand in a string, so this is safe. */
    private static String escaped(String json) {
        StringBuilder line = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean acts =
                    Character.isISOControl(c) || (c >= '\u2028' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
            if (acts || (Character.isSurrogate(c) && !isPaired(json, i))) {
                line.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
