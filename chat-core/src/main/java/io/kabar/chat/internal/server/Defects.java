package io.kabar.chat.internal.server;

import io.kabar.chat.internal.server.core.ServerEvent;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a defect of ours to the session in whose service it shows: the session ends, everybody else goes on. Its kind,
 * a bug, is unknown by its nature, so whatever serves several sessions in a row serves each of them apart.
 */
final class Defects {

    private final ServerCore core;
    private final ArrayDeque<ServerSession> broken = new ArrayDeque<>(2);

    Defects(ServerCore core) {
        this.core = core;
    }

    /** Serving this session has met a defect. It ends when what is being done is done; told of once, counted always. */
    void met(ServerSession session, RuntimeException cause) {
        core.counters.defects++;
        if (!session.broken) {
            session.broken = true;
            core.tell(new ServerEvent.Defect("The session of " + session.who(), cause));
        }
        if (!broken.contains(session)) { // or it would be given up before it was told
            broken.add(session);
        }
    }

    /** What belongs to no session has met a defect. */
    void met(String where, RuntimeException cause) {
        core.counters.defects++;
        core.tell(new ServerEvent.Defect(where, cause));
    }

    /** Does something for one session of several. */
    void apart(ServerSession session, Runnable service) {
        try {
            service.run();
        } catch (RuntimeException e) {
            met(session, e);
        }
    }

    /** The next session to be ended; null if there is none. */
    @Nullable
    ServerSession next() {
        return broken.poll();
    }
}
