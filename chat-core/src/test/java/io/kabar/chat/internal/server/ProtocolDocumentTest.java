package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.NameClaim;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.FrameReader;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/protocol.md} says what the code does: every byte and figure in it is made again here. */
class ProtocolDocumentTest {
    private final ProtocolDocument document;

    ProtocolDocumentTest() throws Exception {
        document = ProtocolDocument.read();
    }

    @Test
    void worked_handshake_is_what_the_code_does() throws Exception {
        Map<String, byte[]> written = document.vectors();
        Map<String, byte[]> computed = WorkedHandshake.compute(written);

        assertThat(hex(written)).isEqualTo(hex(computed));
    }

    @Test
    void frames_are_as_written() throws Exception {
        Map<String, String> written = examples("frames");

        assertThat(written).isEqualTo(hex(GoldenExamples.frames()));
        Set<Class<?>> kinds = new HashSet<>();
        for (String bytes : written.values()) {
            byte[] frame = ProtocolDocument.hex(bytes);
            Frame decoded = new FrameReader(frame, 0, frame.length).next();
            if (decoded != null) { // padding is skipped
                kinds.add(decoded.getClass());
            }
        }
        assertThat(kinds).containsExactlyInAnyOrder(Frame.class.getPermittedSubclasses());
    }

    @Test
    void client_messages_are_as_written() throws Exception {
        Set<String> kinds = new TreeSet<>(Set.of("Unfit", "Ignored")); // what a server makes of one that cannot be
        Map<String, String> expected = new LinkedHashMap<>();
        for (ClientMessage message : GoldenExamples.clientMessages()) {
            byte[] bytes = ClientMessageCodec.encode(message);
            expected.put(GoldenExamples.name(message), HexFormat.of().formatHex(bytes));
            kinds.add(message.getClass().getSimpleName());
            assertThat(ClientMessageCodec.decode(1, bytes))
                    .usingRecursiveComparison()
                    .withEqualsForType(UserName::equals, UserName.class)
                    .isEqualTo(message);
        }
        assertThat(examples("client messages")).isEqualTo(expected);
        assertThat(kinds).isEqualTo(kindsOf(ClientMessage.class));
    }

    @Test
    void server_messages_are_as_written() throws Exception {
        Set<String> kinds = new TreeSet<>(Set.of("Ignored"));
        Map<String, String> expected = new LinkedHashMap<>();
        for (ServerMessage message : GoldenExamples.serverMessages()) {
            byte[] bytes = ServerMessageCodec.encode(message);
            expected.put(GoldenExamples.name(message), HexFormat.of().formatHex(bytes));
            kinds.add(message.getClass().getSimpleName());
            assertThat(ServerMessageCodec.decode(bytes))
                    .usingRecursiveComparison()
                    .withEqualsForType(UserName::equals, UserName.class)
                    .isEqualTo(message);
        }
        assertThat(examples("server messages")).isEqualTo(expected);
        assertThat(kinds).isEqualTo(kindsOf(ServerMessage.class));
    }

    @Test
    void events_are_as_written() throws Exception {
        List<String> expected = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        for (ChatEvent event : GoldenExamples.events()) {
            byte[] bytes = EventCodec.encode(event);
            expected.add(HexFormat.of().formatHex(bytes));
            kinds.add(event.content().getClass().getSimpleName());
            assertThat(EventCodec.decode(RoomName.LOBBY, 0, event.sequence(), bytes))
                    .isEqualTo(event);
        }
        assertThat(examples("events").values()).containsExactlyElementsOf(expected);
        assertThat(kinds).isEqualTo(kindsOf(Content.class));
    }

    /** What is no message, or one that is refused. */
    @Test
    void negative_cases_are_as_written() {
        List<List<String>> rows = document.table("negative cases");
        assertThat(rows).hasSizeGreaterThan(12);
        for (List<String> row : rows) {
            byte[] bytes = ProtocolDocument.hex(row.get(1));
            assertThat(outcome(row.get(0), bytes)).as(row.get(2)).isEqualTo(row.get(3));
        }
    }

    private static String outcome(String what, byte[] bytes) {
        try {
            if (what.equals("frame")) {
                new FrameReader(bytes, 0, bytes.length).next();
                return "taken";
            } else if (what.equals("event")) {
                EventCodec.decode(RoomName.LOBBY, 0, 1, bytes);
                return "taken";
            } else if (what.equals("from a server")) {
                ServerMessage message = ServerMessageCodec.decode(bytes);
                return message instanceof ServerMessage.Ignored ? "ignored" : "taken";
            }
            ClientMessage message = ClientMessageCodec.decode(1, bytes);
            return message instanceof ClientMessage.Unfit unfit
                    ? unfit.answer().refusal().name()
                    : message instanceof ClientMessage.Ignored ? "ignored" : "taken";
        } catch (MalformedPacketException e) {
            return "malformed";
        }
    }

