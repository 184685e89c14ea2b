package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Proposal;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.FreeSpace;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.layout.StorageLog;
import io.kabar.storage.csv.room.BackgroundSync;
import io.kabar.storage.csv.room.RoomJournal;
import io.kabar.storage.csv.room.RoomRecovery;
import io.kabar.storage.csv.room.Storage;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept beyond the number that was asked for goes before anybody is refused for long for want of space. */
class MakingSpaceTest {

    private static final RoomName QUIET = RoomName.of("quiet");

    @TempDir
    Path folder;

    private final Map<RoomName, RoomJournal> rooms = new ConcurrentHashMap<>();
    private final Answers answers = new Answers();
    private final StorageLog log = new StorageLog();
    private long usable = Long.MAX_VALUE;
    private long nanos;
    private long proposals;

    private final FreeSpace space = new FreeSpace(
            new FreeSpace.Disk() {
                @Override
                public long usable() {
                    return usable;
                }

                @Override
                public long total() {
                    return Long.MAX_VALUE;
                }
            },
            () -> nanos);

    /** One turn of the writer that says so much in a room on a day. */
    private void say(RoomName room, int events, int day) throws IOException {
        nanos += Duration.ofSeconds(2).toNanos();
        RetentionRules rules = new RetentionRules(Retention.parse("100 events"), Map.of());
        try (BackgroundSync sync = new BackgroundSync(ChannelFile::open, log)) {
            Storage storage = new Storage(ChannelFile::open, false, rules, sync, log);
            JournalWriter writer = new JournalWriter(
                    rooms,
                    name -> RoomRecovery.create(RoomFolder.of(folder, name), 0, storage),
                    new DroppedNumbers(),
                    space,
                    answers,
                    storage,
                    () -> Instant.MIN);
            Instant time = OpenJournal.NOON.plus(Duration.ofDays(day));
            for (int i = 0; i < events; i++) {
                ChatEvent said =
                        ChatEvent.of(room, 0, time, Author.of(OpenJournal.ADA), new Content.Said("words", false));
                writer.offer(new Proposal(++proposals, said, new MessageId(7, proposals)));
            }
            writer.stop();
            writer.run();
        }
    }

    private long first(RoomName room) {
        return Objects.requireNonNull(rooms.get(room)).segments().view().first();
    }

    @Test
    void a_disk_that_is_nearly_full_has_every_room_keep_its_number_alone() throws IOException {
        for (int day = 0; day < 5; day++) {
            say(QUIET, 200, day);
            say(RoomName.LOBBY, 200, day);
        }
        assertThat(first(QUIET)).isEqualTo(1);
        assertThat(first(RoomName.LOBBY)).isEqualTo(1);
        for (RoomJournal room : rooms.values()) {
            room.keep(new Snapshot(1000, new byte[] {1}));
        }
        usable = FreeSpace.RESERVE - 1;
        say(RoomName.LOBBY, 1, 5);
        assertThat(first(QUIET)).isEqualTo(801);
        assertThat(first(RoomName.LOBBY)).isEqualTo(801);
        usable = Long.MAX_VALUE;
        say(RoomName.LOBBY, 200, 6);
        assertThat(first(RoomName.LOBBY)).as("it keeps more again").isEqualTo(801);
    }
}
