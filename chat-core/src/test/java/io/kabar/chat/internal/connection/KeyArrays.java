package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.crypto.PacketKeys;
import java.util.ArrayList;
import java.util.List;

/** The very arrays in which a connection has its keys, to see them overwritten. */
public final class KeyArrays {
    private final List<byte[]> arrays = new ArrayList<>();

    private KeyArrays() {}

    /** All that a connection has now. */
    public static KeyArrays of(Connection connection) {
        return of(connection.keys());
    }

    static KeyArrays of(KeySchedule schedule) {
        KeyArrays all = new KeyArrays();
        all.add(schedule.sendKeys());
        all.add(schedule.receiveKeys());
        PacketKeys next = schedule.nextKeys();
        if (next != null) {
            all.add(next);
        }
        assertThat(all.arrays).allSatisfy(array -> assertThat(array).isNotEqualTo(new byte[array.length]));
        PacketKeys previous = schedule.previousKeys();
        if (previous != null) { // its secret is gone already
            all.add(previous);
        }
        return all;
    }

    private void add(PacketKeys keys) {
        arrays.addAll(List.of(keys.secret(), keys.key(), keys.iv(), keys.headerProtectionKey()));
    }

    /** Whether all are still keys. */
    public void assertThere() {
        assertThat(arrays).allSatisfy(array -> assertThat(array).isNotEqualTo(new byte[array.length]));
    }

    /** Whether all are zeros. */
    public void assertWiped() {
        assertThat(arrays).isNotEmpty().allSatisfy(array -> assertThat(array).containsOnly(0));
    }
}
