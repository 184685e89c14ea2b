package io.kabar.chat.view.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacedLinesTest {

    private record Placed(String line, long place) {}

    /** Whatever is done to them, they are what a plain list would be. */
    @Test
    void lines_are_those_of_a_plain_list() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            PlacedLines<String> lines = new PlacedLines<>();
            List<Placed> plain = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                change(random, lines, plain, "line " + step);
                assertThat(lines)
                        .as("seed %d, step %d", seed, step)
                        .containsExactlyElementsOf(
                                plain.stream().map(Placed::line).toList());
                for (int i = 0; i < plain.size(); i++) {
                    assertThat(lines.place(i)).isEqualTo(plain.get(i).place());
                }
                long place = random.nextInt(250);
                assertThat(lines.upTo(place)).isEqualTo((int)
                        plain.stream().filter(each -> each.place() <= place).count());
            }
        }
    }

    private static void change(Random random, PlacedLines<String> lines, List<Placed> plain, String line) {
        int kind = random.nextInt(10);
        if (kind < 6 || plain.isEmpty()) {
            long place = kind < 4 && !plain.isEmpty()
                    ? plain.get(plain.size() - 1).place() + random.nextInt(3)
                    : random.nextInt(250);
            int at = lines.upTo(place);
            lines.insert(at, line, place);
            plain.add(at, new Placed(line, place));
        } else if (kind == 6) {
            lines.remove(0);
            plain.remove(0);
        } else if (kind == 7) {
            int at = random.nextInt(plain.size());
            lines.remove(at);
            plain.remove(at);
        } else if (kind == 8) {
            int at = random.nextInt(plain.size());
            lines.set(at, line);
            plain.set(at, new Placed(line, plain.get(at).place()));
        } else {
            long last = random.nextInt(250);
            lines.cap(last);
            plain.replaceAll(each -> new Placed(each.line(), Math.min(each.place(), last)));
        }
    }
}
