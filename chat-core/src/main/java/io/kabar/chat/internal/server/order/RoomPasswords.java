package io.kabar.chat.internal.server.order;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.crypto.RoomPassword;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.spi.ServerRecords;
import org.jspecify.annotations.Nullable;

/** What is kept of the passwords of rooms. That a room asks for one is a mode of it, in its log; this is in none. */
public final class RoomPasswords {

    private static final String RECORD = "room-password";

    private final Records records;

    RoomPasswords(Records records) {
        this.records = records;
    }

    /** Whether a room has a password. */
    public boolean has(RoomName room) {
        return kept(room) != null;
    }

    /** What is kept of a room's password; null if it has none. */
    public @Nullable String kept(RoomName room) {
        return records.find(RECORD, room.text());
    }

    /** Whether this proof is that of the room's password. */
    public boolean opens(RoomName room, byte[] proof) {
        String kept = kept(room);
        return kept != null && proof.length > 0 && RoomPassword.isOf(kept, proof);
    }

    /** A room has the password of this proof from now on. */
    public void set(RoomName room, byte[] proof, Stored then) {
        if (!has(room) && !records.hasPlaceForMembers()) {
            then.failed(Refusal.BUSY);
        } else {
            records.put(entry(room, RoomPassword.kept(proof)), then);
        }
    }

    private static ServerRecords.Entry entry(RoomName room, String kept) {
        return new ServerRecords.Entry(RECORD, room.text(), kept);
    }

    /** The password of this proof is none after all, if it is the present one: that of before is. */
    public void takeBack(RoomName room, byte[] proof, @Nullable String before) {
        if (!opens(room, proof)) {
            return;
        }
        if (before == null) {
            forget(room);
        } else {
            records.put(entry(room, before), Stored.UNHEEDED);
        }
    }

    /** A room has no password any more, if it had one. */
    public void forget(RoomName room) {
        records.remove(RECORD, room.text(), Stored.UNHEEDED);
    }
}
