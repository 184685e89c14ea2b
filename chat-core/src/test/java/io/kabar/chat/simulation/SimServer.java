package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionCheck;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.server.ServerCheck;
import io.kabar.chat.internal.server.ServerEndpoint;
import io.kabar.chat.internal.server.TestAccounts;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.Device;
import io.kabar.chat.spi.Journal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server endpoint with a journal and accounts that outlive it. Whatever it asks for is answered a little later. */
final class SimServer {
    /** Ends that no honest client brings about. */
    private static final Set<String> DEFECTS = Set.of(
            CloseReason.PROTOCOL_VIOLATION.words(),
            CloseReason.SLOW_CONSUMER.words(),
            CloseReason.KEY_EXHAUSTED.words(),
            CloseReason.INTERNAL.words());

    final SimJournal journal = new SimJournal();
    final List<String> signedOut = new ArrayList<>();
    final List<String> loginsRefused = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    private final World world;
    private final SimSettings settings;
    private final MemoryAccountStore accounts;
    /** By the names that participants were given. */
    private final Map<String, String> passes = new TreeMap<>();

    private final Alarm alarm = new Alarm();
    private final Verdicts verdicts;
    private final Storm storm;
    private final Set<Long> touched = new HashSet<>();
    private ServerSettings inForce;
    private ServerEndpoint endpoint;
    private SimLoop loop;
    private Freeze freeze = new Freeze();
    private boolean up = true;
    private int life;
    private long wakesAt = Long.MAX_VALUE;
    private long resumedBefore;
    private int salts;
    private long hostCalls;
    private long workerFreeAt = Long.MIN_VALUE;
    int roamed;

    /** What somebody has to prove; null if nothing is asked. */
    @Nullable
    String passwordOf(String name) {
        Account account = accounts.find(new UserName(name)).orElse(null);
        boolean asked =
                settings.password || (account != null && account.password().isPresent());
        return asked ? SimSettings.PASSWORD : null;
    }

    SimServer(World world, SimSettings settings) {
        this.world = world;
        this.settings = settings;
        accounts = new MemoryAccountStore(world::wallClock);
        storm = new Storm(world, "the server");
        verdicts = new Verdicts(
                world, (delay, id, verdict) -> answer(delay, () -> endpoint.handleVerdict(id, verdict, world.now)));
        inForce = settings.build();
        endpoint = made();
        loop = loopOf(endpoint);
    }

    private SimLoop loopOf(ServerEndpoint turned) {
        return new SimLoop(
                world,
                turned,
                storm,
                () -> handleEvents(turned),
                (datagram, to) -> touched.add(world.sendToClient(to, datagram)));
    }

    private ServerEndpoint made() {
        ServerEndpoint made = new ServerEndpoint(inForce, world.random, world::wallClock);
        made.handleLimits(settings.datagrams);
        passes.forEach((name, pass) -> give(made, name, pass));
        journal.logs().forEach((name, log) -> {
            if (log.last() > 0) {
                made.addRoom(name, log.kept(), world.now);
                log.assertRestored(ServerCheck.fold(made, name));
            }
        });
        return made;
    }

    /** The pass of a participant, which its program gives anew to each server that it starts. */
    String passOf(String name) {
        return passes.computeIfAbsent(name, given -> {
            String pass = "pass of " + name;
            give(endpoint, name, pass);
            return pass;
        });
    }

    private void give(ServerEndpoint to, String name, String pass) {
        to.hostAccounts().givePass(new UserName(name), pass.getBytes(StandardCharsets.UTF_8), null, world.now);
    }

    ServerEndpoint endpoint() {
        return endpoint;
    }

    /** Whether it is up and writes in this epoch: whoever was told of another one was told by a former life. */
    boolean isWriting(long epoch) {
        return up && ServerCheck.epoch(endpoint) == epoch;
    }

    boolean isUp() {
        return up;
    }

