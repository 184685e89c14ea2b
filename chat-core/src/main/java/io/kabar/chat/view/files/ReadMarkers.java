package io.kabar.chat.view.files;

import io.kabar.chat.LogPosition;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.ReadMarker;
import io.kabar.chat.view.RoomModel;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one user left the rooms of one server: known from the last time, followed while they are here, and kept in a
 * {@link ReadMarkerFile}, so that the next start continues there. Kept every few seconds while something happens, and
 * when it is closed.
 *
 * <p>A {@link ChatModel} that {@linkplain ChatModel#remember remembers} with it calls it on its executor;
 * {@link #close} may be called from any thread.
 */
public final class ReadMarkers implements ModelObserver, AutoCloseable {

    /** What a crash may cost: a few lines are shown as new once more. */
    private static final Duration KEEP_EVERY = Duration.ofSeconds(10);

    private final ReadMarkerFile file;
    private final ServerKey server;
    private final UserName user;
    private final InstantSource clock;
    private final Executor writer;
    private final Consumer<String> complain;
    /** Rooms this user has left, by what is known here. */
    private final Map<RoomName, ReadMarker> left = new ConcurrentHashMap<>();
    /** Rooms this user is in, and how far they have read. */
    private final Map<RoomName, LogPosition> inside = new ConcurrentHashMap<>();
    /** Rooms left since the file was read. */
    private final Map<RoomName, ReadMarker> toKeep = new ConcurrentHashMap<>();

    private @Nullable ChatModel model;
    private volatile Instant keepAt;
    private boolean complained;
    private boolean closed;

    /**
     * Reads what is known of {@code user} at {@code server}. Blocks.
     *
     * @param writer where the file is written from time to time, off the model's executor
     * @param complain is told once, in a sentence, if it cannot be written; on any thread
     */
    public ReadMarkers(
            ReadMarkerFile file,
            ServerKey server,
            UserName user,
            InstantSource clock,
            Executor writer,
            Consumer<String> complain) {
        this.file = file;
        this.server = server;
        this.user = user;
        this.clock = clock;
        this.writer = writer;
        this.complain = complain;
        this.keepAt = clock.instant().plus(KEEP_EVERY);
        left.putAll(file.read(server, user));
    }

    /** Where this user left a room they are not in. */
    public Optional<ReadMarker> find(RoomName room) {
        return Optional.ofNullable(left.get(room));
    }

    /** From now on the model's rooms continue where this user left them, and how far they are read is kept. */
    public void follow(ChatModel newModel) {
        model = newModel;
        newModel.remember(this::find);
        newModel.observe(this);
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName name) {
        if (name == null || model == null || (change != Change.TRANSCRIPT && change != Change.ROOMS)) {
            return;
        }
        Optional<RoomModel> room = model.room(name);
        if (room.isPresent()) {
            inside.put(name, room.get().read());
        } else {
            leave(name, clock.instant());
        }
        Instant now = clock.instant();
        if (!now.isBefore(keepAt)) {
            keepAt = now.plus(KEEP_EVERY);
            writer.execute(this::keep);
        }
    }

    private void leave(RoomName room, Instant now) {
        LogPosition read = inside.remove(room);
        if (read != null && read.sequence() > 0) {
            ReadMarker marker = new ReadMarker(read.sequence(), now, read.epoch());
            left.put(room, marker);
            toKeep.put(room, marker);
        }
    }

    private synchronized void keep() {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        Map<RoomName, ReadMarker> markers = new HashMap<>(toKeep);
        inside.forEach((room, read) -> {
            if (read.sequence() > 0) {
                markers.put(room, new ReadMarker(read.sequence(), now, read.epoch()));
            }
        });
        try {
            if (!markers.isEmpty()) {
                file.write(server, user, markers);
            }
        } catch (UncheckedIOException e) {
            if (!complained) {
                complained = true;
                complain.accept(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Keeps where this user leaves now; more calls do nothing. Blocks. */
    @Override
    public synchronized void close() {
        keep();
        closed = true;
    }
}
