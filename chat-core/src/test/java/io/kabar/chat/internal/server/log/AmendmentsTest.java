package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done to which message, against what one would write down by hand. */
class AmendmentsTest {

    private static final List<String> EMOJI = List.of("+1", "-1", "tea", "");

    private final Amendments amendments = new Amendments();

    private static ChatEvent event(long number, long account, long ref, Content content) {
        return new ChatEvent(
                RoomName.LOBBY, 0, number, Instant.EPOCH, new Author(account, UserName.of("ada")), ref, content);
    }

    private void apply(long number, long account, long ref, Content content) {
        amendments.apply(number, event(number, account, ref, content));
    }

    /** The same, as one would write it down. */
    private static final class ByHand {
        private final Map<Long, Long> deletions = new TreeMap<>();
        private final Map<Long, Long> edits = new TreeMap<>();
        private final Map<Long, Map<String, Set<Long>>> reactions = new TreeMap<>();

        void apply(ChatEvent event) {
            long target = event.ref();
            if (event.content() instanceof Amendment.Deleted) {
                deletions.putIfAbsent(target, event.sequence());
                edits.remove(target);
                reactions.remove(target);
            } else if (deletions.containsKey(target)) {
                return;
            } else if (event.content() instanceof Amendment.Edited) {
                edits.put(target, event.sequence());
            } else if (event.content() instanceof Amendment.Reacted reacted
                    && !reacted.emoji().isEmpty()) {
                Map<String, Set<Long>> those = reactions.computeIfAbsent(target, none -> new LinkedHashMap<>());
                Set<Long> who = those.computeIfAbsent(reacted.emoji(), none -> new LinkedHashSet<>());
                if (reacted.takenBack()) {
                    who.remove(event.author().account());
                } else {
                    who.add(event.author().account());
                }
                those.values().removeIf(Set::isEmpty);
                reactions.values().removeIf(Map::isEmpty);
            }
        }

        int size() {
            return deletions.size()
                    + edits.size()
                    + reactions.values().stream()
                            .flatMap(those -> those.values().stream())
                            .mapToInt(Set::size)
                            .sum();
        }

        void forget(LongPredicate targets) {
            edits.keySet().removeIf(targets::test);
            reactions.keySet().removeIf(targets::test);
        }
    }

    private static void assertSame(Amendments amendments, ByHand byHand, long last) {
        assertThat(amendments.size()).isEqualTo(byHand.size());
        assertThat(amendments.hasDeletions()).isEqualTo(!byHand.deletions.isEmpty());
        assertThat(amendments.hasChangedTexts()).isEqualTo(byHand.size() > 0);
        for (long target = 0; target <= last; target++) {
            assertThat(amendments.deletionOf(target)).isEqualTo(byHand.deletions.getOrDefault(target, 0L));
            assertThat(amendments.editOf(target)).isEqualTo(byHand.edits.getOrDefault(target, 0L));
            Map<String, Set<Long>> reactions = byHand.reactions.getOrDefault(target, Map.of());
            assertThat(amendments.reactionsTo(target)).isEqualTo(reactions);
            assertThat(List.copyOf(amendments.reactionsTo(target).keySet())).isEqualTo(List.copyOf(reactions.keySet()));
            for (String emoji : EMOJI) {
                for (long account = 1; account <= 3; account++) {
                    assertThat(amendments.hasReacted(target, emoji, account))
                            .isEqualTo(reactions.getOrDefault(emoji, Set.of()).contains(account));
                }
            }
        }
        for (long from = 0; from <= last; from += 5) {
            for (long to = from - 1; to <= last; to += 7) {
                Set<Long> touched = new TreeSet<>(byHand.deletions.keySet());
                touched.addAll(byHand.edits.keySet());
                touched.addAll(byHand.reactions.keySet());
                long least = from;
                long most = to;
                touched.removeIf(target -> target < least || target > most);
                assertThat(amendments.within(from, to, 100)).isEqualTo(List.copyOf(touched));
                assertThat(amendments.within(from, to, 3))
                        .isEqualTo(touched.stream().limit(3).toList());
            }
        }
    }

