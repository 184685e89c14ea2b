package io.kabar.swing.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows are in sight, whatever happens to the others. */
class SightTest {

    private static final int HEIGHT = 100;

    /** The heights of all rows. */
    private final List<Integer> rows = new ArrayList<>();

    private final TreeSet<Integer> measured = new TreeSet<>();
    private final Sight sight = new Sight(rows::size, row -> {
        measured.add(row);
        return rows.get(row);
    });

    private void rows(int count) {
        rows.addAll(IntStream.range(0, count).mapToObj(i -> 10).toList());
        sight.lay(HEIGHT);
    }

    private List<Integer> inSight() {
        return sight.slots().stream().map(Sight.Slot::row).toList();
    }

    @Test
    void it_follows_the_newest_row_and_measures_no_more_than_is_in_sight() {
        rows(100_000);
        assertThat(inSight()).first().isEqualTo(99_990);
        assertThat(inSight()).hasSize(10);
        rows.add(20);
        sight.lay(HEIGHT);
        assertThat(sight.slots().get(sight.slots().size() - 1)).isEqualTo(new Sight.Slot(100_000, 80, 20));
        assertThat(measured).hasSizeLessThan(15);
    }

    @Test
    void few_rows_stand_at_the_bottom() {
        rows(3);
        assertThat(sight.slots().get(0)).isEqualTo(new Sight.Slot(0, 70, 10));
        sight.scroll(-50);
        assertThat(sight.slots().get(0)).isEqualTo(new Sight.Slot(0, 70, 10));
        assertThat(sight.isFollowing()).isTrue();
    }

    @Test
    void whoever_goes_up_stays_whatever_comes_and_goes() {
        rows(100);
        sight.scroll(-255);
        Sight.Slot first = sight.slots().get(0);
        assertThat(first).isEqualTo(new Sight.Slot(64, -5, 10));

        rows.add(10);
        sight.added(100, 1);
        rows.addAll(0, List.of(30, 30));
        sight.added(0, 2);
        rows.remove(5);
        sight.removed(5, 1);
        sight.lay(HEIGHT);
        assertThat(sight.slots().get(0)).isEqualTo(new Sight.Slot(65, -5, 10));
        assertThat(sight.isFollowing()).isFalse();

        sight.scroll(10_000);
        assertThat(sight.isFollowing()).isTrue();
        assertThat(inSight()).last().isEqualTo(rows.size() - 1);
    }

    @Test
    void a_scroll_bar_goes_to_both_ends_and_anywhere_between() {
        rows(100_000);
        sight.value(0);
        assertThat(inSight()).first().isEqualTo(0);
        assertThat(sight.value()).isZero();
        sight.value(50_000 * Sight.UNIT + Sight.UNIT / 2);
        assertThat(sight.slots().get(0)).isEqualTo(new Sight.Slot(50_000, -5, 10));
        assertThat(sight.value()).isEqualTo(50_000 * Sight.UNIT + Sight.UNIT / 2);
        sight.value(sight.maximum() - sight.extent());
        assertThat(sight.isFollowing()).isTrue();
        assertThat(measured).hasSizeLessThan(60);
    }

    /** The rows in sight stand below each other without a gap, and fill it if there are enough. */
    @Test
    void it_is_filled_whatever_is_done() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            rows.clear();
            for (int step = 0; step < 60; step++) {
                change(random);
                sight.lay(HEIGHT);
                assertFilled("seed " + seed + ", step " + step);
            }
        }
    }

    private void change(Random random) {
        int kind = random.nextInt(8);
        int at = rows.isEmpty() ? 0 : random.nextInt(rows.size());
        switch (rows.isEmpty() ? 0 : kind) {
            case 0, 1 -> {
                int index = random.nextBoolean() ? rows.size() : at;
                rows.add(index, 5 + random.nextInt(random.nextInt(10) == 0 ? 300 : 40));
                sight.added(index, 1);
            }
            case 2 -> {
                rows.remove(at);
                sight.removed(at, 1);
            }
            case 3 -> rows.set(at, 5 + random.nextInt(60));
            case 4 -> sight.reveal(at, random.nextInt(20));
            case 5 -> sight.value(random.nextInt(sight.maximum() + 1));
            case 6 -> sight.show(at, random.nextInt(120) - 60);
            default -> sight.scroll(random.nextInt(600) - 300);
        }
    }

    private void assertFilled(String when) {
        List<Sight.Slot> slots = sight.slots();
        if (rows.isEmpty()) {
            assertThat(slots).as(when).isEmpty();
            return;
        }
        for (int i = 1; i < slots.size(); i++) {
            assertThat(slots.get(i).y()).as(when).isEqualTo(slots.get(i - 1).end());
            assertThat(slots.get(i).row()).as(when).isEqualTo(slots.get(i - 1).row() + 1);
        }
        Sight.Slot last = slots.get(slots.size() - 1);
        assertThat(last.end()).as(when).isGreaterThanOrEqualTo(HEIGHT);
        assertThat(slots.get(0).end()).as(when).isGreaterThanOrEqualTo(0);
        assertThat(slots.get(0).y() <= 0 || slots.get(0).row() == 0).as(when).isTrue();
        assertThat(sight.isFollowing()).as(when).isEqualTo(last.row() == rows.size() - 1 && last.end() == HEIGHT);
    }

    @Test
    void what_is_revealed_is_in_sight() {
        rows(1_000);
        for (int row : new int[] {500, 0, 999, 990, 12, 13, 3}) {
            sight.reveal(row, 15);
            Sight.Slot slot = sight.slots().stream()
                    .filter(each -> each.row() == row)
                    .findFirst()
                    .orElseThrow();
            assertThat(slot.y()).as("row %d", row).isGreaterThanOrEqualTo(row == 0 ? 0 : 15);
            assertThat(slot.end()).as("row %d", row).isLessThanOrEqualTo(HEIGHT);
        }
    }
}
