package io.kabar.chat.simulation;

import java.util.ArrayDeque;

/**
 * A program that stands still for a while, as in a long collection of garbage or a suspended machine. Its socket goes
 * on taking datagrams; the answers it waits for wait for it.
 */
final class Freeze {
    private final ArrayDeque<Runnable> answers = new ArrayDeque<>();
    private int times;

    boolean isFrozen() {
        return times > 0;
    }

    void begin() {
        times++;
    }

    /** Goes on: first with what lies in the socket, then with the answers. False while another freeze lasts. */
    boolean end(SimLoop loop) {
        if (--times > 0) {
            return false;
        }
        loop.turn();
        while (!answers.isEmpty()) {
            answers.remove().run();
        }
        return true;
    }

    void keepAnswer(Runnable handling) {
        answers.add(handling);
    }

    /** The program has ended. */
    void forget() {
        answers.clear();
    }
}