    private static Content random(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Amendment.Deleted("");
            case 1, 2 -> new Amendment.Edited("ho");
            case 3 -> new Content.Said("an answer", false);
            default -> new Amendment.Reacted(EMOJI.get(random.nextInt(3)), random.nextInt(3) == 0);
        };
    }

    private static Amendments throughSnapshot(Amendments before) {
        StateWriter out = new StateWriter();
        before.write(out);
        StateReader in = new StateReader(out.toBytes());
        Amendments after = new Amendments();
        after.read(in);
        assertThat(in.isAtEnd()).isTrue();
        return after;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void what_is_known_is_what_happened(long seed) {
        Random random = new Random(seed);
        ByHand byHand = new ByHand();
        int last = 60;
        for (long number = 1; number <= last; number++) {
            ChatEvent event = event(
                    number, 1 + random.nextInt(3), number == 1 ? 0 : random.nextInt((int) number), random(random));
            amendments.apply(number, event);
            if (event.ref() > 0) {
                byHand.apply(event);
            }
        }
        assertSame(amendments, byHand, last);
        assertSame(throughSnapshot(amendments), byHand, last);

        long first = 20;
        amendments.forgetBefore(first);
        byHand.forget(target -> target < first);
        byHand.deletions.values().removeIf(by -> by < first);
        assertSame(amendments, byHand, last);

        long end = 40;
        amendments.endAt(end);
        byHand.forget(target -> target > end);
        byHand.edits.values().removeIf(by -> by > end);
        byHand.deletions.values().removeIf(by -> by > end);
        assertSame(amendments, byHand, last);
    }

    @Test
    void what_is_about_nothing_before_it_is_about_nothing() {
        apply(5, 1, 0, new Amendment.Edited("ho"));
        apply(5, 1, 5, new Amendment.Edited("ho"));
        apply(5, 1, 6, new Amendment.Deleted(""));
        apply(5, 1, 4, new Content.Said("ho", false));

        assertThat(amendments.size()).isZero();
        assertThat(amendments.within(0, 10, 100)).isEmpty();
    }

    @Test
    void text_of_what_is_deleted_and_of_its_edits_is_for_nobody() {
        apply(5, 1, 4, new Amendment.Deleted(""));

        assertThat(amendments.isBlank(event(4, 1, 0, new Content.Said("hi", false))))
                .isTrue();
        assertThat(amendments.isBlank(event(3, 1, 0, new Content.Said("hi", false))))
                .isFalse();
        assertThat(amendments.isBlank(event(6, 1, 4, new Amendment.Edited("ho"))))
                .isTrue();
        assertThat(amendments.isBlank(event(6, 1, 4, new Content.Said("an answer", false))))
                .isFalse();
        assertThat(amendments.isBlank(event(6, 1, 3, new Amendment.Edited("ho"))))
                .isFalse();
    }

    @Test
    void what_was_edited_since_is_an_earlier_wording() {
        ChatEvent said = event(1, 1, 0, new Content.Said("hi", false));
        ChatEvent first = event(2, 1, 1, new Amendment.Edited("ho"));
        ChatEvent second = event(3, 1, 1, new Amendment.Edited("he"));
        assertThat(amendments.isEarlierWording(said)).isFalse();
        amendments.apply(2, first);
        assertThat(amendments.isEarlierWording(said)).isTrue();
        assertThat(amendments.isEarlierWording(first)).isFalse();
        amendments.apply(3, second);
        assertThat(amendments.isEarlierWording(first)).isTrue();
        assertThat(amendments.isEarlierWording(second)).isFalse();
    }

    @Test
    void message_has_place_for_so_many_emoji() {
        for (int i = 0; i < Amendments.MOST_EMOJI; i++) {
            assertThat(amendments.hasNoPlaceFor(1, ":" + i)).isFalse();
            apply(2 + i, 1, 1, new Amendment.Reacted(":" + i, false));
        }
        assertThat(amendments.hasNoPlaceFor(1, "tea")).isTrue();
        assertThat(amendments.hasNoPlaceFor(1, ":0")).isFalse();
        assertThat(amendments.hasNoPlaceFor(2, "tea")).isFalse();
        apply(100, 1, 1, new Amendment.Reacted("tea", false));
        apply(101, 2, 1, new Amendment.Reacted(":0", false));

        assertThat(amendments.reactionsTo(1)).hasSize(Amendments.MOST_EMOJI).doesNotContainKey("tea");
        assertThat(amendments.hasReacted(1, ":0", 2)).isTrue();
    }

    @Test
    void of_too_many_those_of_the_oldest_messages_are_forgotten_and_these_are_too_old() {
        long number = 100_000;
        for (long target = 10; target < 10 + Amendments.MOST; target++) {
            apply(number++, 1, target, new Amendment.Edited("ho"));
            assertThat(amendments.forgottenTo()).isZero();
        }
        assertThat(amendments.size()).isEqualTo(Amendments.MOST);
        assertThat(amendments.isTooOld(9)).isTrue();
        assertThat(amendments.isTooOld(10)).isFalse();

        apply(number++, 1, 50_000, new Amendment.Reacted("tea", false));
        assertThat(amendments.forgottenTo()).isEqualTo(10);
        assertThat(amendments.editOf(10)).isZero();
        assertThat(amendments.editOf(11)).isPositive();
        assertThat(amendments.size()).isEqualTo(Amendments.MOST);
        assertThat(amendments.isTooOld(10)).isTrue();
        apply(number++, 1, 10, new Amendment.Edited("again"));
        assertThat(amendments.editOf(10)).isZero();
        assertThat(throughSnapshot(amendments).forgottenTo()).isEqualTo(10);

        amendments.forgetBefore(12);
        assertThat(amendments.isTooOld(10)).isTrue();
        assertThat(amendments.isTooOld(11)).as("there is place again").isFalse();
    }

    @Test
    void of_too_many_deletions_the_oldest_are_forgotten() {
        List<Long> targets = new ArrayList<>();
        for (long target = 1; target <= Amendments.MOST_DELETED + 1; target++) {
            targets.add(target);
            apply(100_000 + target, 1, target, new Amendment.Deleted(""));
        }
        assertThat(amendments.size()).isEqualTo(Amendments.MOST_DELETED);
        assertThat(amendments.deletionOf(1)).isZero();
        assertThat(amendments.within(1, 100_000, 100_000)).isEqualTo(targets.subList(1, targets.size()));
    }
}
