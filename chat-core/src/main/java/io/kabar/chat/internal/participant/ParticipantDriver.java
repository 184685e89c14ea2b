package io.kabar.chat.internal.participant;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.InviteLink;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.crypto.RoomPassword;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.OpenCalls;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.ParticipantListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what the endpoint of a participant asks for, off the loop; answers calls and tells the listener, on the callback
 * executor. Over which link it reaches its server its subclass knows.
 *
 * @param <P> who the listener is told of
 */
public abstract class ParticipantDriver<P extends Participant> implements UdpEventLoop.Host {

    /** Time for what was said to be accepted and for the server to be told, when it is closed. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** For the last calls, when the network is given up. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);

    private final ClientEndpoint endpoint;
    private final ParticipantListener<P> listener;
    private final Callbacks callbacks;
    private final WorkPool pool;
    private final CompletableFuture<UserName> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> ended;
    private final OpenCalls calls;
    private final RoomsTold<P> told;
    private @Nullable UdpEventLoop loop;
    private @Nullable P self;
    /** As it was given, then as its owner first wrote it. */
    private volatile UserName name;

    private volatile boolean over;
    private volatile @Nullable ServerKey key;

    /**
     * A driver that has no loop yet.
     *
     * @param callbacks where the listener is told and calls are completed; closed at the end
     * @param pool for what takes long; closed at the end
     */
    protected ParticipantDriver(
            ClientEndpoint endpoint,
            UserName name,
            ParticipantListener<P> listener,
            Callbacks callbacks,
            WorkPool pool) {
        this.endpoint = endpoint;
        this.name = name;
        this.listener = listener;
        this.callbacks = callbacks;
        this.pool = pool;
        calls = new OpenCalls(this::onLoop, callbacks);
        ended = callbacks.future();
        told = new RoomsTold<>(
                callbacks,
                listener,
                this::self,
                (room, sequence) -> onLoop(now -> endpoint.consumed(room, sequence, now)));
    }

    // What depends on the link
    // -------------------------------------------------------------------------------------------------------

    /** How the server is reached, with the key that it has proven. */
    protected abstract InviteLink link();

    /** Takes an event that is about the link; false if it is none. On the loop's thread. */
    protected abstract boolean takes(ClientEvent event);

    /** It is signed in, for the first time or anew. On the loop's thread, before anybody else is told. */
    protected abstract void signedIn(ClientEvent.SignedIn event);

    /** It is signed in, and this runs on the callback executor before whoever waits for that hears of it. */
    protected abstract void remember(ServerKey proven);

    /** It is signed out for good; what the listener is told before its last call is told here. */
    protected abstract void signedOut();

    /** A turn of the loop has ended. On the loop's thread. */
    protected abstract void afterTurn();

    // What its calls need
    // -------------------------------------------------------------------------------------------------------

    /** Gives it the loop that it drives, and the participant that the listener is told of; before anything else. */
    public final void attach(UdpEventLoop newLoop, P newSelf) {
        loop = newLoop;
        self = newSelf;
    }

    final UserName name() {
        return name;
    }

    /** Completes when it is signed in for the first time, or cannot be. */
    public final CompletableFuture<UserName> connected() {
        return connected;
    }

    /** What to do when its loop has ended, on the callback executor. */
    public final void whenEnded(Runnable action) {
        CompletableFuture<Void> unused = ended.thenRun(action);
    }

    /** The key that the server has proven; null before it has. */
    protected final @Nullable ServerKey key() {
        return key;
    }

    /** Runs a command whose answer completes the future. */
    final <T> CompletableFuture<T> call(OpenCalls.Command command) {
        return isOver() ? CompletableFuture.failedFuture(ChatException.of(Refusal.CLOSED)) : calls.call(command);
    }

    /** Does slow work of a call off the loop, and goes on there with what has come of it. */
    final <T> void work(long callId, Supplier<T> work, BiConsumer<T, Long> then) {
        pool.execute(() -> {
            try {
                T result = work.get();
                onLoop(now -> then.accept(result, now));
            } catch (Throwable e) { // whoever called is not left waiting for it
                calls.fail(callId, ChatException.of(Refusal.DEFECT));
                throw e;
            }
        });
    }

    /** What is shown of a room's password at this server. */
    final CompletableFuture<byte[]> proof(RoomName room, String password) {
        return call((callId, now) -> work(
                callId,
                () -> RoomPassword.proof(requireNonNull(key, "signed in").bytes(), room.key(), password),
                (proof, time) -> calls.complete(callId, proof)));
    }

    final KnownValues values() {
        return told.values();
    }

    final KnownSettings settings() {
        return told.settings();
    }

    /** The place of the newest event of a room that the listener was told. */
    final LogPosition seen(RoomName room) {
        return told.seen(room);
    }

    /** Runs a command on the loop's thread, with the loop's time; not once the loop has ended. */
    public final void onLoop(LongConsumer command) {
        UdpEventLoop current = loop;
        if (current != null) {
            current.execute(() -> command.accept(current.now()));
        }
    }

    /** Does something that takes long, off the loop. */
    protected final void offLoop(Runnable work) {
        pool.execute(work);
    }

