package io.kabar.chat.simulation;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.ProgramContent.ValueSet;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomValue;
import io.kabar.chat.internal.server.log.RoomFold;
import java.util.HashMap;
import java.util.Map;

/** What programs tell each other in a room, as one client has heard it: held to the journal. */
final class SeenPrograms {
    /** With what every signal begins here, and nothing that is logged. */
    private static final String SIGNAL = "signal/";

    private final Map<String, RoomValue> values = new HashMap<>();
    /** The newest signal of each device and key. */
    private final Map<String, Integer> signals = new HashMap<>();

    /** What is said in an event, by a person or a program; empty if it is no message. */
    static String said(ChatEvent event) {
        return event.content() instanceof ProgramContent.Data data
                ? data.payload().asText()
                : event.text();
    }

    /** The bytes of a signal that a device sends. */
    static byte[] signal(String device, int number) {
        return (SIGNAL + device + '/' + number).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What is logged is no signal. */
    static void judge(ChatEvent event) {
        if (event.content() instanceof ProgramContent program) {
            World.require(!program.payload().asText().startsWith(SIGNAL), () -> event + " is a signal");
        }
    }

    /** The room is entered: its values are those that the log has made up to there. */
    void entered(RoomState state, SimJournal.Log truth, boolean current) {
        values.clear();
        values.putAll(state.values());
        if (current) {
            check(state.name() + ", as it is entered", truth, state.lastSequence());
        }
    }

    /** An event has happened since. */
    void saw(ChatEvent event) {
        if (event.content() instanceof ValueSet set) {
            if (set.isRemoved()) {
                values.remove(set.key());
            } else {
                values.put(set.key(), RoomValue.of(event));
            }
        }
    }

    /** Whoever has read up to an event has the values that all of the log up to there has made. */
    void check(String where, SimJournal.Log truth, long last) {
        if (!truth.isWhole() || last > truth.last()) {
            return; // of what was torn off nobody knows any more what stood before it
        }
        RoomFold all = new RoomFold();
        truth.entries.stream().limit(last).forEach(all::fold);
        Map<String, RoomValue> expected = new HashMap<>();
        all.values().events().forEach(event -> expected.put(((ValueSet) event.content()).key(), RoomValue.of(event)));
        World.require(values.equals(expected), () -> where + " has the values " + values + ", not " + expected);
    }

    /** A signal is heard: of each device and key none comes behind a newer one. */
    void heard(String key, byte[] bytes) {
        String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        int end = text.lastIndexOf('/');
        World.require(text.startsWith(SIGNAL) && end > SIGNAL.length(), () -> "'" + text + "' is no signal");
        int number = Integer.parseInt(text.substring(end + 1));
        Integer before = signals.put(text.substring(0, end) + ' ' + key, number);
        World.require(before == null || before < number, () -> text + " comes behind number " + before);
    }
}
