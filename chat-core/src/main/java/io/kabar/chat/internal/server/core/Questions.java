package io.kabar.chat.internal.server.core;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * What the host program was asked and has not answered. Each question is answered once: by the first verdict that
 * comes, or when {@link #PATIENCE} is over. Whoever asks looks again at what has changed meanwhile.
 */
public final class Questions {

    /** How long an answer is waited for: longer than a look into a database, shorter than people wait. */
    public static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    private record Open(long until, Consumer<Verdict> then) {}

    private final ServerLoop loop;
    private final HostPolicy host;
    /** By their ids, in the order in which they were asked. */
    private final Map<Long, Open> open = new LinkedHashMap<>();

    private boolean reminded;

    /** Nothing is asked yet. */
    public Questions(ServerLoop loop, HostPolicy host) {
        this.loop = loop;
        this.host = host;
    }

    /** Whether the host program knows tokens. */
    public boolean authenticates() {
        return host.authenticates();
    }

    /** Whether the host program decides what may happen. */
    public boolean authorizes() {
        return host.authorizes();
    }

    /**
     * Asks.
     *
     * @param question made with the id by which it is answered
     * @param then takes the verdict, once, in a later input
     */
    public void ask(LongFunction<ServerEvent> question, Consumer<Verdict> then) {
        long id = loop.nextId();
        open.put(id, new Open(loop.now() + PATIENCE, then));
        loop.tell(question.apply(id));
        remind();
    }

    /** The host program has answered; passed over if that is too late, or was answered before. */
    public void answered(long id, Verdict verdict) {
        Open question = open.remove(id);
        if (question != null) {
            question.then().accept(verdict);
        }
    }

    private void remind() {
        if (!reminded && !open.isEmpty()) {
            reminded = true;
            loop.at(open.values().iterator().next().until(), this::expire);
        }
    }

    private void expire() {
        reminded = false;
        try {
            // Looked for anew each time: whoever hears that there is no answer may ask something else.
            for (Iterator<Open> oldest = open.values().iterator();
                    oldest.hasNext();
                    oldest = open.values().iterator()) {
                Open question = oldest.next();
                if (question.until() > loop.now()) {
                    return;
                }
                oldest.remove();
                question.then().accept(new Verdict.Missing());
            }
        } finally {
            remind();
        }
    }

    /** Questions that are open. */
    public int size() {
        return open.size();
    }
}