    /** The socket is of no use where the machine is now. */
    protected final void reopen() {
        UdpEventLoop current = loop;
        if (current != null) {
            current.reopen();
        }
    }

    /** Signs out, and waits for the last callback, but not for ever; inside of a callback it does not wait. */
    public final void close() {
        onLoop(endpoint::signOut);
        if (callbacks.isInside()) {
            return;
        }
        try {
            if (!callbacks.await(ended::isDone, CLOSE.toMillis())) {
                abandon();
                boolean unused = callbacks.await(ended::isDone, AFTERWARDS.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
        }
    }

    /** Signs out; completes behind the last callback. */
    final CompletableFuture<Void> closeAsync() {
        onLoop(endpoint::signOut);
        return ended.copy(); // what its caller does to it is nothing to others
    }

    private void abandon() {
        over = true;
        if (loop != null) {
            loop.close();
        }
    }

    @Override
    public final boolean isOver() {
        return over;
    }

    // What the loop and the endpoint tell
    // -------------------------------------------------------------------------------------------------------

    @Override
    public void onReopened(long now) {
        endpoint.socketReplaced(now);
    }

    @Override
    public void onUnreachable(long now) {
        endpoint.unreachable(now);
    }

    @Override
    public void onTrouble(String sentence) {
        // The user is shown that the server is looked for.
    }

    @Override
    public boolean isSettled(Predicate<InetSocketAddress> heard) {
        return endpoint.isSettled(heard);
    }

    @Override
    public boolean isOwedAnAnswer() {
        return callbacks.isOwed();
    }

    @Override
    public final void onEnded() {
        pool.close();
        if (!over) { // by a defect of ours, and nobody has been told
            over(CloseReason.INTERNAL, Refusal.DEFECT.sentence());
        }
        calls.end();
        callbacks.execute(() -> {
            connected.completeExceptionally(ChatException.of(Refusal.CLOSED));
            ended.complete(null);
        });
        callbacks.close();
    }

    /** The link is gone for good, and so is the server: the listener is told why, and the loop ends. */
    public final void end(CloseReason reason, String sentence) {
        onLoop(now -> ended(reason, sentence, ChatException.of(Refusal.CLOSED, sentence, null)));
    }

    @Override
    public final void afterInputs(long now) {
        ClientEvent event;
        while ((event = endpoint.pollEvent()) != null) {
            handle(event);
        }
        afterTurn();
    }

    private void handle(ClientEvent event) {
        if (told.takes(event)) {
            completeMoves(event);
        } else if (event instanceof ClientEvent.Answer e) {
            calls.complete(e.callId(), e.value());
        } else if (event instanceof ClientEvent.Failed e) {
            calls.fail(e.callId(), ChatException.of(e.refusal(), e.sentence(), e.retryAfter(), e.obstacle()));
        } else if (event instanceof ClientEvent.Work e) {
            pool.execute(() -> {
                try {
                    e.work().run();
                } finally { // or it would be waited for, at every sign-in
                    onLoop(time -> endpoint.handleWork(e.work(), time));
                }
            });
        } else if (event instanceof ClientEvent.SignedIn e) {
            isSignedIn(e);
        } else if (event instanceof ClientEvent.Renamed e) {
            name = e.name();
            tell((l, from) -> l.onRenamed(from, e.name()));
        } else if (event instanceof ClientEvent.Closed e) {
            Refusal refusal = e.refusal() == null ? Refusal.CLOSED : e.refusal();
            ended(e.reason(), e.sentence(), ChatException.of(refusal, e.sentence(), e.retryAfter()));
        } else if (!takes(event)) {
            throw new AssertionError(event);
        }
    }

    /** Entering and leaving are calls that the listener hears of first. */
    private void completeMoves(ClientEvent event) {
        if (event instanceof ClientEvent.Entered e) {
            calls.complete(e.callId(), e.room());
        } else if (event instanceof ClientEvent.LeftRoom e) {
            calls.complete(e.callId(), null);
        }
    }

    private void isSignedIn(ClientEvent.SignedIn event) {
        key = event.key();
        name = event.name();
        signedIn(event);
        callbacks.execute(() -> {
            remember(event.key());
            connected.complete(event.name());
        });
    }

    private void ended(CloseReason reason, String sentence, ChatException failure) {
        if (over) {
            return;
        }
        over(reason, sentence);
        callbacks.execute(() -> connected.completeExceptionally(failure));
        UdpEventLoop current = loop;
        if (current != null) {
            current.close(0);
        }
    }

    private void over(CloseReason reason, String sentence) {
        over = true;
        signedOut();
        tell((l, from) -> l.onClosed(from, reason, sentence));
    }

    /** Of whom the listener is told. */
    protected final P self() {
        return requireNonNull(self, "not attached");
    }

    private void tell(BiConsumer<ParticipantListener<P>, P> call) {
        callbacks.execute(() -> call.accept(listener, self()));
    }

    /** Tells the participant's program something of the link. */
    protected final void tell(Runnable call) {
        callbacks.execute(call);
    }
}