    /** The journal has so many events of a room from former times. Before the first client comes. */
    void remembers(String room, int count, int bytes) {
        RoomName name = new RoomName(room);
        for (int i = 0; i < count; i++) {
            String text = SimClient.padded("history/" + name + "/" + i + ' ', bytes);
            commit(new Journal.Proposal(
                    0,
                    new ChatEvent(
                            name,
                            1,
                            0,
                            world.wallClock(),
                            Author.of(new UserName("history")),
                            0,
                            new Content.Said(text, false)),
                    MessageId.NONE));
        }
        restarted();
    }

    private void restarted() {
        endpoint = made();
        loop = loopOf(endpoint);
    }

    /** These are in a room, from former times. Before the first client comes. */
    void remembersMembers(RoomName room, Iterable<UserName> names) {
        for (UserName name : names) {
            commit(new Journal.Proposal(
                    0,
                    new ChatEvent(room, 1, 0, world.wallClock(), Author.of(name), 0, new Content.Joined()),
                    MessageId.NONE));
        }
        restarted();
    }

    // Its life
    // ----------------------------------------------------------------------------------------------------------------

    /** Stops in good order, and comes back after a while. */
    void restart(Duration pause) {
        world.trace("server", () -> "stops for " + pause);
        endpoint.stop(world.now);
        drain();
        while (!journal.waiting.isEmpty() && !journal.failing) {
            commit(journal.waiting.remove());
        }
        goDown(pause);
    }

    /** Dies; of what the journal was about to store, some is stored. */
    void kill(Duration pause) {
        world.trace("server", () -> "dies for " + pause);
        for (int left = world.random.nextInt(journal.waiting.size() + 1); left > 0; left--) {
            commit(journal.waiting.remove());
        }
        goDown(pause);
    }

    /**
     * Dies, and comes back with the logs as they were a while ago, as from a copy; or without a few of the newest
     * events.
     */
    void putBack(Duration pause) {
        kill(pause);
        long time = world.now - world.random.nextLong(Duration.ofMinutes(2).toNanos());
        boolean torn = world.random.nextBoolean();
        for (RoomName room : List.copyOf(journal.logs().keySet())) {
            long before = journal.log(room).last();
            long last = torn ? Math.max(0, before - world.random.nextInt(6)) : journal.lastAt(room, time);
            world.trace("journal", () -> room + " is put back to event " + last + " of " + before);
            journal.tearOff(room, last);
            world.ledger.putBack(
                    room,
                    last,
                    journal.log(room).members(),
                    journal.log(room).entries.stream().map(Journal.Entry::event).toList());
        }
    }

    private Journal.Entry commit(Journal.Proposal proposal) {
        Journal.Entry entry = journal.commit(proposal, world.now);
        world.ledger.committed(entry.event());
        return entry;
    }

    private void goDown(Duration pause) {
        resumedBefore += endpoint.counters().resumptions();
        journal.waiting.clear();
        up = false;
        freeze.forget();
        freeze = new Freeze();
        wakesAt = Long.MAX_VALUE;
        life++;
        workerFreeAt = Long.MIN_VALUE;
        world.in(pause, () -> {
            world.trace("server", () -> "is back");
            inForce = settings.build();
            restarted();
            wakesAt = alarm.at(endpoint.nextTimeout(), world.lateness, world.random);
            up = true;
        });
    }

    /** Stands still for a while. */
    void freeze(Duration pause) {
        world.trace("server", () -> "stands still for " + pause);
        Freeze begun = freeze;
        begun.begin();
        wakesAt = Long.MAX_VALUE;
        world.in(pause, () -> {
            if (begun == freeze && begun.end(loop)) {
                world.trace("server", () -> "goes on");
                drain();
            }
        });
    }

    /** The journal lets go of everything before an event, and tells the server or not. */
    void forgetBefore(RoomName room, long first, boolean told) {
        world.trace("journal", () -> "forgets " + room + " before " + first + (told ? "" : ", and tells nobody"));
        if (up) {
            endpoint.handleSnapshotWanted(room, world.now);
            handleEvents(endpoint);
            wakesAt = alarm.at(endpoint.nextTimeout(), world.lateness, world.random);
        }
        long covered = Math.max(
                journal.log(room).first, Math.min(first, journal.log(room).covered() + 1));
        journal.forgetBefore(room, covered);
        if (told) {
            later(5, () -> endpoint.handleForgotten(room, covered, world.now));
        }
    }

