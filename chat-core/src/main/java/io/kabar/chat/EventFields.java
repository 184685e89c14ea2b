package io.kabar.chat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An event as named values: the one shape of an event wherever Kabar writes JSON, be it {@code kabar tail --json} or an
 * export. What writes them as JSON is up to the caller, for this library has no JSON of its own.
 *
 * <p>{@code type} ({@code said}, {@code joined}, {@code left}, {@code topic}), {@code room}, {@code seq}, {@code time}
 * (ISO 8601, UTC), {@code from}, and what the type has: {@code text} and {@code action}, nothing, {@code reason},
 * {@code topic}. {@code docs/json.md} lists them.
 */
public final class EventFields {

    private EventFields() {}

    /**
     * The fields in the order in which they are written; a value is a {@link String}, a {@link Long} or a {@link
     * Boolean}.
     */
    public static Map<String, Object> of(ChatEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        fields.put("room", event.room().text());
        fields.put("seq", event.sequence());
        fields.put("time", event.time().toString());
        fields.put("from", event.from().text());
        if (event instanceof ChatEvent.Said said) {
            fields.put("text", said.text());
            fields.put("action", said.action());
        } else if (event instanceof ChatEvent.Left left) {
            fields.put("reason", left.reason());
        } else if (event instanceof ChatEvent.Topic topic) {
            fields.put("topic", topic.topic());
        }
        return fields;
    }
}
