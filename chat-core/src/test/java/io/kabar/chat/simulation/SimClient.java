package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientCheck;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionCheck;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client endpoint with somebody who uses it: makes calls, reads, and keeps all that was told. */
final class SimClient {
    private static final int OUTBOX = 1000;
    /** Refusals of what will never be said. After others, such as CLOSED, nobody knows. */
    private static final Set<Refusal> FINAL =
            EnumSet.of(Refusal.STORAGE, Refusal.TOO_LARGE, Refusal.BACK_PRESSURED, Refusal.NOT_ALLOWED);
    /** As the client façade does it. */
    private static final int CONSUMED_STEP = 64;

    /** As the server has told last. */
    String name;

    /** All names that it had. */
    final Set<String> names = new HashSet<>();
    /** The name, or with a number after it if the user has other devices. */
    final String device;

    /** Its place among the clients. */
    final int place;

    final Link up = new Link();
    final Link down = new Link();
    final Nat nat;
    final InetSocketAddress server;
    final Map<RoomName, SeenRoom> rooms = new LinkedHashMap<>();
    final List<Call> calls = new ArrayList<>();
    /** Calls to be made at each event of a room, if any. */
    @Nullable
    Consumer<ChatEvent> onEvent;

    ClientEvent.@Nullable SignedIn signedIn;
    ClientEvent.@Nullable Closed closed;
    /** Whether the program takes events; if not, they wait. */
    private boolean reading = true;

    private final World world;
    private final ClientEndpoint endpoint;
    private final Map<Long, Call> open = new LinkedHashMap<>();
    private final Alarm alarm = new Alarm();
    private final Storm storm;
    private final Freeze freeze = new Freeze();
    private final @Nullable ServerKey key;
    private final @Nullable String password;
    /** With which a participant of the server's own program signs in; null for everybody else. */
    private final @Nullable String pass;
    /** What its callbacks take; meanwhile it takes no more. */
    Duration callbacks = Duration.ZERO;

    private final SimLoop loop;
    private @Nullable Connection connection;
    private long reboundAt;
    private long tickets;
    private boolean dead;
    private long wakesAt = Long.MAX_VALUE;
    int connections;
    private int signalled;
    int searches;
    int finds;

    SimClient(World world, String name, InetSocketAddress address, @Nullable ServerKey key, @Nullable String password) {
        this(world, name, address, key, password, null);
    }