    @Test
    void signals_are_as_written() {
        Map<String, String> written = new LinkedHashMap<>();
        document.table("signals").forEach(row -> written.put(row.get(0), row.get(row.size() - 1)));
        assertThat(written).isEqualTo(hex(GoldenExamples.signals()));
    }

    @Test
    void enumerations_are_as_written() throws Exception {
        for (List<String> row : document.table("enumerations")) {
            String written = row.subList(2, row.size()).stream()
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.joining(", ", "[", "]"));
            assertThat(String.valueOf(DocumentedConstant.value("WireCodes." + row.get(1))))
                    .isEqualTo(written);
        }
        assertThat(document.table("enumerations")).hasSize(6);
    }

    @Test
    void names_are_folded_as_written() throws Exception {
        Map<Integer, String> written = new TreeMap<>();
        for (List<String> row : document.table("look-alikes")) {
            for (String character : row.get(1).split(", ")) {
                written.put(Integer.parseInt(character.substring(2, 6), 16), row.get(0));
            }
        }
        assertThat(written).isEqualTo(DocumentedConstant.value("NameClaim.LOOK_ALIKES"));
        for (List<String> row : document.table("name keys")) {
            assertThat(UserName.of(row.get(0)).key()).isEqualTo(row.get(1));
            assertThat(NameClaim.form(row.get(0))).isEqualTo(row.get(2));
        }
    }

    @Test
    void refusals_are_as_written() {
        List<String> written = document.table("refusals").stream()
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                .toList();

        assertThat(written)
                .containsExactlyElementsOf(Stream.of(Refusal.values())
                        .map(refusal -> refusal.code() + " " + refusal + " " + refusal.sentence())
                        .toList());
    }

    @Test
    void close_codes_are_as_written() throws Exception {
        Map<Long, Set<String>> expected = new TreeMap<>();
        for (Field field : CloseCode.class.getDeclaredFields()) {
            if (!field.getName().equals("FIRST_APPLICATION")) {
                expected.computeIfAbsent(field.getLong(null), code -> new HashSet<>())
                        .add(field.getName());
            }
        }
        for (CloseReason reason : CloseReason.values()) {
            expected.computeIfAbsent((long) reason.code(), code -> new HashSet<>())
                    .add(reason.name());
        }
        Map<Long, Set<String>> written = new TreeMap<>();
        for (List<String> row : document.table("close codes")) {
            written.put(Long.decode(row.get(0)), Set.of(row.get(1).split(", ")));
        }
        assertThat(written).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits of the wire", "limits of a connection", "limits of a server", "timers"})
    void figures_are_those_of_the_code(String table) throws Exception {
        List<List<String>> rows = document.table(table);

        assertThat(rows).hasSizeGreaterThan(5);
        for (List<String> row : rows) {
            assertThat(DocumentedConstant.said(row.get(1)))
                    .as("%s, %s", row.get(0), row.get(2))
                    .isEqualTo(DocumentedConstant.coded(row.get(2)));
        }
    }

    /** Name and bytes of the examples in a table; the number in its first column is that of the first byte. */
    private Map<String, String> examples(String table) {
        Map<String, String> examples = new LinkedHashMap<>();
        for (List<String> row : document.table(table)) {
            String bytes = row.get(row.size() - 1).replace(" ", "");
            assertThat(Integer.decode(row.get(0)))
                    .as(row.get(1))
                    .isEqualTo(Integer.parseInt(bytes.substring(0, 2), 16));
            examples.put(row.get(1), bytes);
        }
        return examples;
    }

    private static Set<String> kindsOf(Class<?> sealed) {
        return recordsOf(sealed).map(Class::getSimpleName).collect(Collectors.toSet());
    }

    private static Stream<Class<?>> recordsOf(Class<?> sealed) {
        return sealed.isSealed()
                ? Stream.of(sealed.getPermittedSubclasses()).flatMap(ProtocolDocumentTest::recordsOf)
                : Stream.of(sealed);
    }

    /** In the order of names, so that what differs stands side by side. */
    private static Map<String, String> hex(Map<String, byte[]> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach(
                (name, value) -> texts.put(name, HexFormat.of().formatHex(value).toLowerCase(Locale.ROOT)));
        return texts;
    }
}
