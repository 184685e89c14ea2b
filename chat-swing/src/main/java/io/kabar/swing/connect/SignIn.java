package io.kabar.swing.connect;

import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.client.KnownServersFile;
import io.kabar.chat.internal.files.OwnerOnly;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.TranscriptLine.Notice.Kind;
import io.kabar.chat.view.files.ReadMarkerFile;
import io.kabar.chat.view.files.ReadMarkers;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.swing.chat.Conversation;
import io.kabar.swing.settings.Worker;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** One attempt to sign in, which may be given up; whatever it leads to is told on the event thread, or closed again. */
public final class SignIn {

    /** Lines of a room that one can scroll through; only those in sight cost anything to draw. */
    private static final int MOST_LINES = 100_000;

    private final ConnectRequest request;
    private final UserFolders folders;
    private final Worker worker;
    private final InstantSource clock;
    private final ChatModel model;
    private boolean givenUp;

    public SignIn(ConnectRequest request, UserFolders folders, Worker worker, InstantSource clock) {
        this.request = request;
        this.folders = folders;
        this.worker = worker;
        this.clock = clock;
        this.model = new ChatModel(request.name(), clock);
        model.keepLines(MOST_LINES);
    }

    public void start(Consumer<SignedIn> onSignedIn, Consumer<SignInFailure> onFailed) {
        worker.run(() -> {
            var unused = connect()
                    .whenComplete((client, failure) ->
                            SwingUtilities.invokeLater(() -> finish(client, failure, onSignedIn, onFailed)));
        });
    }

    /** Whoever is signed in nevertheless is signed out again. */
    public void giveUp() {
        givenUp = true;
    }

    /** Reads and perhaps makes files, so it blocks. */
    private CompletableFuture<ChatClient> connect() {
        try {
            ChatClient.Builder builder = ChatClient.builder()
                    .server(request.server())
                    .knownServers(new KnownServersFile(folders.knownServers()))
                    .name(request.name())
                    .device(DeviceSecret.inFile(folders.deviceSecret()))
                    .listener(model)
                    .callbackExecutor(SwingUtilities::invokeLater);
            if (!request.password().isEmpty()) {
                builder.password(request.password());
            }
            OwnerOnly.remark("device secret", folders.deviceSecret())
                    .ifPresent(remark ->
                            SwingUtilities.invokeLater(() -> model.notice(TranscriptLine.Notice.Kind.INFO, remark)));
            return builder.connect();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finish(
            @Nullable ChatClient client,
            @Nullable Throwable failure,
            Consumer<SignedIn> onSignedIn,
            Consumer<SignInFailure> onFailed) {
        if (client != null && givenUp) {
            worker.run(client::close);
        } else if (client != null) {
            worker.run(() -> {
                ReadMarkers markers = markers(client);
                boolean remembered = isRemembered(request.server().address());
                SwingUtilities.invokeLater(() -> signedIn(client, markers, remembered, onSignedIn));
            });
        } else if (failure != null && !givenUp) {
            onFailed.accept(SignInFailure.of(failure, request, folders.knownServers()));
        }
    }

    /** Reads a file, so it blocks. */
    private boolean isRemembered(String address) {
        try {
            return new KnownServersFile(folders.knownServers()).find(address).isPresent();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void signedIn(ChatClient client, ReadMarkers markers, boolean remembered, Consumer<SignedIn> onSignedIn) {
        if (givenUp) {
            worker.run(client::close);
            return;
        }
        markers.follow(model);
        String address = request.server().address();
        onSignedIn.accept(new SignedIn(client, markers, new Conversation(model, client, address, remembered)));
    }

    /** Reads a file, so it blocks. */
    private ReadMarkers markers(ChatClient client) {
        return new ReadMarkers(
                new ReadMarkerFile(folders.readMarkers()),
                client.info().key(),
                client.name(),
                clock,
                worker::run,
                sentence -> SwingUtilities.invokeLater(() -> model.notice(Kind.FAILURE, sentence)));
    }

    /**
     * Where an attempt leads to; whoever takes it closes it.
     *
     * @param markers where the user left the rooms, followed from now on
     */
    public record SignedIn(ChatClient client, ReadMarkers markers, Conversation conversation) implements AutoCloseable {

        /** Says goodbye and keeps the user's place; any thread, and waits a moment. */
        @Override
        public void close() {
            client.close();
            markers.close();
        }
    }
}
