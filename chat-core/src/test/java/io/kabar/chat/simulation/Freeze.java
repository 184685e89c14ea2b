package io.kabar.chat.simulation;

import java.util.ArrayDeque;

/**
 * A program that stands still for a while, as in a long collection of garbage or a suspended machine. Its socket goes on
 * taking datagrams, as many as fit; the answers it waits for wait for it.
 */
final class Freeze {
    /** Small datagrams that a socket with Linux's default buffer holds. */
    private static final int SOCKET = 256;

    private final ArrayDeque<Runnable> datagrams = new ArrayDeque<>();
    private final ArrayDeque<Runnable> answers = new ArrayDeque<>();
    private int times;

    boolean isFrozen() {
        return times > 0;
    }

    void begin() {
        times++;
    }

    /** Goes on: first with the datagrams, then with the answers. False while another freeze lasts. */
    boolean end() {
        if (--times > 0) {
            return false;
        }
        while (!datagrams.isEmpty()) {
            datagrams.remove().run();
        }
        while (!answers.isEmpty()) {
            answers.remove().run();
        }
        return true;
    }

    /** Keeps a datagram; one that does not fit is lost. */
    void keepDatagram(Runnable handling) {
        if (datagrams.size() < SOCKET) {
            datagrams.add(handling);
        }
    }

    void keepAnswer(Runnable handling) {
        answers.add(handling);
    }

    /** The program has ended. */
    void forget() {
        datagrams.clear();
        answers.clear();
    }
}
