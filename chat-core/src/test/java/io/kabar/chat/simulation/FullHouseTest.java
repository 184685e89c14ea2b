package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * People who come into a room within a minute cost the server and each other no more than n log n in all: what twice as
 * many cost is counted, in datagrams, bytes, garbage, and in how many of each other they are told.
 *
 * <p>{@code -Dcrowd=1250} does it with 1,250, 2,500, 5,000 and 10,000 people, for the figures of docs/performance.md;
 * that takes minutes.
 */
class FullHouseTest {

    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** What so many people have cost. */
    private record Figures(
            int people,
            long datagramsIn,
            long datagramsOut,
            long bytesOut,
            long garbage,
            long told,
            long mostTold,
            long mostBytes) {

        static Figures of(int people, int quietAt) {
            CrowdedRoom room = CrowdedRoom.filled(people, quietAt, WITHIN);
            Figures figures = new Figures(
                    people,
                    room.costs.datagramsIn,
                    room.costs.datagramsOut,
                    room.costs.bytesOut,
                    room.costs.garbage,
                    room.told(),
                    room.mostTold(),
                    room.mostBytes());
            if (System.getProperty("crowd") != null) {
                System.out.println(figures);
            }
            return figures;
        }
    }

    /** Twice as many may cost twice as much, times the growth of their logarithm; the square is four times as much. */
    private static void requireNoMoreThanNLogN(List<Figures> sizes, String what, ToLongFunction<Figures> cost) {
        for (int i = 1; i < sizes.size(); i++) {
            Figures less = sizes.get(i - 1);
            Figures more = sizes.get(i);
            double growth = more.people * Math.log(more.people) / (less.people * Math.log(less.people));
            assertThat((double) cost.applyAsLong(more))
                    .as("%s, of %,d people", what, more.people)
                    .isLessThan(cost.applyAsLong(less) * growth);
        }
    }

    private static void requireNoMoreThanNLogN(int least, int doublings, int quietAt) {
        CrowdedRoom unused = CrowdedRoom.filled(3 * quietAt, quietAt, WITHIN); // what is garbage once is none of them
        List<Figures> sizes = new ArrayList<>();
        for (int i = 0; i <= doublings; i++) {
            sizes.add(Figures.of(least << i, quietAt));
        }
        requireNoMoreThanNLogN(sizes, "datagrams to the server", Figures::datagramsIn);
        requireNoMoreThanNLogN(sizes, "datagrams of the server", Figures::datagramsOut);
        requireNoMoreThanNLogN(sizes, "bytes of the server", Figures::bytesOut);
        requireNoMoreThanNLogN(sizes, "garbage of the server", Figures::garbage);
        requireNoMoreThanNLogN(sizes, "people told", Figures::told);
        Figures few = sizes.get(0);
        Figures many = sizes.get(doublings);
        double growth = Math.log(many.people) / Math.log(few.people);
        assertThat((double) many.mostTold).as("what one is told").isLessThan(few.mostTold * growth);
        assertThat((double) many.mostBytes).as("bytes to one").isLessThan(few.mostBytes * growth);
    }

    @Test
    void twice_as_many_cost_twice_as_much_and_the_logarithm_of_it() {
        requireNoMoreThanNLogN(150, 3, 50);
    }

    /** Or the bounds would hold of anything. */
    @Test
    void where_everybody_is_told_of_everybody_it_is_noticed() {
        List<Figures> sizes = List.of(Figures.of(100, 0), Figures.of(200, 0));
        assertThatThrownBy(() -> requireNoMoreThanNLogN(sizes, "people told", Figures::told))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @EnabledIfSystemProperty(named = "crowd", matches = "[0-9]+")
    void ten_thousand_cost_what_their_logarithm_allows() {
        requireNoMoreThanNLogN(Integer.getInteger("crowd"), 3, 256);
    }
}
