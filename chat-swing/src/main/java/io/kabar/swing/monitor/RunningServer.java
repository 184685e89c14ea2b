package io.kabar.swing.monitor;

import io.kabar.chat.server.ServerStats;
import java.util.Optional;

/** The server behind a monitor window. {@link #stats} is quick; {@link #close} may take its time. */
public interface RunningServer extends AutoCloseable {

    /** Where it listens. */
    String address();

    /** What to hand to people who should come. */
    String invitation();

    /** The join password, if it was made at this start and nobody knows it yet. */
    Optional<String> newPassword();

    ServerStats stats();

    @Override
    void close();
}
