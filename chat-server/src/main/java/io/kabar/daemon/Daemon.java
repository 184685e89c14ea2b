package io.kabar.daemon;

import io.kabar.chat.InviteLink;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.StorageProvider;
import io.kabar.chat.spi.StorageProvider.Storage;
import io.kabar.daemon.DaemonSettings.Admission;
import io.kabar.daemon.control.ControlHost;
import io.kabar.daemon.control.ControlRunner;
import io.kabar.daemon.socket.ControlSocket;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.JoinVerifierFile;
import io.kabar.storage.csv.folder.ServerKeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server with everything it keeps: identity, join password, accounts and the rooms' logs in one folder, which it
 * holds until it is closed.
 *
 * <p>All methods may be called from any thread.
 */
public final class Daemon implements ControlHost, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final DataFolder data;
    private final ChatServer server;
    private final EventLog events;
    private final @Nullable String joinPassword;
    private final ControlRunner control = new ControlRunner(this);
    private @Nullable ControlSocket socket;
    private volatile boolean askedToStop;
    private boolean closed;

    private Daemon(DataFolder data, ChatServer server, EventLog events, @Nullable String joinPassword) {
        this.data = data;
        this.server = server;
        this.events = events;
        this.joinPassword = joinPassword;
    }

    /**
     * Starts a server; it serves when this returns.
     *
     * @param listener is told what happens, on a thread of the server's
     * @throws IOException in a sentence for a person: the port is taken, the folder is in use or cannot be written, a
     *     file is damaged
     */
    public static Daemon start(DaemonSettings settings, ChatServerListener listener) throws IOException {
        return start(settings, listener, Storages.found());
    }

    static Daemon start(DaemonSettings settings, ChatServerListener listener, Iterable<StorageProvider> storages)
            throws IOException {
        DataFolder data = DataFolder.open(settings.data());
        try {
            Daemon daemon = start(data, settings, new EventLog(listener), storages);
            daemon.listen();
            LOG.info(
                    "started: {}, data in {}, key {}",
                    EventLog.text(daemon.server.address()),
                    data.path(),
                    daemon.server.key().fingerprint());
            return daemon;
        } catch (UncheckedIOException e) {
            data.close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static Daemon start(
            DataFolder data, DaemonSettings settings, EventLog events, Iterable<StorageProvider> storages)
            throws IOException {
        ChatServer.Builder builder = ChatServer.builder()
                .bind(settings.bind())
                .secret(ServerKeyFile.readOrMake(data))
                .listener(events)
                .options(settings.options())
                .order(settings.people().order());
        if (settings.people().invitedOnly()) {
            builder.invitationsOnly();
        }
        if (settings.people().guests()) {
            builder.guests();
        }
        String verifier = null;
        String made = null;
        if (settings.admission() instanceof Admission.Open) {
            builder.open();
        } else if (settings.admission() instanceof Admission.Password given) {
            verifier = JoinPassword.verifierOf(given.password(), data);
            builder.joinVerifier(verifier);
        } else {
            Optional<String> kept = JoinVerifierFile.kept(data);
            if (kept.isPresent()) {
                useKept(builder, kept.get(), data);
            } else {
                made = JoinPassword.generate(new SecureRandom());
                verifier = JoinPassword.verifierOfRandom(made);
                builder.joinVerifier(verifier);
            }
        }
        // Last, as a server closes them when its start fails.
        Storage storage = Storages.open(settings, data.path(), storages);
        ChatServer server = builder.accounts(storage.accounts())
                .journal(storage.journal())
                .records(storage.records())
                .start();
        try {
            if (verifier != null && !JoinVerifierFile.kept(data).equals(Optional.of(verifier))) {
                // Only now: a password that was made for a start that failed is never shown.
                JoinVerifierFile.keep(data, verifier);
            }
            return new Daemon(data, server, events, made);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static void useKept(ChatServer.Builder builder, String verifier, DataFolder data) throws IOException {
        try {
            builder.joinVerifier(verifier);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The join password's file " + data.verifier()
                            + " is damaged: put a copy back, or remove it to get a new password.",
                    e);
        }
    }

    /** Nobody is left without a server because nobody could command it. */
    private void listen() {
        try {
            socket = ControlSocket.open(data.path(), control);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn(
                    "kabar ctl cannot reach this server: {}",
                    e instanceof IOException file ? FileTrouble.place(file) : e.getMessage());
        }
    }

    @Override
    public ChatServer server() {
        return server;
    }

    /** Runs the commands of its table on this server. */
    public ControlRunner control() {
        return control;
    }

    /** An invitation by the address that others are likeliest to reach this machine under. */
    @Override
    public InviteLink invitation() {
        return server.inviteLink(HostText.of(server.address().getAddress()));
    }

    /** The join password if this start has made one; it is kept nowhere else, so it is to be shown now. */
    public Optional<String> joinPassword() {
        return Optional.ofNullable(joinPassword);
    }

    /**
     * Closes, and undoes that this start has made a join password: the next one makes another, which can be shown then.
     */
    void closeAndForgetJoinPassword() {
        try {
            JoinVerifierFile.forget(data);
        } catch (IOException e) {
            LOG.warn("the join password that could not be shown is kept: {}", FileTrouble.reason(e));
        } finally {
            close();
        }
    }

    /** Closes it, on a thread of its own. */
    @Override
    public void stop() {
        askedToStop = true;
        new Thread(this::close, "kabar-stop").start();
    }

    /** Whether {@link #stop} was called: then its end is no failure. */
    boolean wasAskedToStop() {
        return askedToStop;
    }

    /** Waits until the server has stopped, for whatever reason. */
    public void awaitStop() throws InterruptedException {
        events.awaitStop();
    }

    /** Tells every client, stores what is open, and lets go of port and folder. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.close();
        if (socket != null) {
            socket.close();
        }
        data.close();
        LOG.info("stopped");
    }
}
