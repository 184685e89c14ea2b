package io.kabar.chat.internal.server.limits;

import io.kabar.chat.internal.server.core.ServerLoop;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for work that is bounded for everybody together. The network that has had least done for it comes next, and
 * where too many wait one of the most crowded network is turned away: so whoever asks for much, under however many
 * names, keeps only the own network waiting.
 *
 * @param <T> what waits, each for itself
 */
public final class Turns<T> {

    /** As many wait at most. */
    public static final int WAITING = 256;

    private final ServerLoop loop;
    private final WorkBudget budget;
    private final Function<T, AddressPrefixes> from;
    private final Consumer<T> turnedAway;
    private final Runnable goOn;
    private final NetworkTree<T> waiting = new NetworkTree<>();
    private boolean pausing;

    /**
     * Nobody waits.
     *
     * @param budget how much is done a second
     * @param from where something that waits comes from
     * @param turnedAway is told who has to go for the sake of another
     * @param goOn takes turns, called when there is work to give again
     */
    public Turns(
            ServerLoop loop,
            WorkBudget budget,
            Function<T, AddressPrefixes> from,
            Consumer<T> turnedAway,
            Runnable goOn) {
        this.loop = loop;
        this.from = from;
        this.budget = budget;
        this.turnedAway = turnedAway;
        this.goOn = goOn;
    }

    /** Whether one from there may wait, be it that another has to go. */
    public boolean hasRoom(AddressPrefixes address) {
        return waiting.size() < WAITING || waiting.givesWay(address, false) != null;
    }

    /** Lets one wait that has room. */
    public void add(T item) {
        T outdone = waiting.size() < WAITING ? null : waiting.givesWay(from.apply(item), false);
        if (outdone != null) {
            waiting.remove(from.apply(outdone), outdone);
            turnedAway.accept(outdone);
        }
        waiting.add(from.apply(item), item);
    }

    /** Whose turn it is, until {@link #done}; null if nobody waits, or not now, and then they go on by themselves. */
    public @Nullable T next() {
        long wait = waiting.size() == 0 ? 0 : budget.waitNanos(loop.now());
        if (wait == 0) {
            return waiting.next();
        }
        if (!pausing) {
            pausing = true;
            loop.at(loop.now() + wait, () -> {
                pausing = false;
                goOn.run();
            });
        }
        return null;
    }

    /** A turn is over, in which so much was done. */
    public void done(T item, long steps, boolean goesOn) {
        budget.spend(steps, loop.now());
        if (goesOn) {
            waiting.add(from.apply(item), item);
        }
        waiting.done(from.apply(item), steps);
    }

    public int size() {
        return waiting.size();
    }

    /** Steps done so far. */
    public long spent() {
        return budget.spent();
    }
}
