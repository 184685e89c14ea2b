package io.kabar.storage.csv.layout;

import io.kabar.chat.Limits;
import io.kabar.chat.internal.text.Digits;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.SmallCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How late it certainly is for the logs of a data folder, and its file {@code clock.csv}, by which that is known at the
 * next start: {@code known,ahead_seconds,for_seconds,gained_seconds}. A person who knows that the machine's clock is
 * right writes the present time into the first cell while the server is stopped. Safe for any thread.
 */
public final class FolderClock {

    static final String FILE = "clock.csv";

    /** Many times what is in it. */
    private static final int LONGEST = 4096;

    private static final Duration LONGEST_SPAN = Duration.between(Limits.EARLIEST, Limits.LATEST);

    private static final List<String> HEADER = List.of("known", "ahead_seconds", "for_seconds", "gained_seconds");

    private final Path file;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final StorageLog log;
    private final ClockJudge judge;
    private long lookedAt;
    /** Whether it was told that the clock has jumped, and it has not been believed since. */
    private boolean told;

    private FolderClock(
            Path file, InstantSource clock, LongSupplier nanos, StorageLog log, ClockJudge.State state, long now) {
        this.file = file;
        this.clock = clock;
        this.nanos = nanos;
        this.log = log;
        judge = new ClockJudge(state);
        lookedAt = now;
    }

    /**
     * The clock of a folder, of which the newest event, as far as it is not from the future, happened at
     * {@code newest}: where the file is missing or damaged, the folder was last in use then.
     */
    public static FolderClock open(
            Path folder, InstantSource clock, LongSupplier nanos, @Nullable Instant newest, StorageLog log) {
        Path file = folder.resolve(FILE);
        ClockJudge.State state = read(file);
        if (state == null) {
            if (Files.exists(file)) {
                Aside.move(file, "it is taken to be as late as the newest event says", log);
            }
            state = ClockJudge.State.at(newest == null ? clock.instant() : newest);
        }
        FolderClock opened = new FolderClock(file, clock, nanos, log, state, nanos.getAsLong());
        opened.look();
        return opened;
    }

    private static ClockJudge.@Nullable State read(Path file) {
        try {
            List<String> cells = SmallCsv.read(file, HEADER, LONGEST).rows().get(0);
            String ahead = cells.get(1).strip();
            boolean behind = ahead.startsWith("-");
            Duration away = seconds(behind ? ahead.substring(1) : ahead);
            Instant known = Instant.parse(cells.get(0).strip());
            if (!Limits.isTime(known)) {
                return null;
            }
            return new ClockJudge.State(
                    known, behind ? away.negated() : away, seconds(cells.get(2)), seconds(cells.get(3)));
        } catch (IOException | DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static Duration seconds(String cell) {
        long seconds = Digits.parseLong(cell.strip());
        if (seconds > LONGEST_SPAN.toSeconds()) {
            throw new IllegalArgumentException("longer than there are times");
        }
        return Duration.ofSeconds(seconds);
    }

    /** Looks at the machine's clock; to be called now and then, and before anything is judged. */
    public synchronized void look() {
        long now = nanos.getAsLong();
        Duration ran = Duration.ofNanos(Math.max(0, now - lookedAt));
        lookedAt = now;
        Instant wall = clock.instant();
        switch (judge.look(wall, ran)) {
            case BELIEVED -> told = false;
            case JUMPED -> tell(wall, false);
            case DOUBTED -> tell(wall, true);
            case BELIEVED_AGAIN -> {
                told = false;
                log.clockBelieved(wall);
            }
        }
        keep();
    }

    /** Once, and once more at each start: a clock that steps all the time would fill the log. */
    private void tell(Instant wall, boolean still) {
        if (!told) {
            told = true;
            log.clockJumped(wall, judge.away(), file, still);
        }
    }

    private void keep() {
        ClockJudge.State state = judge.state();
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, HEADER.toArray(String[]::new));
        text.append(state.known().truncatedTo(ChronoUnit.SECONDS)).append(',');
        text.append(state.away().toSeconds()).append(',');
        text.append(state.lasted().toSeconds()).append(',');
        text.append(state.gained().toSeconds()).append("\r\n");
        try {
            AtomicFile.writeUnforced(file, text.toString());
        } catch (IOException e) {
            log.cannotKeepClock(file, e);
        }
    }

    /** By what is judged whether something is too old. */
    public synchronized Instant certain() {
        return judge.certain();
    }

    /**
     * Nothing that happens now is dated earlier than this: a machine without a battery starts in 1970.
     * {@link Instant#MIN} while the clock is not behind.
     */
    public synchronized Instant floor() {
        Instant earliest = judge.state().known().minus(ClockJudge.JUMP).truncatedTo(ChronoUnit.MILLIS);
        return clock.instant().isBefore(earliest) ? earliest : Instant.MIN;
    }
}
