package io.kabar.chat.internal.server;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.DropReason;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a server endpoint has counted since it began. Read by the thread that owns the endpoint. */
public final class ServerCounters {
    long datagramsIn;
    long bytesIn;
    long datagramsOut;
    long bytesOut;
    long committed;
    long delivered;
    long logins;
    long resumptions;
    long loginsRefused;
    long roamed;
    long notStored;
    long defects;
    private final Map<String, Long> drops = new TreeMap<>();

    public long datagramsIn() {
        return datagramsIn;
    }

    public long bytesIn() {
        return bytesIn;
    }

    public long datagramsOut() {
        return datagramsOut;
    }

    public long bytesOut() {
        return bytesOut;
    }

    public long committed() {
        return committed;
    }

    /** Events that members have acknowledged, of cursors that are gone. */
    public long delivered() {
        return delivered;
    }

    public long logins() {
        return logins;
    }

    /** Those of the logins that needed a ticket only. */
    public long resumptions() {
        return resumptions;
    }

    public long loginsRefused() {
        return loginsRefused;
    }

    public long roamed() {
        return roamed;
    }

    /** Events that the journal could not store. */
    public long notStored() {
        return notStored;
    }

    /** Times that something met a defect in Kabar. */
    public long defects() {
        return defects;
    }

    /** Datagrams dropped without a word, by reason. */
    public Map<String, Long> drops() {
        return drops;
    }

    void drop(String reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    /** Takes over what an ended connection had dropped. */
    void addDropsOf(Connection connection, Map<String, Long> to) {
        for (DropReason reason : DropReason.values()) {
            int count = connection.stats().drops(reason);
            if (count > 0) {
                to.merge(reason.name().toLowerCase(Locale.ROOT), (long) count, Long::sum);
            }
        }
    }
}
