package io.kabar.chat.internal.server.core;

import io.kabar.chat.Refusal;
import io.kabar.chat.spi.ServerRecords;
import io.kabar.chat.spi.ServerRecords.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ServerRecords} as the server works with them: all of them in memory, where a change holds at once, and
 * each change on its way to the store, which answers later.
 */
public final class Records {

    /** What becomes of a change. */
    public interface Stored {

        /** It is stored. */
        void done();

        /** It is not, for this reason: {@link Refusal#STORAGE}, or {@link Refusal#BUSY} if there are too many. */
        void failed(Refusal reason);

        /** Of nobody's interest: an operator is warned by the store if it fails. */
        Stored UNHEEDED = new Stored() {
            @Override
            public void done() {
                // As expected.
            }

            @Override
            public void failed(Refusal reason) {
                // The store has warned.
            }
        };

        /** Takes whether it is stored. */
        static Stored then(Consumer<Boolean> action) {
            return new Stored() {
                @Override
                public void done() {
                    action.accept(true);
                }

                @Override
                public void failed(Refusal reason) {
                    action.accept(false);
                }
            };
        }
    }

    /** Records that those cannot take up that members bring about. */
    private static final int RESERVED = 10_000;

    private final ServerLoop loop;
    private final Map<String, Map<String, String>> kinds = new HashMap<>();
    private final Map<Long, Stored> open = new HashMap<>();
    private int size;

    /** No records yet. */
    public Records(ServerLoop loop) {
        this.loop = loop;
    }

    /** What the store has, before anything else. */
    public void restore(Collection<Entry> entries) {
        entries.forEach(this::hold);
    }

    /** The value of a key; null if there is none. */
    public @Nullable String find(String kind, String key) {
        return of(kind).get(key);
    }

    private Map<String, String> of(String kind) {
        Map<String, String> all = kinds.get(kind);
        return all == null ? Map.of() : all;
    }

    /** Takes a record; an exception says that it says nothing that can be understood. */
    public interface Reader {

        void read(String key, String value);
    }

    /** Has all records of a kind read, in the order in which they were put; tells how many cannot be understood. */
    public int read(String kind, Reader reader) {
        int strange = 0;
        for (Map.Entry<String, String> record : of(kind).entrySet()) {
            try {
                reader.read(record.getKey(), record.getValue());
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                strange++;
            }
        }
        return strange;
    }

    /** Whether there is place for one that a member brings about: the staff always has some for its own. */
    public boolean hasPlaceForMembers() {
        return size < ServerRecords.MAX_RECORDS - RESERVED;
    }

    /** Puts a record, which holds from now on, and stores it. */
    public void put(Entry entry, Stored then) {
        if (size >= ServerRecords.MAX_RECORDS && find(entry.kind(), entry.key()) == null) {
            then.failed(Refusal.BUSY);
            return;
        }
        hold(entry);
        long callId = loop.nextId();
        open.put(callId, then);
        loop.tell(new ServerEvent.KeepRecord(callId, entry));
    }

    /** Removes a record, which holds no more from now on. */
    public void remove(String kind, String key, Stored then) {
        Map<String, String> all = kinds.get(kind);
        if (all == null || all.remove(key) == null) {
            then.done();
            return;
        }
        size--;
        long callId = loop.nextId();
        open.put(callId, then);
        loop.tell(new ServerEvent.RemoveRecord(callId, kind, key));
    }

    private void hold(Entry entry) {
        Map<String, String> all = kinds.computeIfAbsent(entry.kind(), kind -> new LinkedHashMap<>());
        if (all.remove(entry.key()) == null) {
            size++;
        }
        all.put(entry.key(), entry.value());
    }

    /** The store has answered. */
    public void stored(long callId, boolean isStored) {
        Stored then = open.remove(callId);
        if (then != null && isStored) {
            then.done();
        } else if (then != null) {
            then.failed(Refusal.STORAGE);
        }
    }

    /** The keys of a kind, to go through while records come and go. */
    public List<String> keys(String kind) {
        return new ArrayList<>(of(kind).keySet());
    }

    /** Changes that the store has not answered. */
    public int waiting() {
        return open.size();
    }
}
