package io.kabar.chat.server;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.ChatException;
import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.net.ListeningSocket;
import io.kabar.chat.internal.net.LogThrottle;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.OpenCalls;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.net.UdpSocket;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.internal.server.ServerEndpoint;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Journal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the endpoint asks for, off the loop, and brings the answers back; tells the listener the rest. */
final class ServerDriver implements UdpEventLoop.Host, Journal.Commits {

    private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);

    private static final int WORKERS = 2;

    private final ServerEndpoint endpoint;
    private final JournalCalls journal;
    private final AccountCalls accounts;
    private final Participants participants;
    private final ListenerCalls listener;
    private final HostQuestions questions;
    private final RecordCalls records;
    private final WorkPool pool;
    private final LogThrottle defects = new LogThrottle();
    private final ListeningSocket socket;
    private @Nullable UdpEventLoop loop;
    private @Nullable OpenCalls calls;
    private @Nullable StatsReader stats;
    private Runnable ended = () -> {};
    private long stoppingAt;

    ServerDriver(
            ServerEndpoint endpoint,
            Machine machine,
            InetSocketAddress bind,
            JournalCalls journal,
            AccountStore accounts,
            ListenerCalls listener,
            HostQuestions questions,
            RecordCalls records) {
        this.endpoint = endpoint;
        socket = new ListeningSocket(machine, bind);
        pool = machine.pool("kabar-server-worker", WORKERS);
        this.journal = journal;
        this.accounts = new AccountCalls(endpoint, accounts, machine, listener, this::onLoop);
        participants = new Participants(endpoint.hostAccounts(), machine, this::onLoop);
        this.listener = listener;
        this.questions = questions;
        this.records = records;
    }

    /** Gives it the loop that it drives, and what goes with that; before anything else. */
    void attach(UdpEventLoop newLoop, OpenCalls newCalls, StatsReader newStats) {
        loop = newLoop;
        calls = newCalls;
        stats = newStats;
    }

    /** What the host program has asked for. */
    OpenCalls calls() {
        return requireNonNull(calls, "not attached");
    }

    /** Who is in its rooms without a socket. */
    Participants participants() {
        return participants;
    }

    /** How it is. */
    StatsReader stats() {
        return requireNonNull(stats, "not attached");
    }

    /** What to do when the loop has ended, for whatever reason; on its thread. Before it is started. */
    void whenEnded(Runnable action) {
        ended = action;
    }

    /** Tells the clients; the loop ends when they have been told. */
    void stop() {
        onLoop(now -> {
            if (stoppingAt == 0) {
                stoppingAt = Math.max(1, now);
                endpoint.stop(now);
            }
        });
    }

    /** Does slow work of a call off the loop, and goes on there with what has come of it. */
    <T> void work(Supplier<T> work, BiConsumer<T, Long> then) {
        pool.execute(() -> {
            T result = work.get();
            onLoop(now -> then.accept(result, now));
        });
    }

    void onLoop(LongConsumer command) {
        UdpEventLoop current = loop;
        if (current != null) {
            current.execute(() -> command.accept(current.now()));
        }
    }

    @Override
    public UdpSocket open() throws IOException {
        return participants.network().serverSide(socket.open());
    }

    @Override
    public void afterInputs(long now) {
        ServerEvent event;
        while ((event = endpoint.pollEvent()) != null) {
            handle(event, now);
        }
        journal.check(now);
    }

    private void handle(ServerEvent event, long now) {
        if (event instanceof ServerEvent.Propose e) {
            propose(e, now);
        } else if (event instanceof ServerEvent.Committed e) {
            listener.tell((l, server) -> l.onEvent(server, e.event()));
        } else if (event instanceof ServerEvent.Signalled e) {
            listener.tell(e);
        } else if (event instanceof ServerEvent.Read e) {
            read(e, now);
        } else if (event instanceof ServerEvent.Drop e) {
            journal.drop(e.room());
        } else if (event instanceof ServerEvent.Snapshot e) {
            journal.snapshot(e.room(), e.snapshot());
        } else if (event instanceof ServerEvent.Work e) {
            pool.execute(() -> {
                try {
                    e.work().run();
                } finally { // it is one of so many at a time, whatever becomes of it
                    onLoop(time -> endpoint.handleWork(e.work(), time));
                }
            });
        } else if (event instanceof ServerEvent.KeepRecord e) {
            records.keep(e, kept -> onLoop(time -> endpoint.handleRecord(e.callId(), kept, time)));
        } else if (event instanceof ServerEvent.RemoveRecord e) {
            records.remove(e, removed -> onLoop(time -> endpoint.handleRecord(e.callId(), removed, time)));
        } else if (event instanceof ServerEvent.SignedIn e) {
            listener.tell((l, server) -> l.onSignedIn(server, e.name(), e.address()));
        } else if (event instanceof ServerEvent.SignedOut e) {
            listener.tell((l, server) -> l.onSignedOut(server, e.name(), e.reason()));
        } else if (event instanceof ServerEvent.Roamed e) {
            listener.tell((l, server) -> l.onRoamed(server, e.name(), e.from(), e.to()));
        } else if (event instanceof ServerEvent.LoginRefused e) {
            listener.tell(e);
        } else if (event instanceof ServerEvent.Authenticate e) {
            questions.authenticate(e, answerTo(e.questionId()));
        } else if (event instanceof ServerEvent.MaySignIn e) {
            questions.maySignIn(e, answerTo(e.questionId()));
        } else if (event instanceof ServerEvent.MayEnter e) {
            questions.mayEnter(e, answerTo(e.questionId()));
        } else if (event instanceof ServerEvent.MaySay e) {
            questions.maySay(e, answerTo(e.questionId()));
        } else if (event instanceof ServerEvent.HostAnswer e) {
            calls().complete(e.callId(), e.value());
        } else if (event instanceof ServerEvent.HostRefusal e) {
            calls().fail(e.callId(), ChatException.of(e.refusal(), e.sentence(), null));
        } else if (event instanceof ServerEvent.Warning e) {
            listener.warn(e.sentence());
        } else if (event instanceof ServerEvent.Defect e) {
            defect(e);
        } else if (!accounts.takes(event)) {
            throw new AssertionError(event);
        }
    }

    private Consumer<Verdict> answerTo(long questionId) {
        return verdict -> onLoop(now -> endpoint.handleVerdict(questionId, verdict, now));
    }

    private void defect(ServerEvent.Defect event) {
        if (defects.again()) {
            LOG.error(
                    "{} met a defect in Kabar ({} so far) and is ended; everybody else goes on.",
                    event.where(),
                    defects.count(),
                    event.cause());
        }
    }

    private void propose(ServerEvent.Propose event, long now) {
        if (!journal.propose(event.proposal(), now)) {
            refused(event.proposal().proposalId(), Refusal.STORAGE);
        }
    }

    private void read(ServerEvent.Read event, long now) {
        if (!journal.read(event.readId(), event.room(), event.from(), event.maxEvents(), event.maxBytes(), now)) {
            readFailed(event.readId(), event.room());
        }
    }

    /** Somebody's account was changed or removed. */
    void accountChanged(UserName name) {
        onLoop(now -> endpoint.handleAccountChanged(name, now));
    }

    @Override
    public void committed(long proposalId, Journal.Entry entry) {
        if (entry == null || entry.event().sequence() == 0) {
            strange("has committed "
                    + (entry == null
                            ? "nothing"
                            : "an event of " + entry.event().room()) + " without a number");
            answered(proposalId, now -> endpoint.handleRefusal(proposalId, Refusal.STORAGE, now));
            return;
        }
        answered(proposalId, now -> endpoint.handleCommit(proposalId, entry, now));
    }

    @Override
    public void refused(long proposalId, Refusal refusal) {
        answered(proposalId, now -> endpoint.handleRefusal(proposalId, refusal, now));
    }

    @Override
    public void onRead(long readId, RoomName room, long first, List<Journal.Entry> entries) {
        List<Journal.Entry> page = new ArrayList<>();
        for (Journal.Entry entry : entries) {
            // Of a page that is wrong somewhere, the beginning is as good as any.
            if (entry == null
                    || entry.event().sequence() == 0
                    || !entry.event().room().equals(room)) {
                strange("has read an event that is none of " + room);
                break;
            }
            page.add(entry);
        }
        answered(readId, now -> endpoint.handleRead(readId, within(first), page, now));
    }

    private static long within(long first) {
        return Math.max(1, Math.min(first, Limits.LAST_NUMBER + 1));
    }

    /** Takes an answer of the journal; of what another server has proposed there was no question. */
    private void answered(long callId, LongConsumer answer) {
        onLoop(now -> {
            if (callId != 0) {
                journal.answered(now);
            }
            answer.accept(now);
        });
    }

    private void strange(String what) {
        listener.warn("The journal " + what + ".");
    }

    @Override
    public void readFailed(long readId, RoomName room) {
        answered(readId, now -> endpoint.handleReadFailed(readId, now));
    }

    @Override
    public void snapshotWanted(RoomName room) {
        onLoop(now -> endpoint.handleSnapshotWanted(room, now));
    }

    @Override
    public void forgotten(RoomName room, long first) {
        onLoop(now -> endpoint.handleForgotten(room, within(first), now));
    }

    @Override
    public void warning(String sentence) {
        listener.warnLogged(sentence); // by the journal
    }

    @Override
    public void onReopened(long now) {
        LOG.info("The socket is open again at {}.", socket.address());
    }

    @Override
    public void onUnreachable(long now) {
        // An unconnected socket is not told.
    }

    @Override
    public void onTrouble(String sentence) {
        listener.warnLogged(sentence); // by the loop
    }

    @Override
    public boolean isOver() {
        return stoppingAt != 0;
    }

    @Override
    public boolean isSettled(Predicate<InetSocketAddress> heard) {
        return endpoint.connections()
                .allMatch(each -> !heard.test(each.remote()) || each.stats().isSettled());
    }

    @Override
    public boolean isOwedAnAnswer() {
        return journal.isOwedAnAnswer() || listener.isOwed();
    }

    @Override
    public void onEnded() {
        try {
            stats().end();
            calls().end();
            if (stoppingAt == 0) {
                listener.warn("The network thread has ended by a defect in Kabar; the server closes.");
            }
        } finally {
            ended.run();
        }
    }

    /** No work is taken any more. */
    void discard() {
        pool.close();
        accounts.close();
        participants.end();
        questions.close();
    }
}
