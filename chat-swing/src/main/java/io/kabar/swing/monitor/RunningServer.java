package io.kabar.swing.monitor;

import io.kabar.chat.server.ServerStats;
import io.kabar.daemon.control.Answer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The server behind a monitor window. {@link #stats} is quick; {@link #close} may take its time. */
public interface RunningServer extends AutoCloseable {

    /** Where it listens. */
    String address();

    /** What to hand to people who should come. */
    String invitation();

    /** The join password, if it was made at this start and nobody knows it yet. */
    Optional<String> newPassword();

    ServerStats stats();

    /** Runs a command of the server's table; never fails, and is answered on a thread of the server's. */
    CompletableFuture<Answer> command(List<String> words, boolean yes);

    @Override
    void close();
}
