package io.kabar.chat.spi;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event as flat, named values: the one shape of an event wherever Kabar writes text, be it a line of a CSV file,
 * {@code kabar tail --json} or an export. What writes and reads CSV or JSON is up to the caller, and needs to know
 * nothing of kinds. {@code docs/json.md} lists the names.
 *
 * <p>The type is a word, or the number of a kind that this version does not know. Such an event comes back as it was,
 * byte for byte.
 */
public final class EventFields {

    /** The names in the order in which a table has them; the room is told elsewhere, as by a folder. */
    public static final List<String> COLUMNS =
            List.of("epoch", "seq", "time", "type", "account", "from", "ref", "id", "facts", "text");

    private static final String ACTION = "action";
    private static final String FOUNDER = "founder";
    private static final String DATA = "data";
    private static final String VALUE = "value";
    private static final String MEDIA_TYPE = "media=";
    /** The key of a value is the last of its facts, and goes to the end, whatever is in it. */
    private static final String KEY = "key=";

    private static final String TAKEN_BACK = "taken-back";

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(Content.SAID, "said"),
            Map.entry(Content.JOINED, "joined"),
            Map.entry(Content.LEFT, "left"),
            Map.entry(Content.TOPIC, "topic"),
            Map.entry(Content.ROLE_GIVEN, "role"),
            Map.entry(Content.BANNED, "banned"),
            Map.entry(Content.KICKED, "kicked"),
            Map.entry(Content.MUTED, "muted"),
            Map.entry(Content.MODES_SET, "modes"),
            Map.entry(Content.DESCRIBED, "described"),
            Map.entry(Content.INVITED, "invited"),
            Map.entry(Content.STAFF_ACTION, "staff"),
            Map.entry(Content.DATA, DATA),
            Map.entry(Content.VALUE_SET, VALUE),
            Map.entry(Content.EDITED, "edited"),
            Map.entry(Content.DELETED, "deleted"),
            Map.entry(Content.REACTED, "reacted"));

    private EventFields() {}

    /** Whether the text of such an event is one line. */
    private static boolean isLine(String type) {
        return WORDS.containsValue(type)
                && !type.equals(WORDS.get(Content.SAID))
                && !type.equals(WORDS.get(Content.EDITED));
    }

    /** Whether the text of such an event is bytes in base64. */
    private static boolean isBytes(String type) {
        return type.equals(DATA) || type.equals(VALUE);
    }

    /** Values by name. */
    @FunctionalInterface
    public interface Source {

        /** The value of this name; null if there is none. */
        @Nullable
        String get(String name);
    }

    // Writing
    // -----------------------------------------------------------------------------------------------------------

    /** A value for each of the {@link #COLUMNS}; what is not there is empty. */
    public static String[] cells(ChatEvent event, MessageId id) {
        Words words = event.content().accept(WORDS_OF);
        return new String[] {
            Long.toString(event.epoch()),
            Long.toString(event.sequence()),
            event.time().toString(),
            type(event.content()),
            orEmpty(event.author().account()),
            event.from().text(),
            orEmpty(event.ref()),
            id.equals(MessageId.NONE) ? "" : id.toString(),
            words.facts,
            words.text
        };
    }

    /** The fields of an event of which no id is known. */
    public static Map<String, Object> of(ChatEvent event) {
        return of(event, MessageId.NONE);
    }

    /**
     * The fields in the order in which JSON has them; a value is a {@link String}, a {@link Long} or a {@link Boolean}.
     * A number that is not known is left out, and so is an id and facts that are not there.
     */
    public static Map<String, Object> of(ChatEvent event, MessageId id) {
        Words words = event.content().accept(WORDS_OF);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type(event.content()));
        fields.put("room", event.room().text());
        putNumber(fields, "epoch", event.epoch());
        fields.put("seq", event.sequence());
        fields.put("time", event.time().toString());
        putNumber(fields, "account", event.author().account());
        fields.put("from", event.from().text());
        putNumber(fields, "ref", event.ref());
        if (!id.equals(MessageId.NONE)) {
            fields.put("id", id.toString());
        }
        if (event.isSaid()) {
            fields.put("text", words.text);
            fields.put(ACTION, words.facts.equals(ACTION));
            return fields;
        }
        if (!words.facts.isEmpty()) {
            fields.put("facts", words.facts);
        }
        if (!event.isJoined()) {
            fields.put("text", words.text);
        }
        return fields;
    }

    private static void putNumber(Map<String, Object> fields, String name, long number) {
        if (number > 0) {
            fields.put(name, number);
        }
    }

    private static String orEmpty(long number) {
        return number == 0 ? "" : Long.toString(number);
    }

    private static String type(Content content) {
        String word = WORDS.get(content.kind());
        return word == null ? Integer.toString(content.kind()) : word;
    }

    private record Words(String facts, String text) {}

    private static final Content.Visitor<Words> WORDS_OF = new Content.Visitor<>() {
        @Override
        public Words said(Content.Said said) {
            return new Words(said.action() ? ACTION : "", said.text());
        }

        @Override
        public Words joined(Content.Joined joined) {
            return new Words(joined.founds() ? FOUNDER : "", "");
        }

        @Override
        public Words reacted(Amendment.Reacted reacted) {
            return new Words(reacted.takenBack() ? TAKEN_BACK : "", reacted.emoji());
        }

        @Override
        public Words change(RoomChange change) {
            return new Words(ChangeFields.facts(change), change.reason());
        }

        @Override
        public Words staffAction(StaffAction done) {
            return new Words(ChangeFields.facts(done), done.text());
        }

        @Override
        public Words data(ProgramContent.Data data) {
            return new Words(mediaType(data), base64(data));
        }

        @Override
        public Words valueSet(ProgramContent.ValueSet set) {
            return new Words(mediaType(set) + " " + KEY + set.key(), base64(set));
        }

        private static String mediaType(ProgramContent content) {
            return MEDIA_TYPE + content.payload().mediaType();
        }

        private static String base64(ProgramContent content) {
            return Base64.getEncoder().encodeToString(content.payload().bytes());
        }

        @Override
        public Words unknown(Content.Unknown unknown) {
            String text = utf8(unknown.body());
            String facts = (unknown.flags() == 0 ? "" : " flags=" + unknown.flags())
                    + bytes("facts", unknown.facts())
                    + bytes("extras", unknown.extras())
                    + (text == null ? bytes("bytes", unknown.body()) : "");
            return new Words(facts.strip(), text == null ? "" : text);
        }

        @Override
        public Words other(Content content) {
            return new Words("", content.text());
        }
    };

    private static String bytes(String name, byte[] bytes) {
        return bytes.length == 0
                ? ""
                : " " + name + "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    // Reading
    // -----------------------------------------------------------------------------------------------------------

    /**
     * The event of these fields.
     *
     * @throws IllegalArgumentException with half a sentence, if they are none, or out of the {@link Limits}
     */
    public static ChatEvent parse(RoomName room, Source fields) {
        return event(room, fields, time(fields), orElse(fields, "text", ""));
    }

    /**
     * The same where the rest of a log is worth more than one value of it: a time or a text that no event can have is
     * read as the nearest one that it can.
     *
     * @param told takes what was changed, in half a sentence
     */
    public static ChatEvent parse(RoomName room, Source fields, Consumer<String> told) {
        Instant said = time(fields);
        Instant time = Limits.nearestTime(said);
        String where = "event " + orElse(fields, "seq", "0") + " of " + room;
        if (!time.equals(said)) {
            told.accept(where + " is of " + said + ", and taken to be of " + time);
        }
        String whole = orElse(fields, "text", "");
        String type = orElse(fields, "type", "");
        String text = isBytes(type) ? whole : Limits.cut(whole, isLine(type) ? Limits.LINE_BYTES : Limits.TEXT_BYTES);
        if (text.length() < whole.length()) {
            told.accept("the text of " + where + " is too long, and cut");
        }
        return event(room, fields, time, text);
    }

    /**
     * The id of these fields; {@link MessageId#NONE} if there is none.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static MessageId id(Source fields) {
        String id = orElse(fields, "id", "");
        return id.isEmpty() ? MessageId.NONE : MessageId.parse(id);
    }

    private static ChatEvent event(RoomName room, Source fields, Instant time, String text) {
        return new ChatEvent(
                room,
                number(fields, "epoch"),
                number(fields, "seq"),
                time,
                new Author(number(fields, "account"), new UserName(required(fields, "from"))),
                number(fields, "ref"),
                content(required(fields, "type"), fields, text));
    }

    private static Content content(String type, Source fields, String text) {
        String facts = orElse(fields, "facts", "");
        return switch (type) {
            case "said" ->
                new Content.Said(text, facts.equals(ACTION) || Boolean.parseBoolean(orElse(fields, ACTION, "")));
            case ACTION -> new Content.Said(text, true); // as version 0.1 wrote it
            case "joined" -> new Content.Joined(facts.equals(FOUNDER));
            case "left" -> new Content.Left(orElse(fields, "reason", text)); // version 0.1 called it a reason
            case "topic" -> new Content.Topic(orElse(fields, "topic", text));
            case "described" -> new Content.Described(text);
            case DATA -> new ProgramContent.Data(payload(facts, text));
            case VALUE -> {
                int key = facts.indexOf(" " + KEY);
                if (key < 0) {
                    throw new IllegalArgumentException("it has no key");
                }
                yield new ProgramContent.ValueSet(
                        facts.substring(key + 1 + KEY.length()), payload(facts.substring(0, key), text));
            }
            case "edited" -> new Amendment.Edited(text);
            case "deleted" -> new Amendment.Deleted(text);
            case "reacted" -> new Amendment.Reacted(text, facts.equals(TAKEN_BACK));
            default -> {
                Content change = ChangeFields.parse(type, facts, text);
                yield change == null ? unknown(type, facts, text) : change;
            }
        };
    }

    private static Payload payload(String facts, String text) {
        if (!facts.startsWith(MEDIA_TYPE)) {
            throw new IllegalArgumentException("it has no media type");
        }
        return new Payload(
                facts.substring(MEDIA_TYPE.length()), Base64.getDecoder().decode(text));
    }

    private static Content.Unknown unknown(String type, String facts, String text) {
        if (!Parts.isDigits(type, 1, 3)) {
            throw new IllegalArgumentException("its type is neither a word that is known nor a number");
        }
        int flags = 0;
        byte[] known = {};
        byte[] extras = {};
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        for (String fact : facts.isEmpty() ? List.<String>of() : Parts.of(facts, ' ')) {
            int at = fact.indexOf('=');
            String name = at < 0 ? fact : fact.substring(0, at);
            String value = fact.substring(at + 1);
            switch (name) {
                case "flags" -> flags = (int) Math.min(256, parseNumber("flags", value));
                case "facts" -> known = Base64.getUrlDecoder().decode(value);
                case "extras" -> extras = Base64.getUrlDecoder().decode(value);
                case "bytes" -> body = Base64.getUrlDecoder().decode(value);
                default -> throw new IllegalArgumentException("its facts are of a newer version");
            }
        }
        return new Content.Unknown(Digits.parseInt(type), flags, known, extras, body);
    }

    private static Instant time(Source fields) {
        return parseTime("time", required(fields, "time"));
    }

    static Instant parseTime(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its " + name + " is not like 2026-01-31T12:00:00Z", e);
        }
    }

    private static long number(Source fields, String name) {
        String value = orElse(fields, name, "");
        return value.isEmpty() ? 0 : parseNumber(name, value);
    }

    static long parseNumber(String name, String value) {
        try {
            return Digits.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its " + name + " is no number", e);
        }
    }

    private static String required(Source fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return value;
    }

    private static String orElse(Source fields, String name, String otherwise) {
        String value = fields.get(name);
        return value == null ? otherwise : value;
    }
}
