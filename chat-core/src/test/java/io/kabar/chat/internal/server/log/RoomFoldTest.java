package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent.ValueSet;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomFoldTest {

    private static final Instant DAY_1 = Instant.parse("2026-03-01T12:00:00Z");
    private static final Author SERVER = new Author(0, UserName.of("server"));
    private static final Author ADA = new Author(5, UserName.of("ada"));

    private final RoomFold fold = new RoomFold();
    private long position;

    private static Journal.Entry entry(long seq, Instant time, Author author, Content content, MessageId id) {
        return new Journal.Entry(new ChatEvent(RoomName.LOBBY, 7, seq, time, author, 0, content), id);
    }

    /** Folds something that a journal with several writers has ordered, and that has no number yet. */
    private long ordered(Author author, Content content, MessageId id) {
        return fold.fold(++position, entry(0, DAY_1, author, content, id));
    }

    private long happens(Content content) {
        return fold.fold(entry(fold.last() + 1, DAY_1, SERVER, content, MessageId.NONE));
    }

    // The state

    @Test
    void topic_is_the_number_of_the_event_that_set_it() {
        happens(new Content.Joined());
        happens(new Content.Topic("tea"));
        happens(new Content.Said("hello", false));

        assertThat(fold.topic()).isEqualTo(2);
        assertThat(fold.isWorthKeeping()).isTrue();
    }

    /** As an import leaves it of somebody who is not here. */
    @Test
    void kick_of_nobody_puts_out_nobody_whose_account_is_not_known() {
        fold.adopt(new Journal.Kept(1, 0, "", Set.of(ADA.name())));
        happens(new RoomChange.Kicked(new Whom(0, "eve"), ""));

        assertThat(fold.inside()).containsExactly(ADA.name());
    }

    @Test
    void roles_and_bans_are_by_account_until_they_are_taken_back() {
        happens(new RoomChange.RoleGiven(new Whom(7, "bob"), RoomRole.MODERATOR, ""));
        happens(new RoomChange.Banned(new Whom(8, "eve"), DAY_1.plus(Duration.ofDays(60)), ""));

        assertThat(fold.rules().role(7)).isEqualTo(RoomRole.MODERATOR);
        assertThat(fold.rules().role(8)).isEqualTo(RoomRole.GUEST);
        assertThat(fold.rules().bannedUntil(8, DAY_1)).contains(DAY_1.plus(Duration.ofDays(60)));
        assertThat(fold.rules().bannedUntil(8, DAY_1.plus(Duration.ofDays(60)))).isEmpty();
        assertThat(fold.rules().bannedUntil(7, DAY_1)).isEmpty();

        happens(new RoomChange.RoleGiven(new Whom(7, "bob"), RoomRole.GUEST, ""));
        happens(new RoomChange.Banned(new Whom(8, "eve"), RoomChange.LIFTED, ""));

        assertThat(fold.rules().role(7)).isEqualTo(RoomRole.GUEST);
        assertThat(fold.rules().bannedUntil(8, DAY_1)).isEmpty();
    }

    @Test
    void what_people_wrote_changes_nothing() {
        RoomFold erased = new RoomFold();
        for (Content content : List.of(
                new Content.Said("hello", true),
                new Content.Topic("tea"),
                new Content.Left("bye"),
                new RoomChange.RoleGiven(new Whom(7, "bob"), RoomRole.OWNER, ""),
                new RoomChange.Banned(new Whom(8, "eve"), RoomChange.FOREVER, ""))) {
            happens(content);
            erased.fold(entry(fold.last(), DAY_1, SERVER, content.withoutText(), MessageId.NONE));
        }

        assertThat(erased.snapshot()).isEqualTo(fold.snapshot());
    }

    // Values

    private long sets(String key, String value) {
        return happens(new ValueSet(key, value.isEmpty() ? Payload.NONE : Payload.text(value)));
    }

    private static List<String> values(RoomFold fold) {
        return fold.values().events().stream()
                .map(event -> event.sequence() + " " + ((ValueSet) event.content()).key() + " "
                        + ((ValueSet) event.content()).payload().asText())
                .toList();
    }

    @Test
    void of_each_key_the_newest_value_holds_from_the_log_and_from_a_snapshot() {
        sets("turn", "ada");
        sets("score", "1");
        sets("gone", "x");
        sets("gone", "");
        sets("turn", "bob");
        RoomFold restored = Objects.requireNonNull(RoomFold.of(fold.snapshot()));

        assertThat(values(fold)).containsExactly("2 score 1", "5 turn bob");
        assertThat(values(restored)).isEqualTo(values(fold));
        assertThat(restored.snapshot()).isEqualTo(fold.snapshot());
    }

    @Test
    void value_that_was_erased_is_none_from_the_log_and_from_a_snapshot() {
        sets("turn", "ada");
        sets("score", "1");
        Journal.Snapshot before = fold.snapshot();
        Journal.Snapshot erased = new Journal.Snapshot(
                before.position(),
                before.bytes(),
                before.events().stream().map(ChatEvent::withoutText).toList());
        RoomFold log = new RoomFold();
        log.fold(entry(1, DAY_1, SERVER, new ValueSet("turn", Payload.text("ada")).withoutText(), MessageId.NONE));

        assertThat(values(Objects.requireNonNull(RoomFold.of(erased)))).isEmpty();
        assertThat(values(log)).isEmpty();
    }

    @Test
    void one_key_too_many_sets_nothing() {
        for (int i = 0; i <= RoomValue.MOST; i++) {
            sets("key " + i, "x");
        }
        assertThat(fold.values().size()).isEqualTo(RoomValue.MOST);
        assertThat(fold.values().has("key " + RoomValue.MOST)).isFalse();
        sets("key 1", "");
        sets("another", "x");
        assertThat(fold.values().has("another")).isTrue();
    }

    @Test
    void what_was_set_behind_the_end_of_a_log_is_no_part_of_it() {
        sets("turn", "ada");
        sets("score", "1");
        sets("turn", "bob");
        fold.endAt(
                2,
                (position, taker) -> taker.accept(
                        entry(2, DAY_1, SERVER, new ValueSet("score", Payload.text("1")), MessageId.NONE)));

        assertThat(values(fold)).as("what turn was, no event says any more").containsExactly("2 score 1");
    }

    // Nothing

    @Test
    void what_is_repeated_under_another_name_of_the_account_is_folded_into_nothing() {
        MessageId id = new MessageId(1, 1);
        Author grace = new Author(ADA.account(), UserName.of("grace"));
        Author another = new Author(ADA.account() + 1, ADA.name());
        assertThat(ordered(ADA, new Content.Said("once", false), id)).isEqualTo(1);
        assertThat(ordered(grace, new Content.Said("once", false), id)).isEqualTo(RoomFold.NOTHING);
        assertThat(ordered(another, new Content.Said("another's", false), id)).isEqualTo(2);
    }

    @Test
    void repeated_entries_are_folded_into_nothing() {
        MessageId id = new MessageId(1, 1);
        assertThat(ordered(ADA, new Content.Said("once", false), id)).isEqualTo(1);
        assertThat(ordered(ADA, new Content.Said("once", false), id)).isEqualTo(RoomFold.NOTHING);
        assertThat(ordered(ADA, new Content.Said("next", false), new MessageId(1, 2)))
                .as("the journal only orders, the fold numbers")
                .isEqualTo(2);
        assertThat(fold.position()).isEqualTo(3);
    }

    @Test
    void an_entry_that_was_read_before_is_folded_into_nothing() {
        Journal.Entry said = entry(1, DAY_1, ADA, new Content.Said("once", false), new MessageId(1, 1));

        assertThat(fold.fold(said)).isEqualTo(1);
        assertThat(fold.fold(said)).isEqualTo(RoomFold.NOTHING);
        assertThat(fold.last()).isEqualTo(1);
    }

    @Test
    void what_somebody_does_who_is_banned_is_folded_into_nothing() {
        ordered(SERVER, new RoomChange.Banned(new Whom(5, "ada"), DAY_1.plusSeconds(60), ""), MessageId.NONE);

        assertThat(ordered(ADA, new Content.Said("but", false), new MessageId(1, 1)))
                .isEqualTo(RoomFold.NOTHING);
        assertThat(ordered(ADA, new Content.Left("banned"), MessageId.NONE)).isEqualTo(2);
    }

    @Test
    void what_happened_before_what_is_there_is_folded_into_nothing() {
        ordered(ADA, new Content.Joined(), MessageId.NONE);
        Journal.Entry older = entry(0, DAY_1.minusSeconds(1), ADA, new Content.Said("old", false), new MessageId(1, 1));

        assertThat(fold.fold(++position, older)).isEqualTo(RoomFold.NOTHING);
        assertThat(fold.position()).isEqualTo(2);
    }

    @Test
    void an_event_that_is_not_the_next_changes_nothing() {
        Journal.Snapshot before = fold.snapshot();

        assertThat(fold.fold(entry(2, DAY_1, ADA, new Content.Joined(), MessageId.NONE)))
                .isEqualTo(RoomFold.NOTHING);
        assertThat(fold.snapshot()).isEqualTo(before);
    }

    // Snapshots

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void a_prefix_a_snapshot_and_the_rest_are_the_whole(long seed) {
        Random random = new Random(seed);
        List<Journal.Entry> log = log(random, 3000);
        RoomFold whole = new RoomFold();
        RoomFold parts = new RoomFold();
        for (Journal.Entry entry : log) {
            whole.fold(entry.event().sequence(), entry);
            parts.fold(entry.event().sequence(), entry);
            if (random.nextInt(500) == 0) {
                parts = restored(parts);
            }
        }

        assertThat(parts.snapshot()).isEqualTo(whole.snapshot());
        assertThat(parts.inside()).isEqualTo(whole.inside());
        assertThat(parts.last()).isEqualTo(log.size());
    }

    @Test
    void any_prefix_of_an_ordered_journal_will_do() {
        Random random = new Random(42);
        List<Journal.Entry> log = log(random, 200);
        List<Journal.Entry> unnumbered = new ArrayList<>();
        for (Journal.Entry entry : log) {
            Journal.Entry without = new Journal.Entry(entry.event().withSequence(0), entry.id());
            unnumbered.add(without);
            if (random.nextInt(3) == 0) {
                unnumbered.add(without); // once more
            }
        }
        for (int prefix = 0; prefix <= unnumbered.size(); prefix++) {
            RoomFold first = new RoomFold();
            foldAll(first, unnumbered, 0, prefix);
            RoomFold rest = restored(first);
            foldAll(rest, unnumbered, prefix, unnumbered.size());
            RoomFold whole = new RoomFold();
            foldAll(whole, unnumbered, 0, unnumbered.size());

            assertThat(rest.snapshot()).isEqualTo(whole.snapshot());
        }
    }

    private static RoomFold restored(RoomFold fold) {
        return Objects.requireNonNull(RoomFold.of(fold.snapshot()));
    }

    private static void foldAll(RoomFold fold, List<Journal.Entry> entries, int from, int to) {
        for (int i = from; i < to; i++) {
            fold.fold(i + 1, entries.get(i));
        }
    }

    /** Six people come, go, speak from several devices, and are given roles and bans. */
    private static List<Journal.Entry> log(Random random, int length) {
        List<Journal.Entry> log = new ArrayList<>();
        long[] numbers = new long[12];
        Instant time = DAY_1;
        for (int i = 1; i <= length; i++) {
            time = time.plusSeconds(random.nextInt(10));
            int who = random.nextInt(6);
            Author author = new Author(who + 1, UserName.of("user" + who));
            int device = 2 * who + random.nextInt(2);
            MessageId id = MessageId.NONE;
            Content content = switch (random.nextInt(8)) {
                case 0 -> new Content.Joined(random.nextInt(9) == 0);
                case 1 -> new Content.Left("bye");
                case 2 -> new Content.Topic("topic " + i);
                case 3 -> change(random, time);
                default -> new Content.Said("said " + i, false);
            };
            if (content.kind() == Content.SAID || content.kind() == Content.TOPIC) {
                numbers[device] += 1 + random.nextInt(2);
                id = new MessageId(device, numbers[device]);
            }
            ChatEvent event = new ChatEvent(RoomName.LOBBY, 1 + i / 100, i, time, author, 0, content);
            log.add(new Journal.Entry(event, id));
        }
        return log;
    }

    @Test
    void a_damaged_snapshot_or_one_of_another_version_is_none() {
        happens(new Content.Topic("tea"));
        Journal.Snapshot good = fold.snapshot();
        byte[] newer = good.bytes().clone();
        newer[0]++;

        assertThat(RoomFold.of(good)).isNotNull();
        assertThat(RoomFold.of(new Journal.Snapshot(1, newer))).isNull();
        assertThat(RoomFold.of(new Journal.Snapshot(2, good.bytes()))).isNull();
        for (int length = 0; length < good.bytes().length; length++) {
            assertThat(RoomFold.of(new Journal.Snapshot(1, Arrays.copyOf(good.bytes(), length))))
                    .isNull();
        }
    }

    @Test
    void runs_that_have_been_silent_for_a_day_and_2048_events_are_not_in_a_snapshot() {
        fold.fold(entry(1, DAY_1, ADA, new Content.Said("old", false), new MessageId(1, 1)));
        Instant later = DAY_1.plus(Duration.ofDays(2));
        for (int i = 2; i <= 2050; i++) {
            fold.fold(entry(i, later, SERVER, new Content.Topic("t"), new MessageId(2, i)));
        }

        RoomFold restored = restored(fold);

        assertThat(restored.runs().isPast(ADA, new MessageId(1, 1))).isFalse();
        assertThat(restored.runs().isPast(SERVER, new MessageId(2, 2050))).isTrue();
    }

    @Test
    void a_log_that_has_lost_its_end_takes_what_is_known_of_it_along() {
        happens(new RoomChange.RoleGiven(new Whom(7, "bob"), RoomRole.MODERATOR, ""));
        happens(new Content.Topic("tea"));
        fold.fold(entry(3, DAY_1, ADA, new Content.Said("lost", false), new MessageId(1, 1)));

        fold.endAt(1, Journal.Replay.NONE);

        assertThat(fold.last()).isEqualTo(1);
        assertThat(fold.topic()).isZero();
        assertThat(fold.rules().role(7)).isEqualTo(RoomRole.MODERATOR);
        assertThat(fold.runs().isPast(ADA, new MessageId(1, 1)))
                .as("it may be said again")
                .isFalse();
    }

    private static Content change(Random random, Instant time) {
        Whom whom = new Whom(random.nextInt(9) + 1, "x");
        Instant until = random.nextInt(3) == 0 ? RoomChange.LIFTED : time.plusSeconds(random.nextInt(99));
        RoomMode mode = List.of(RoomMode.values()).get(random.nextInt(11));
        return switch (random.nextInt(7)) {
            case 0 -> new RoomChange.RoleGiven(whom, RoomRole.of(random.nextInt(4)), "why");
            case 1 -> new RoomChange.Banned(whom, until, "why");
            case 2 -> new RoomChange.Muted(whom, until, "why");
            case 3 -> new RoomChange.Kicked(whom, "why");
            case 4 -> new RoomChange.Invited(whom, random.nextBoolean(), "");
            case 5 -> new Content.Described("for " + until);
            default -> new RoomChange.ModesSet(Map.of(mode, random.nextLong(mode.largest() + 1)), "");
        };
    }
}
