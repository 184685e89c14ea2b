package io.kabar.chat.internal.server.order;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.crypto.RoomPassword;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.spi.ServerRecords;

/** What is kept of the passwords of rooms. That a room asks for one is a mode of it, in its log; this is in none. */
public final class RoomPasswords {

    private static final String RECORD = "room-password";

    private final Records records;

    RoomPasswords(Records records) {
        this.records = records;
    }

    /** Whether a room has a password. */
    public boolean has(RoomName room) {
        return records.find(RECORD, room.text()) != null;
    }

    /** Whether this proof is that of the room's password. */
    public boolean opens(RoomName room, byte[] proof) {
        String kept = records.find(RECORD, room.text());
        return kept != null && proof.length > 0 && RoomPassword.isOf(kept, proof);
    }

    /** A room has the password of this proof from now on; none if it is empty. */
    public void set(RoomName room, byte[] proof, Stored then) {
        if (proof.length == 0) {
            records.remove(RECORD, room.text(), then);
        } else if (!has(room) && !records.hasPlaceForMembers()) {
            then.failed(Refusal.BUSY);
        } else {
            records.put(new ServerRecords.Entry(RECORD, room.text(), RoomPassword.kept(proof)), then);
        }
    }
}
