package io.kabar.chat.internal.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomSnapshotsTest {

    private static final long ONE_WAY = 7;
    private static final long ANOTHER_WAY = 8;
    private static final UserName BOB = UserName.of("bob");

    private final RoomSnapshots snapshots = new RoomSnapshots(new ServerLoop(InstantSource.fixed(Instant.EPOCH)));
    private final List<Long> read = new ArrayList<>();

    private static Journal.Entry entry(long seq, long epoch, Content content) {
        return new Journal.Entry(
                new ChatEvent(RoomName.LOBBY, epoch, seq, Instant.EPOCH, new Author(5, BOB), 0, content),
                MessageId.NONE);
    }

    private static Journal.Entry said(long seq, long epoch) {
        return entry(seq, epoch, new Content.Said("text", false));
    }

    private static RoomFold folded(List<Journal.Entry> entries) {
        RoomFold fold = new RoomFold();
        entries.forEach(fold::fold);
        return fold;
    }

    /** A log of which the events from {@code first} on are kept. */
    private Journal.Kept kept(long first, List<Journal.Entry> entries, RoomFold... states) {
        List<Journal.Snapshot> kept = new ArrayList<>();
        for (RoomFold state : states) {
            kept.add(state.snapshot());
        }
        return new Journal.Kept(first, entries.size(), "", Set.of(), Map.of(), true)
                .with(
                        kept,
                        (position, taker) -> entries.stream()
                                .filter(entry -> entry.event().sequence() >= Math.max(first, position + 1))
                                .forEach(entry -> {
                                    read.add(entry.event().sequence());
                                    taker.accept(entry);
                                }));
    }

    @Test
    void state_is_that_of_the_newest_snapshot_and_what_stands_behind_it_and_each_event_is_read_once() {
        List<Journal.Entry> log = List.of(
                entry(1, ONE_WAY, new RoomChange.RoleGiven(new RoomChange.Whom(9, "eve"), RoomRole.MODERATOR, "")),
                entry(2, ONE_WAY, new Content.Joined()),
                said(3, ONE_WAY),
                said(4, ANOTHER_WAY));
        RoomFold restored =
                snapshots.restore(RoomName.LOBBY, kept(2, log, folded(log.subList(0, 3)), folded(log.subList(0, 1))));

        assertThat(restored.snapshot()).isEqualTo(folded(log).snapshot());
        assertThat(read).containsExactly(3L, 4L);
    }

    /** It ended before the snapshot once, as a copy that was put back; the events since are those of another server. */
    @Test
    void snapshot_of_a_log_that_has_gone_on_another_way_does_not_count() {
        List<Journal.Entry> lost =
                List.of(said(1, ONE_WAY), entry(2, ONE_WAY, new Content.Joined()), said(3, ONE_WAY), said(4, ONE_WAY));
        List<Journal.Entry> log = new ArrayList<>(lost.subList(0, 1));
        for (long seq = 2; seq <= 5; seq++) {
            log.add(said(seq, ANOTHER_WAY));
        }
        RoomFold restored = snapshots.restore(RoomName.LOBBY, kept(1, log, folded(lost), folded(lost.subList(0, 1))));

        assertThat(restored.inside()).isEmpty();
        assertThat(restored.snapshot()).isEqualTo(folded(log).snapshot());
    }

    /** Neither its beginning is kept nor its end, which the only snapshot knows. */
    @Test
    void state_of_a_log_that_has_lost_its_end_is_what_its_newest_event_left() {
        RoomChange.Whom eve = new RoomChange.Whom(9, "eve");
        RoomChange.Whom tam = new RoomChange.Whom(8, "tam");
        RoomChange.Whom zoe = new RoomChange.Whom(7, "zoe");
        List<Journal.Entry> whole = List.of(
                entry(1, ONE_WAY, new RoomChange.RoleGiven(eve, RoomRole.MODERATOR, "")),
                entry(2, ONE_WAY, new RoomChange.Banned(zoe, RoomChange.FOREVER, "")),
                entry(3, ONE_WAY, new RoomChange.RoleGiven(tam, RoomRole.MEMBER, "")),
                entry(4, ONE_WAY, new Content.Joined()),
                entry(5, ONE_WAY, new Content.Topic("tea")),
                entry(6, ONE_WAY, new Content.Topic("lost")),
                entry(7, ONE_WAY, new RoomChange.Banned(zoe, RoomChange.LIFTED, "")),
                entry(8, ONE_WAY, new RoomChange.RoleGiven(tam, RoomRole.GUEST, "")),
                entry(9, ONE_WAY, new RoomChange.Muted(eve, RoomChange.FOREVER, "")),
                entry(10, ONE_WAY, new Content.Left("")));
        List<Journal.Entry> log = whole.subList(0, 5);

        RoomFold restored = snapshots.restore(RoomName.LOBBY, kept(2, log, folded(whole)));

        assertThat(restored.snapshot()).isEqualTo(folded(log).snapshot());
    }

    /** In a log from before there were epochs none can be compared. */
    @Test
    void snapshot_behind_an_event_of_unknown_epoch_counts() {
        List<Journal.Entry> old = List.of(entry(1, 0, new Content.Joined()), said(2, 0), said(3, 0));
        RoomFold state = folded(old.subList(0, 2));
        state.adopt(new Journal.Kept(1, 2, "", Set.of(BOB), Map.of(1L, ONE_WAY), true));
        RoomFold restored = snapshots.restore(RoomName.LOBBY, kept(2, old, state));

        assertThat(restored.inside()).containsExactly(BOB);
        assertThat(read).containsExactly(2L, 3L);
    }
}
