package io.kabar.storage.csv.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptSnapshotsTest {

    @TempDir
    Path folder;

    /** What is let go of then could be had from nowhere any more. */
    @Test
    void snapshot_of_an_end_that_the_log_has_lost_covers_nothing_of_it() throws Exception {
        KeptSnapshots before = new KeptSnapshots(folder, RoomName.LOBBY);
        before.write(new Snapshot(3, new byte[] {1}));
        before.write(new Snapshot(9, new byte[] {2}));
        assertThat(before.cover(10)).isTrue();

        KeptSnapshots put = new KeptSnapshots(folder, RoomName.LOBBY);
        assertThat(put.read(new StorageLog(), 5)).extracting(Snapshot::position).containsExactly(9L, 3L);
        assertThat(put.cover(4)).isTrue();
        assertThat(put.cover(5)).isFalse();
        assertThat(put.takeWanted()).isZero();
    }

    /** As a power failure may leave behind. */
    @ParameterizedTest
    @ValueSource(strings = {"", "after_event,crc32c,state\n", "garbage"})
    void file_that_is_no_snapshot_takes_no_place_of_a_good_one(String text) throws Exception {
        KeptSnapshots kept = new KeptSnapshots(folder, RoomName.LOBBY);
        kept.write(new Snapshot(3, new byte[] {1}));
        kept.write(new Snapshot(9, new byte[] {2}));
        Files.writeString(folder.resolve("snapshot-000000000012.csv"), text);

        assertThat(kept.read(new StorageLog(), 20))
                .extracting(Snapshot::position)
                .containsExactly(9L, 3L);
        kept.write(new Snapshot(15, new byte[] {3}));
        assertThat(kept.read(new StorageLog(), 20))
                .extracting(Snapshot::position)
                .containsExactly(15L, 9L);
    }
}
