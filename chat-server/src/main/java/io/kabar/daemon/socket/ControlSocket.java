package io.kabar.daemon.socket;

import io.kabar.chat.Refusal;
import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.Answer.Misuse;
import io.kabar.daemon.control.Answer.Refused;
import io.kabar.daemon.control.ControlRunner;
import io.kabar.storage.csv.files.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of the socket. One thread, {@code kabar-control}, serves all who come; it never waits for one of
 * them, so nobody who is slow, or sends half of something, holds up another.
 */
public final class ControlSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    /** So many at once; whoever has been silent longest makes room for the next. */
    static final int MOST_PEERS = 32;

    /** How long somebody may be silent, or not take what is answered. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final long TICK_MILLIS = 1_000;
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final long CLOSE_MILLIS = 5_000;

    private final ControlRunner runner;
    private final Duration silence;
    private final ControlPlace.Bound bound;
    private final Selector selector;
    private final SelectionKey accepting;
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private final List<ControlPeer> peers = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closing;

    private ControlSocket(ControlPlace.Bound bound, ControlRunner runner, Duration silence) throws IOException {
        this.bound = bound;
        this.runner = runner;
        this.silence = silence;
        selector = Selector.open();
        bound.channel().configureBlocking(false);
        accepting = bound.channel().register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::serve, "kabar-control");
        thread.setDaemon(true);
    }

    /**
     * Listens for commands to the server of a data folder, which the caller holds.
     *
     * @throws IOException with half a sentence, if there can be no socket that is only its owner's
     */
    public static ControlSocket open(Path data, ControlRunner runner) throws IOException {
        return open(data, runner, System.getenv(), SILENCE);
    }

    static ControlSocket open(Path data, ControlRunner runner, Map<String, String> environment, Duration silence)
            throws IOException {
        ControlSocket socket = new ControlSocket(ControlPlace.bind(data, environment), runner, silence);
        socket.thread.start();
        return socket;
    }

    /** Where it listens. */
    Path path() {
        return bound.path();
    }

    private void serve() {
        try {
            while (!closing) {
                turn();
            }
            long end = System.nanoTime() + FAREWELL.toNanos();
            while (peers.stream().anyMatch(ControlPeer::isOwed) && System.nanoTime() - end < 0) {
                turn();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("kabar ctl cannot reach this server any more: {}", String.valueOf(e.getMessage()));
        } finally {
            peers.forEach(ControlPeer::close);
            closeQuietly();
        }
    }

    private void turn() throws IOException {
        selector.select(peers.isEmpty() && accepting.isValid() && accepting.interestOps() != 0 ? 0 : TICK_MILLIS);
        if (accepting.isValid()) {
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof ControlPeer peer) {
                guarded(peer, peer::ready);
            } else if (key.isValid() && key.isAcceptable()) {
                accept();
            }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        for (ControlPeer peer : peers) {
            guarded(peer, () -> serve(peer));
            boolean silent = !peer.isBusy() && now - peer.activeNanos() > silence.toNanos();
            if (peer.isOver() || silent) {
                peer.close();
            } else {
                peer.await();
            }
        }
        peers.removeIf(peer -> !peer.isOpen());
    }

    private void serve(ControlPeer peer) throws IOException {
        try {
            Optional<String> line = peer.nextLine();
            if (line.isPresent()) {
                run(peer, line.get());
            }
        } catch (ControlPeer.TooLong e) {
            peer.answerLast(
                    ControlReply.line(new Misuse(
                            "That line has more than " + ControlPeer.LONGEST_LINE + " bytes; the connection ends.")),
                    System.nanoTime());
        } catch (CharacterCodingException e) {
            answer(peer, new Misuse("That line is not UTF-8."));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is run never fails
    private void run(ControlPeer peer, String line) {
        ControlRequest request;
        try {
            request = ControlRequest.parse(line);
        } catch (IllegalArgumentException e) {
            answer(peer, new Misuse(String.valueOf(e.getMessage())));
            return;
        }
        runner.run(request.words(), request.yes()).thenAccept(answer -> answer(peer, answer));
    }

    /** From any thread. */
    private void answer(ControlPeer peer, Answer answer) {
        String line = ControlReply.line(answer);
        answers.add(() -> guarded(peer, () -> peer.answer(line, System.nanoTime())));
        selector.wakeup();
    }

    private void accept() throws IOException {
        SocketChannel channel;
        try {
            channel = bound.channel().accept();
        } catch (IOException e) {
            LOG.warn("somebody who came to kabar ctl could not be let in: {}", FileTrouble.reason(e));
            accepting.interestOps(0); // until the next turn
            return;
        }
        if (channel == null) {
            return;
        }
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        ControlPeer peer = new ControlPeer(channel, key, System.nanoTime());
        key.attach(peer);
        if (hasRoom()) {
            peers.add(peer);
        } else {
            guarded(
                    peer,
                    () -> peer.answerLast(
                            ControlReply.line(new Refused(Refusal.BUSY.name(), Refusal.BUSY.sentence())),
                            System.nanoTime()));
            peer.close();
        }
    }

    /** Whether there is a place, perhaps that of whoever has been silent longest. */
    private boolean hasRoom() {
        peers.removeIf(peer -> !peer.isOpen());
        if (peers.size() < MOST_PEERS) {
            return true;
        }
        Optional<ControlPeer> idle = peers.stream()
                .filter(peer -> !peer.isBusy())
                .min(Comparator.comparingLong(peer -> peer.activeNanos() - System.nanoTime()));
        idle.ifPresent(ControlPeer::close);
        peers.removeIf(peer -> !peer.isOpen());
        return idle.isPresent();
    }

    private interface Step {
        void run() throws IOException;
    }

    /** What goes wrong with one of them ends that one. */
    private static void guarded(ControlPeer peer, Step step) {
        try {
            if (peer.isOpen()) {
                step.run();
            }
        } catch (IOException | UncheckedIOException e) {
            peer.close();
        }
    }

    /** Answers what is being done, for some seconds at most, and takes the socket away. May be called twice. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeQuietly() {
        try {
            Files.deleteIfExists(bound.path());
            bound.channel().close();
            selector.close();
        } catch (IOException e) {
            LOG.warn("the socket {} stays behind: {}", bound.path(), FileTrouble.reason(e));
        }
    }
}
