package io.kabar.chat.participant;

import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomValue;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What programs tell each other in rooms: data, which is ordered and kept like messages; values, of which whoever
 * enters finds the newest; and signals, which are sent once and kept nowhere. {@code docs/embedding.md} says which is
 * for what.
 *
 * <p>Not for implementing outside tests: methods may be added.
 */
public interface ProgramCalls {

    /**
     * Says something for programs: bytes with a media type, which are ordered and kept like a message, and go to the
     * listener as an event of {@link ProgramContent.Data}. People are shown what it is and how long. Completes and
     * fails as {@link Participant#send(RoomName, String)}: whoever may speak may send it, and it counts as a message
     * where those are counted.
     */
    CompletableFuture<Receipt> send(RoomName room, Payload payload);

    /**
     * Sets a value of a room this participant is in: a score, whose turn it is, what a lobby has chosen. It is an event
     * of {@link ProgramContent.ValueSet}; of each key the newest value holds for as long as the room does, and whoever
     * enters is told it, whichever history they ask for. A room has at most {@link RoomValue#MOST} values and {@link
     * RoomValue#MOST_BYTES} bytes of them.
     *
     * <p>Completes and fails as {@link Participant#send(RoomName, String)}: whoever may speak may set values. Also
     * fails with {@link Refusal#NOT_ALLOWED} if the room has as many values as it may, and with {@link
     * Refusal#TOO_LARGE} if they would have too many bytes together.
     *
     * @param key at most {@value ProgramContent.ValueSet#KEY_BYTES} bytes of UTF-8, not empty
     * @throws IllegalArgumentException if that is no key, or the value is empty
     */
    CompletableFuture<Receipt> setValue(RoomName room, String key, Payload value);

    /** Takes a value of a room away; that there is none is no failure. Completes and fails as {@link #setValue}. */
    CompletableFuture<Receipt> removeValue(RoomName room, String key);

    /**
     * The values of a room by their keys, as of the newest event that the listener has been told; none if the client is
     * not in the room. An unmodifiable map that does not change. Does not block.
     */
    Map<String, RoomValue> values(RoomName room);

    /**
     * Signals something to the programs of a room this participant is in, which hear it as
     * {@link ParticipantListener#onSignal}: where a player is, where a cursor stands. It is sent once, as soon as there
     * is room for it, and kept nowhere: it may be lost, and whoever comes later never hears of it. While one waits to
     * be sent or told, a newer one of the same key takes its place, and one that comes late is dropped. Whoever may not
     * speak in the room signals in vain, and so does everybody in a room of more than 256 sessions.
     *
     * <p>At most 20 a second of a room go out, of several keys in turn, the last one always; none while the network is
     * away. Does not block.
     *
     * @param key what it is about: at most {@value io.kabar.chat.Limits#SIGNAL_KEY_BYTES} bytes of UTF-8, perhaps empty
     * @param bytes at most {@value io.kabar.chat.Limits#SIGNAL_BYTES}, copied
     * @throws IllegalArgumentException if there are more bytes, or that is no key
     */
    void signal(RoomName room, String key, byte[] bytes);
}
