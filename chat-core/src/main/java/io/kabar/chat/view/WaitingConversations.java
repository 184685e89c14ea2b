package io.kabar.chat.view;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Direct conversations that wait to be opened, the oldest first. Anybody can begin one, so there is a place for few:
 * whom this user has talked with before keeps theirs, and strangers have what is left.
 */
final class WaitingConversations {

    /** More than a person looks through, and as many rooms as a server lets somebody be in. */
    static final int MAX = 64;

    /** What became of one that was announced. */
    enum Outcome {
        /** It is listed from now on. */
        LISTED,
        /** It was listed before. */
        KNOWN,
        /** It found no place, and is the first that did not since one was free. */
        FIRST_WITHOUT_PLACE,
        /** It found no place, like others before it. */
        WITHOUT_PLACE
    }

    private record Listed(WaitingConversation conversation, boolean stranger) {}

    private final Map<RoomName, Listed> listed = new LinkedHashMap<>();
    private boolean overflowed;

    Outcome add(WaitingConversation conversation, boolean stranger) {
        if (listed.containsKey(conversation.room())) {
            return Outcome.KNOWN;
        }
        if (listed.size() >= MAX) {
            RoomName newest = stranger ? null : newestStranger();
            if (newest == null) {
                Outcome outcome = overflowed ? Outcome.WITHOUT_PLACE : Outcome.FIRST_WITHOUT_PLACE;
                overflowed = true;
                return outcome;
            }
            listed.remove(newest);
        }
        listed.put(conversation.room(), new Listed(conversation, stranger));
        return Outcome.LISTED;
    }

    private @Nullable RoomName newestStranger() {
        RoomName newest = null;
        for (Listed one : listed.values()) {
            newest = one.stranger() ? one.conversation().room() : newest;
        }
        return newest;
    }

    /** The conversation that waits with somebody of this name. */
    Optional<WaitingConversation> with(UserName who) {
        return listed.values().stream()
                .map(Listed::conversation)
                .filter(conversation -> conversation.with().key().equals(who.key()))
                .findFirst();
    }

    Optional<WaitingConversation> find(RoomName room) {
        return Optional.ofNullable(listed.get(room)).map(Listed::conversation);
    }

    /** Opened, or not wanted. */
    boolean remove(RoomName room) {
        boolean removed = listed.remove(room) != null;
        overflowed &= !removed;
        return removed;
    }

    List<WaitingConversation> all() {
        List<WaitingConversation> all = new ArrayList<>();
        listed.values().forEach(one -> all.add(one.conversation()));
        return List.copyOf(all);
    }
}
