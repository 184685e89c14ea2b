package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cursor against a model of it, over random losses, acknowledgements, credit, pages, failing reads, evictions,
 * retention and a journal that has less than everybody thinks. The model knows three sets of pieces (an event, or a
 * part of a long one): under way, lost, arrived.
 */
class CursorModelTest {

    private static final int RUNS = 60;
    private static final int STEPS = 300;

    /** A piece of the log, in the order of the log. */
    private record Piece(long seq, int part) implements Comparable<Piece> {
        @Override
        public int compareTo(Piece other) {
            return seq != other.seq ? Long.compare(seq, other.seq) : Integer.compare(part, other.part);
        }
    }

    private record Flight(long token, List<Piece> pieces, long gapTo) {}

    private static final class Model {
        final Random random;
        final CursorBench rig;
        final Cursor cursor;
        final List<Flight> underWay = new ArrayList<>();
        final NavigableSet<Piece> lost = new TreeSet<>();
        final NavigableSet<Piece> arrived = new TreeSet<>();
        long credit = 5;
        long goneTo;
        long delivered;
        long lostGap;
        Piece next = new Piece(1, 0);

        Model(long seed) {
            random = new Random(seed);
            rig = new CursorBench(4 + random.nextInt(8));
            cursor = rig.cursor(1, credit);
        }

        void step() throws MalformedPacketException {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> rig.say(random.nextInt(4) == 0 ? 1_000 + random.nextInt(6_000) : random.nextInt(300));
                case 3 -> allow(credit + random.nextInt(6));
                case 4 -> fate(true, random.nextInt(1 + underWay.size()));
                case 5 -> fate(false, random.nextInt(1 + underWay.size()));
                case 6 -> answer(random.nextInt(5) == 0);
                case 7 -> retain();
                default -> write(30 + random.nextInt(1_141));
            }
        }

        void allow(long upTo) {
            credit = Math.max(credit, upTo);
            cursor.allow(upTo);
        }

        void retain() {
            if (random.nextInt(20) == 0) {
                rig.forgetBefore(rig.log.firstKept() + random.nextInt(4));
            } else if (random.nextInt(20) == 0) {
                rig.loseBefore(1 + random.nextLong(rig.log.last() + 1));
            }
        }

        void answer(boolean failing) {
            if (rig.asked.isEmpty()) {
                return;
            }
            assertThat(rig.asked).as("reads at a time").hasSize(1);
            if (failing) {
                rig.asked.clear();
                cursor.pageFailed();
                cursor.wake();
            } else {
                rig.answer(cursor, 1 + random.nextInt(5));
            }
        }

        /** What was sent arrives, or is counted lost. */
        void fate(boolean arrives, int index) {
            if (index >= underWay.size()) {
                return;
            }
            Flight flight = underWay.remove(index);
            if (arrives) {
                arrived.addAll(flight.pieces());
                goneTo = Math.max(goneTo, flight.gapTo());
                cursor.onAcked(flight.token(), 0);
            } else {
                flight.pieces().stream()
                        .filter(piece -> piece.seq() > delivered())
                        .forEach(lost::add);
                lostGap = Math.max(lostGap, flight.gapTo());
                cursor.onLost(flight.token(), 0);
            }
            lost.headSet(new Piece(delivered() + 1, 0), false).clear();
            assertThat(cursor.delivered()).isEqualTo(delivered);
        }

        long delivered() {
            delivered = Math.max(delivered, goneTo);
            while (delivered < rig.log.last() && arrived.containsAll(pieces(delivered + 1))) {
                delivered++;
            }
            return delivered;
        }

        List<Piece> pieces(long seq) {
            List<Piece> pieces = new ArrayList<>();
            for (int part = 0; part < rig.parts(seq); part++) {
                pieces.add(new Piece(seq, part));
            }
            return pieces;
        }

        boolean write(int room) throws MalformedPacketException {
            CursorBench.Written written = rig.write(cursor, room);
            if (written.token() == FrameSource.NOTHING) {
                assertThat(written.frames()).isEmpty();
                return false;
            }
            List<Piece> pieces = new ArrayList<>();
            long gapTo = 0;
            for (Frame frame : written.frames()) {
                if (frame instanceof Frame.Gap gap) {
                    gapTo = gap.to();
                    assertThat(gap.to()).isLessThan(rig.firstAnywhere());
                } else {
                    pieces.add(piece(frame));
                }
            }
            if (gapTo > 0) {
                gap(gapTo);
            }
            pieces.forEach(this::sent);
            underWay.add(new Flight(written.token(), pieces, gapTo));
            return true;
        }

        private Piece piece(Frame frame) {
            if (frame instanceof Frame.Event event) {
                assertThat(event.body()).isEqualTo(rig.body(event.seq()));
                return new Piece(event.seq(), 0);
            }
            Frame.EventPart part = (Frame.EventPart) frame;
            assertThat(part.total()).isEqualTo(rig.body(part.seq()).length);
            return new Piece(part.seq(), part.offset() / CursorBench.PART);
        }

        /** Only if the oldest of what is to be sent has gone for good may it be said. */
        private void gap(long to) {
            assertThat(lost.isEmpty() && lostGap <= delivered() ? next.seq() : delivered() + 1)
                    .isLessThanOrEqualTo(to);
            lost.headSet(new Piece(to + 1, 0), false).clear();
            lostGap = to < lostGap ? lostGap : 0;
            if (next.seq() <= to) {
                next = new Piece(to + 1, 0);
            }
        }

        /** What was lost goes first, the oldest before all; then what is new, up to the credit, and nothing twice. */
        private void sent(Piece piece) {
            if (!lost.isEmpty()) {
                assertThat(piece).as("oldest of what was lost").isEqualTo(lost.first());
                lost.remove(piece);
                return;
            }
            assertThat(piece).as("next of what is new").isEqualTo(next);
            assertThat(piece.seq()).isLessThanOrEqualTo(Math.min(credit, rig.log.last()));
            next = piece.part() + 1 < rig.parts(piece.seq())
                    ? new Piece(piece.seq(), piece.part() + 1)
                    : new Piece(piece.seq() + 1, 0);
        }

        /** From now on the network and the journal behave. */
        void finish() throws MalformedPacketException {
            allow(rig.log.last());
            for (int turns = 0; turns < 10_000 && cursor.delivered() < rig.log.last(); turns++) {
                cursor.wake();
                answer(false);
                if (!write(1_171) || random.nextInt(4) == 0) {
                    fate(random.nextInt(8) > 0, random.nextInt(1 + underWay.size()));
                }
            }
            assertThat(cursor.delivered()).isEqualTo(rig.log.last());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everything_arrives_oldest_first_and_nothing_is_sent_twice_without_need(long seed)
            throws MalformedPacketException {
        Random seeds = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            Model model = new Model(seeds.nextLong());
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            model.finish();
        }
    }
}
