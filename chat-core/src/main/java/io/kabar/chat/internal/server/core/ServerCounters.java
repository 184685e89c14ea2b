package io.kabar.chat.internal.server.core;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.DropReason;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a server endpoint has counted since it began. Read by the thread that owns the endpoint. */
public final class ServerCounters {
    private long datagramsIn;
    private long bytesIn;
    private long datagramsOut;
    private long bytesOut;
    private long committed;
    private long delivered;
    private long logins;
    private long resumptions;
    private long loginsRefused;
    private long roamed;
    private long notStored;
    private long defects;
    private final Map<String, Long> drops = new TreeMap<>();

    /** A datagram has arrived. */
    public void countIn(int bytes) {
        datagramsIn++;
        bytesIn += bytes;
    }

    /** A datagram goes out. */
    public void countOut(int bytes) {
        datagramsOut++;
        bytesOut += bytes;
    }

    /** An event is in a room's log. */
    public void countCommitted() {
        committed++;
    }

    /** A cursor is gone whose member has acknowledged so many events. */
    public void countDelivered(long events) {
        delivered += events;
    }

    public void countLogin() {
        logins++;
    }

    public void countResumption() {
        resumptions++;
    }

    public void countLoginRefused() {
        loginsRefused++;
    }

    public void countRoamed() {
        roamed++;
    }

    public void countNotStored() {
        notStored++;
    }

    public void countDefect() {
        defects++;
    }

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

    /** A datagram is dropped without an answer. */
    public void drop(String reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    /** Takes over what an ended connection has dropped. */
    public void countDropsOf(Connection connection) {
        addDropsOf(connection, drops);
    }

    /** Adds what a connection has dropped. */
    public void addDropsOf(Connection connection, Map<String, Long> to) {
        for (DropReason reason : DropReason.values()) {
            int count = connection.stats().drops(reason);
            if (count > 0) {
                to.merge(reason.name().toLowerCase(Locale.ROOT), (long) count, Long::sum);
            }
        }
    }
}