    /** The journal loses what it was about to store, and works again. */
    void restartJournal() {
        world.trace("server", () -> "journal restarts");
        journal.waiting.forEach(proposal -> journal.lost.add(proposal.proposalId()));
    }

    // Its loop
    // ----------------------------------------------------------------------------------------------------------------

    long wakesAt() {
        return wakesAt;
    }

    void wake() {
        storm.woken();
        drain();
    }

    void receive(InetSocketAddress from, byte[] bytes) {
        if (!up) {
            return;
        }
        if (bytes.length > Long.BYTES && PacketCodec.isProtected(bytes[0])) {
            touched.add(PacketCodec.destinationCid(bytes, 0));
        }
        loop.arrives(from, bytes);
        if (!freeze.isFrozen()) {
            drain();
        }
    }

    private void drain() {
        loop.turn();
        checkTouched();
        wakesAt = alarm.at(endpoint.nextTimeout(), world.lateness, world.random);
        // What sending has brought about is seen in the next turn, as in the real loop.
    }

    private void handleEvents(ServerEndpoint turned) {
        ServerEvent event;
        while ((event = turned.pollEvent()) != null) {
            handle(event);
        }
    }

    private void checkTouched() {
        for (long cid : touched) {
            Connection connection = ServerCheck.connection(endpoint, cid);
            if (connection != null) {
                ConnectionCheck.check(connection);
            }
        }
        touched.clear();
    }

    /** Looks at everything. */
    void check() {
        if (up) {
            ServerCheck.check(endpoint, inForce);
        }
    }

    private void handle(ServerEvent event) {
        if (event instanceof ServerEvent.Work e) {
            e.work().run();
            agree(() -> endpoint.handleWork(e.work(), world.now));
        } else if (event instanceof ServerEvent.FindAccount e) {
            later(
                    2,
                    () -> endpoint.handleAccount(
                            e.callId(), accounts.find(e.name()).orElse(null), world.now));
        } else if (event instanceof ServerEvent.FindNumber e) {
            later(
                    2,
                    () -> endpoint.handleAccount(
                            e.callId(), accounts.find(e.account()).orElse(null), world.now));
        } else if (event instanceof ServerEvent.MaySignIn e) {
            verdicts.onSignIn(e.questionId());
        } else if (event instanceof ServerEvent.MayEnter e) {
            verdicts.onEntry(e.questionId());
        } else if (event instanceof ServerEvent.MaySay e) {
            verdicts.onSpeech(e.questionId());
        } else if (event instanceof ServerEvent.Register e) {
            later(2, () -> endpoint.handleRegistered(e.callId(), registered(e.account()), world.now));
        } else if (event instanceof ServerEvent.ChangeAccount e) {
            later(
                    2,
                    () -> endpoint.handleChanged(
                            e.callId(), accounts.change(e.account(), e.change()).orElse(null), world.now));
        } else if (event instanceof ServerEvent.DeviceSeen e) {
            accounts.seen(e.account(), e.device(), e.label(), world.wallClock());
        } else if (event instanceof ServerEvent.Propose e) {
            journal.waiting.add(e.proposal());
            answer(journal.delay, this::answerOldest);
        } else if (event instanceof ServerEvent.Read e) {
            answer(journal.delay + world.random.nextLong(1_000_000), () -> read(e));
        } else if (event instanceof ServerEvent.Drop e) {
            journal.drop(e.room());
        } else if (event instanceof ServerEvent.Snapshot e) {
            journal.log(e.room()).snapshot(e.snapshot());
        } else {
            note(event);
        }
    }

    private void note(ServerEvent event) {
        if (!(event instanceof ServerEvent.Committed)) {
            world.trace("server", event::toString);
        }
        if (event instanceof ServerEvent.SignedOut e) {
            signedOut.add(e.reason().words());
            assertThat(DEFECTS)
                    .as("the end of %s", e.name())
                    .doesNotContain(e.reason().words());
        } else if (event instanceof ServerEvent.LoginRefused e) {
            loginsRefused.add(e.refusal().sentence());
        } else if (event instanceof ServerEvent.Defect e) {
            throw new AssertionError(e.where(), e.cause());
        } else if (event instanceof ServerEvent.Warning e) {
            warnings.add(e.sentence());
        } else if (event instanceof ServerEvent.Roamed) {
            roamed++;
        }
    }

