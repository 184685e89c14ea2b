package io.kabar.chat.internal.text;

import java.time.ZoneId;

/** The time zone of this machine, for times that people here read or have written. */
public final class LocalZone {

    private LocalZone() {}

    /** The zone. */
    @ForPeople("people read the time of the place where they are")
    public static ZoneId zone() {
        return ZoneId.systemDefault();
    }
}