    SimClient(
            World world,
            String name,
            InetSocketAddress address,
            @Nullable ServerKey key,
            @Nullable String password,
            @Nullable String pass) {
        this.world = world;
        this.pass = pass;
        this.name = name;
        names.add(name);
        long others = world.clients.stream()
                .filter(client -> client.device.equals(name) || client.device.startsWith(name + '-'))
                .count();
        device = others == 0 ? name : name + '-' + (others + 1);
        this.key = key;
        this.password = password;
        place = world.clients.size();
        nat = new Nat(world, this, address);
        storm = new Storm(world, device);
        server = world.isIpv6() ? SimNetwork.SERVER_6 : SimNetwork.SERVER;
        byte[] deviceSecret = Arrays.copyOf(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), 32);
        endpoint = new ClientEndpoint(
                new ClientSettings(
                        server,
                        key,
                        new UserName(name),
                        password,
                        pass,
                        deviceSecret,
                        world.connectTimeout.toNanos(),
                        Duration.ofSeconds(15).toNanos(),
                        Duration.ofSeconds(4).toNanos(),
                        Duration.ofMinutes(3).toNanos(),
                        OUTBOX,
                        true,
                        SimSettings.ROUNDS),
                world.random,
                world.now);
        endpoint.handleLimits(world.datagrams);
        loop = new SimLoop(
                world, endpoint, storm, this::handleEvents, (datagram, to) -> world.sendToServer(this, datagram));
        reboundAt = world.now;
    }

    // What a user does
    // ----------------------------------------------------------------------------------------------------------------

    Call join(RoomName room, JoinHistory history) {
        return call(room, "", (ticket, now) -> {
            SeenRoom seen = rooms.get(room);
            boolean isNamed = room.person().isEmpty();
            if (isNamed && (seen == null || !seen.inside)) { // while the program stood still, it may have been let in
                rooms.put(room, new SeenRoom(room));
            }
            endpoint.join(ticket, room, history, now);
        });
    }

    Call join(String room) {
        return join(new RoomName(room), JoinHistory.NONE);
    }

    Call leave(RoomName room) {
        return call(room, "", (ticket, now) -> endpoint.leave(ticket, room, "", now));
    }

    /** Says something nobody else says; {@code bytes} or a few more long. */
    Call say(RoomName room, int bytes) {
        String said = padded(device + '/' + room + '/' + calls.size() + ' ', bytes);
        return call(room, said, (ticket, now) -> endpoint.say(ticket, room, Saying.TEXT, said, now));
    }

    /** So many bytes long, if it is not longer already. */
    static String padded(String text, int bytes) {
        StringBuilder padded = new StringBuilder(text);
        while (padded.length() < bytes) {
            padded.append((char) ('a' + padded.length() % 26));
        }
        return padded.toString();
    }

    /** Says something that may have been said before, under this id. */
    Call say(RoomName room, String text, MessageId id) {
        return call(room, text, (ticket, now) -> endpoint.say(ticket, room, Saying.TEXT, text, id, now));
    }

    Call say(String room) {
        return say(new RoomName(room), 0);
    }

    Call whoSaw(RoomName room, long seq) {
        return call(room, "", (ticket, now) -> endpoint.whoSaw(ticket, room, seq, now));
    }

    Call readHistory(RoomName room, HistoryRange span) {
        return call(room, "", (ticket, now) -> endpoint.readHistory(ticket, room, span, now));
    }

    Call search(RoomName room, String words) {
        return call(room, "", (ticket, now) -> endpoint.search(ticket, room, words, 0, now));
    }

    Call listMembers(String room) {
        return call(
                new RoomName(room),
                "",
                (ticket, now) -> endpoint.listMembers(ticket, new RoomName(room), Member.Query.FIRST, now));
    }

    void signOut() {
        world.trace(device, () -> "signs out");
        act(() -> endpoint.signOut(world.now));
    }

    Call listRooms() {
        return call(new RoomName("any"), "", endpoint::listRooms);
    }

    Call setTopic(String room, String topic) {
        return call(
                new RoomName(room),
                "",
                (ticket, now) -> endpoint.say(ticket, new RoomName(room), Saying.TOPIC, topic, now));
    }

    Call change(RoomName room, Content content) {
        return call(room, "", (ticket, now) -> endpoint.change(ticket, room, content, now));
    }

    /** A program says something nobody else says; {@code bytes} or a few more long. */
    Call send(RoomName room, int bytes) {
        String said = padded(device + '/' + room + '/' + calls.size() + ' ', bytes);
        Content data = new ProgramContent.Data(Payload.text(said));
        return call(room, said, (ticket, now) -> endpoint.change(ticket, room, data, now));
    }

    /** Signals something that no other one is like. */
    void signal(RoomName room, String key) {
        byte[] bytes = SeenPrograms.signal(device, ++signalled);
        act(() -> endpoint.signal(room, key, bytes, world.now));
    }

    /** Does something to what somebody has said, as far as it was seen; in vain perhaps. */
    void amend(RoomName room, Random random) {
        SeenRoom seen = rooms.get(room);
        List<ChatEvent> said = seen == null
                ? List.of()
                : seen.events.stream().filter(ChatEvent::isSaid).toList();
        if (said.isEmpty()) {
            return;
        }
        int back = random.nextInt(1 + random.nextInt(Math.min(said.size(), 40)));
        ChatEvent target = said.get(said.size() - 1 - back);
        Content content = switch (random.nextInt(6)) {
            case 0, 1 -> new Amendment.Edited("edited " + random.nextInt() + " ".repeat(random.nextInt(1500)));
            case 2 -> new Amendment.Deleted(random.nextBoolean() ? "" : "why");
            case 3 -> new Amendment.Reacted("-1", random.nextBoolean());
            default -> new Amendment.Reacted("+1", random.nextInt(3) == 0);
        };
        Call call = call(room, "", (ticket, now) -> endpoint.amend(ticket, room, target.sequence(), content, now));
        call.mayBeInVain = true;
    }

    void type(String room) {
        act(() -> endpoint.typing(new RoomName(room), world.now));
    }

    void away(boolean isAway) {
        act(() -> endpoint.away(isAway, world.now));
    }

    // What happens to it
    // ----------------------------------------------------------------------------------------------------------------

    /** The program ends without a word. */
    void kill() {
        world.trace(device, () -> "dies");
        dead = true;
        loop.forget();
        freeze.forget();
        wakesAt(Long.MAX_VALUE);
    }

    /** The program is started once more, on the same machine, whatever became of this one. */
    SimClient startedAgain() {
        return isInner() ? world.participant(name) : world.client(name, key, password);
    }

    /** Whether it is a participant of the server's own program, whose datagrams never leave the process. */
    boolean isInner() {
        return pass != null;
    }

    /** Stands still for a while. */
    void freeze(Duration pause) {
        world.trace(device, () -> "stands still for " + pause);
        freeze.begin();
        wakesAt(Long.MAX_VALUE);
        world.in(pause, () -> {
            if (!dead && freeze.end(loop)) {
                world.trace(device, () -> "goes on");
                drain();
            }
        });
    }

    boolean isFrozen() {
        return freeze.isFrozen();
    }

    /** A NAT on the way gives it another port, or another address; the client does not know. */
    void rebindNat(boolean sameHost) {
        seenFrom(world.freshAddress(sameHost ? nat.outside() : null));
    }

    /** The NAT is replaced by one that speaks IPv6 to the server. */
    void rebindToIpv6() {
        seenFrom(world.freshIpv6());
    }

    private void seenFrom(InetSocketAddress address) {
        world.trace(device, () -> "is moved from " + nat.outside() + " to " + address);
        nat.becomes(address);
    }

    /** Its machine changes from one network to another, as from Wi-Fi to cable, and the program notices. */
    void changeNetwork(Consumer<Link> other) {
        other.accept(up);
        other.accept(down);
        seenFrom(world.freshAddress(null));
        act(() -> endpoint.socketReplaced(world.now));
    }

    void stopReading() {
        reading = false;
    }

    void readOn() {
        reading = true;
        act(() -> rooms.values().forEach(room -> endpoint.consumed(room.name, room.next - 1, world.now)));
    }

    private interface Command {
        void run(long ticket, long now);
    }

    private Call call(RoomName room, String text, Command command) {
        Call call = new Call(room, text, world.now);
        calls.add(call);
        long ticket = ++tickets;
        open.put(ticket, call);
        world.trace(device, () -> "calls for " + call);
        act(() -> command.run(ticket, world.now));
        return call;
    }

    /** Does something in the program: at once, or when it goes on. */
    private void act(Runnable action) {
        if (dead) {
            return;
        }
        if (freeze.isFrozen()) {
            freeze.keepAnswer(action);
        } else {
            action.run();
            drain();
        }
    }

    // What is seen from outside
    // ----------------------------------------------------------------------------------------------------------------

    ClientEndpoint endpoint() {
        return endpoint;
    }

    InetSocketAddress address() {
        return nat.outside();
    }

    /** The key it expects, or took on trust. */
    @Nullable
    ServerKey keyOfServer() {
        return key;
    }

    /** How it ended; it has. */
    ClientEvent.Closed ending() {
        return Objects.requireNonNull(closed, "not closed");
    }

    /** How it was signed in; it was. */
    ClientEvent.SignedIn welcome() {
        return Objects.requireNonNull(signedIn, "not signed in");
    }

    boolean isLive() {
        return !dead && signedIn != null && closed == null;
    }

    boolean isDead() {
        return dead;
    }

    boolean isOver() {
        return endpoint.isOver();
    }

    /** Nothing is kept once it is over. */
    void checkEmpty() {
        assertThat(endpoint.held())
                .allSatisfy((kind, amount) -> assertThat(amount)
                        .as("%s left behind at %s", kind, device)
                        .isZero());
    }

    int openCalls() {
        return open.size();
    }

    SeenRoom room(String room) {
        return seen(new RoomName(room));
    }

    private SeenRoom seen(RoomName room) {
        SeenRoom seen = rooms.get(room);
        if (seen == null) {
            throw new AssertionError(device + " never was in " + room);
        }
        return seen;
    }

    /** Whether it is neither in a room nor on its way in or out. */
    boolean isOutside(RoomName room) {
        SeenRoom seen = rooms.get(room);
        boolean asked = open.values().stream().anyMatch(call -> call.room.equals(room) && call.text.isEmpty());
        return !asked && (seen == null || !seen.inside);
    }

    /** Whether it is in a room and has seen everything that ever happened there since it entered. */
    boolean isUpToDate(String room) {
        SeenRoom seen = rooms.get(new RoomName(room));
        return seen != null
                && seen.inside
                && seen.next == world.server.journal.log(seen.name).last() + 1;
    }

    /** Whether it is in a room that its user has. */
    boolean owns(RoomName room) {
        SeenRoom seen = rooms.get(room);
        return seen != null && seen.inside && seen.hasOwner(new UserName(name));
    }

    boolean isIn(String room) {
        SeenRoom seen = rooms.get(new RoomName(room));
        return seen != null && seen.inside;
    }

    // Its loop
    // ----------------------------------------------------------------------------------------------------------------

    long wakesAt() {
        return wakesAt;
    }

    private void wakesAt(long time) {
        if (wakesAt != time) {
            wakesAt = time;
            world.wakesAnew(this);
        }
    }

    void wake() {
        storm.woken();
        drain();
    }

    void receive(InetSocketAddress from, byte[] bytes) {
        if (dead) {
            return;
        }
        loop.arrives(from, bytes);
        if (!freeze.isFrozen()) {
            drain();
        }
    }

    void drain() {
        loop.turn();
        if (connection != null) {
            ConnectionCheck.check(connection);
        }
        wakesAt(alarm.at(endpoint.nextTimeout(), world.lateness, world.random));
    }

    private void handleEvents() {
        noteConnection();
        ClientEvent event;
        while ((event = endpoint.pollEvent()) != null) {
            handle(event);
        }
    }

    private void noteConnection() {
        Connection current = endpoint.connection();
        if (current != null && current != connection) {
            connection = current;
            connections++;
            world.wiretap.tap(current);
        }
    }

    /** Looks at everything. */
    void check() {
        if (!dead) {
            ClientCheck.check(endpoint, OUTBOX);
        }
    }

    private void handle(ClientEvent event) {
        if (event instanceof ClientEvent.Event e) {
            saw(e.event());
            return;
        }
        world.trace(device, event::toString);
        if (event instanceof ClientEvent.Work e) {
            e.work().run();
            world.in(
                    Duration.ofMillis(world.random.nextInt(5)),
                    () -> act(() -> endpoint.handleWork(e.work(), world.now)));
        } else if (event instanceof ClientEvent.Rebind) {
            rebindSocket();
        } else if (event instanceof ClientEvent.Accepted e) {
            answer(e.callId()).receipt = e.receipt();
        } else if (event instanceof ClientEvent.Failed e) {
            failed(e);
        } else if (event instanceof ClientEvent.RoomList e) {
            answer(e.callId()).answer = e.rooms();
        } else if (event instanceof ClientEvent.MemberList e) {
            answer(e.callId()).answer = e.page();
        } else if (event instanceof ClientEvent.Delivered e) {
            answer(e.callId()).answer = e.delivery();
        } else if (event instanceof ClientEvent.HistoryResult e) {
            Call call = answer(e.callId());
            call.answer = e.page();
            world.server.journal.log(e.page().room()).check(e.page(), call.madeAt);
        } else if (event instanceof ClientEvent.SearchResult e) {
            Call call = answer(e.callId());
            call.answer = e.page();
            SimJournal.Log log = world.server.journal.log(e.page().room());
            e.page().hits().forEach(hit -> hit.context().forEach(each -> log.requireShown(each, call.madeAt)));
        } else {
            note(event);
        }
    }

    private void note(ClientEvent event) {
        if (event instanceof ClientEvent.SignedIn e) {
            assertThat(signedIn).as("signs in once").isNull();
            signedIn = e;
            called(e.name());
        } else if (event instanceof ClientEvent.Closed e) {
            assertThat(closed).as("closes once").isNull();
            if (e.refusal() != Refusal.VERSION) {
                assertThat(e.reason()).isNotIn(CloseReason.PROTOCOL_VIOLATION, CloseReason.INTERNAL);
            }
            closed = e;
        } else if (event instanceof ClientEvent.Searching) {
            searches++;
        } else if (event instanceof ClientEvent.Found) {
            finds++;
        } else if (event instanceof ClientEvent.Entered e) {
            SeenRoom before = rooms.get(e.room().name());
            if (before == null || (before.name.isDirect() && !before.inside && e.callId() != 0)) {
                rooms.put(e.room().name(), new SeenRoom(e.room().name()));
            }
            seen(e.room().name())
                    .entered(
                            e.room(),
                            world,
                            world.server.journal.log(e.room().name()),
                            world.server.isWriting(e.room().nextEpoch()));
            answerIfAsked(e.callId());
        } else if (event instanceof ClientEvent.Renamed e) {
            called(e.name());
        } else if (event instanceof ClientEvent.DirectWaiting e) {
            endpoint.join(0, e.room(), JoinHistory.from(e.sequence()), world.now); // somebody curious
        } else if (event instanceof ClientEvent.Signalled e) {
            World.require(seen(e.room()).inside, () -> device + " hears a signal in " + e.room());
            seen(e.room()).programs.heard(e.key(), e.bytes());
        } else if (event instanceof ClientEvent.MemberChanged e) {
            seen(e.room()).changed(e.member());
        } else if (event instanceof ClientEvent.LeftRoom e) {
            seen(e.room()).inside = false;
            answerIfAsked(e.callId());
        } else if (event instanceof ClientEvent.HistoryChanged e) {
            seen(e.room()).changed(e.from());
        } else if (event instanceof ClientEvent.HistoryGone e) {
            seen(e.room()).gone(e.from(), e.to(), world.server.journal.log(e.room()));
        }
    }

    private void called(UserName now) {
        name = now.text();
        names.add(name);
    }

    private void saw(ChatEvent event) {
        world.trace(device, () -> "sees " + event.room() + " " + World.brief(event));
        SeenRoom room = seen(event.room());
        room.saw(event, world.server.journal.log(event.room()));
        if (reading && event.sequence() % CONSUMED_STEP == 0) {
            if (callbacks.isZero()) {
                endpoint.consumed(event.room(), event.sequence(), world.now);
            } else {
                world.in(callbacks, () -> act(() -> endpoint.consumed(event.room(), event.sequence(), world.now)));
            }
        }
        if (onEvent != null) {
            onEvent.accept(event);
        }
    }

    private void failed(ClientEvent.Failed event) {
        if (event.callId() == 0) {
            return; // somebody curious was signed out, or has too many rooms
        }
        Call call = answer(event.callId());
        call.refusal = event.refusal();
        call.retryAfter = event.retryAfter();
        boolean onItsWay = call.room.isDirect() && call.text.isEmpty(); // somebody wrote: it is entered already
        if (event.refusal() == Refusal.BAD_REQUEST && !onItsWay && !call.mayBeInVain) {
            throw new AssertionError(name + ": " + call + ": " + event.sentence());
        }
        if (!call.text.isEmpty() && FINAL.contains(event.refusal())) {
            world.ledger.refused(call.text);
        } else if (event.refusal() == Refusal.OUT_OF_ORDER) {
            world.ledger.outOfOrder(call.text);
        }
    }

    private void answerIfAsked(long ticket) {
        if (ticket != 0) {
            answer(ticket);
        }
    }

    private Call answer(long ticket) {
        Call call = open.remove(ticket);
        assertThat(call).as("%s: the call of ticket %d", name, ticket).isNotNull();
        call.answered = true;
        return call;
    }

    /** A new socket, as the loop makes one: not more often than once a second. */
    private void rebindSocket() {
        if (world.now - reboundAt >= Duration.ofSeconds(1).toNanos()) {
            reboundAt = world.now;
            seenFrom(world.freshAddress(nat.outside()));
            endpoint.socketReplaced(world.now);
        }
    }
}
