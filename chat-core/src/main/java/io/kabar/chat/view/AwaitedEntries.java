package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Rooms to bring to the front when they are entered, because this user asked for them, in whatever spelling: by key.
 */
final class AwaitedEntries {

    private final Map<String, CompletableFuture<Void>> byKey = new HashMap<>();

    /** Completes when the room is entered, or will not be. */
    CompletableFuture<Void> await(RoomName room) {
        return byKey.computeIfAbsent(room.key(), key -> new CompletableFuture<>());
    }

    boolean contains(RoomName room) {
        return byKey.containsKey(room.key());
    }

    /** The room is entered, or will not be. */
    void settle(RoomName room) {
        CompletableFuture<Void> entry = byKey.remove(room.key());
        if (entry != null) {
            entry.complete(null);
        }
    }

    /** A room is called otherwise than it was asked for; tells whether it was. */
    boolean move(RoomName asked, RoomName called) {
        CompletableFuture<Void> entry = asked.key().equals(called.key()) ? null : byKey.remove(asked.key());
        if (entry == null) {
            return false;
        }
        var unused = await(called).thenRun(() -> entry.complete(null));
        return true;
    }

    /** No room will be entered any more. */
    void settleAll() {
        byKey.values().forEach(entry -> entry.complete(null));
        byKey.clear();
    }
}