    private @Nullable Account registered(Account wanted) {
        return accounts.register(wanted)
                .or(() -> accounts.find(wanted.name())
                        .filter(owner -> !owner.devices().isEmpty()
                                && !wanted.devices().isEmpty()
                                && owner.devices()
                                        .get(0)
                                        .claim()
                                        .equals(wanted.devices().get(0).claim())))
                .orElse(null);
    }

    /** Somebody gets another name; nothing comes of it if that is taken. */
    void rename(String name, String other) {
        changeAccount(name, new AccountChange.NewName(new UserName(other)));
    }

    /** Somebody's only device is shut out for good. */
    void revoke(String name) {
        changeAccount(name, new AccountChange.RevokedDevice(Device.FIRST, world.wallClock()));
    }

    private void changeAccount(String name, AccountChange change) {
        world.trace("server", () -> name + ": " + change);
        answer(0, () -> endpoint.hostAccounts().change(++hostCalls, new UserName(name), change, world.now));
    }

    /** Whether somebody's only device is shut out. */
    boolean isShutOut(String name) {
        return accounts.find(new UserName(name)).stream()
                .flatMap(account -> account.devices().stream())
                .anyMatch(device -> !device.isGood());
    }

    /** Gives an account a password of its own. */
    void addAccount(UserName name, ScramVerifier verifier, String role) {
        accounts.register(TestAccounts.account(name, verifier.encode(), null, role));
    }

    /** Somebody's password is set, to the one it may have been before: what is kept of it is another. */
    void changePassword(String name) {
        if (passwordOf(name) == null) {
            return; // whoever has none is not asked for one, or it would have to end
        }
        accounts.find(new UserName(name))
                .ifPresent(account -> accounts.change(
                        account.id(),
                        new AccountChange.NewPassword(
                                Optional.of(SimSettings.verifier(++salts).encode()))));
    }

    /** Sign-ins by ticket, in all lives. */
    long resumptions() {
        return up ? resumedBefore + endpoint.counters().resumptions() : resumedBefore;
    }

    private void answerOldest() {
        Journal.Proposal proposal = journal.waiting.remove();
        if (journal.failing || journal.lost.remove(proposal.proposalId())) {
            world.ledger.refused(proposal.draft());
            endpoint.handleRefusal(proposal.proposalId(), Refusal.STORAGE, world.now);
        } else {
            Journal.Entry entry = commit(proposal);
            world.trace("server", () -> entry.event().room() + " " + World.brief(entry.event()));
            endpoint.handleCommit(proposal.proposalId(), entry, world.now);
        }
    }

    private void read(ServerEvent.Read e) {
        world.trace("server", e::toString);
        if (journal.failing) {
            endpoint.handleReadFailed(e.readId(), world.now);
        } else {
            long first = journal.log(e.room()).first;
            endpoint.handleRead(
                    e.readId(), first, journal.read(e.room(), e.from(), e.maxEvents(), e.maxBytes()), world.now);
        }
    }

    private void agree(Runnable answer) {
        if (settings.agreementNanos == 0) {
            later(5, answer);
        } else {
            workerFreeAt = Math.max(workerFreeAt, world.now) + settings.agreementNanos;
            answer(workerFreeAt - world.now, answer);
        }
    }

    private void later(int mostMillis, Runnable answer) {
        answer(world.random.nextLong(mostMillis * 1_000_000L + 1), answer);
    }

    /** Brings an answer to this life of the server, not to the next one, and not while it is dead. */
    private void answer(long delay, Runnable answer) {
        int asked = life;
        world.in(Duration.ofNanos(delay), () -> {
            if (asked != life || !up) {
                return;
            }
            if (freeze.isFrozen()) {
                freeze.keepAnswer(answer);
            } else {
                answer.run();
                drain();
            }
        });
    }
}
