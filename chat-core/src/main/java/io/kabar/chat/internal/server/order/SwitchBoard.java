package io.kabar.chat.internal.server.order;

import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.rules.Switches;
import io.kabar.chat.spi.ServerRecords;
import java.util.List;

/** The emergency switches, which outlast a restart. */
public final class SwitchBoard {

    private static final String RECORD = "switches";
    private static final String KEY = "all";
    private static final String OFF = "off";
    private static final String ON = "on";

    private final Records records;
    private Switches present = Switches.NONE;

    SwitchBoard(Records records) {
        this.records = records;
    }

    /** Takes what the record says; tells how many say nothing that can be understood. */
    int restore() {
        return records.read(RECORD, (key, value) -> {
            if (key.equals(KEY)) {
                present = parse(value);
            }
        });
    }

    private static Switches parse(String value) {
        List<String> parts = Parts.of(value, ' ');
        return new Switches(parts.get(0).equals(OFF), parts.get(1).equals(OFF), Digits.parseInt(parts.get(2)));
    }

    /** What is switched off now. */
    public Switches present() {
        return present;
    }

    /** Seconds between two messages of a person, everywhere; 0 if there is no such pause. */
    public int slowSeconds() {
        return present.slowSeconds();
    }

    /** Switches off and on. */
    public void set(Switches switches, Stored then) {
        present = switches;
        if (switches.equals(Switches.NONE)) {
            records.remove(RECORD, KEY, then);
        } else {
            String value = (switches.newcomers() ? OFF : ON) + " " + (switches.newRooms() ? OFF : ON) + " "
                    + switches.slowSeconds();
            records.put(new ServerRecords.Entry(RECORD, KEY, value), then);
        }
    }
}
