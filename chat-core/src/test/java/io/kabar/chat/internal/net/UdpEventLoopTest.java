package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the system does to the socket, the loop lives on, counts, and does not spin. */
class UdpEventLoopTest {

    private final FaultySocket.Supply sockets = new FaultySocket.Supply();
    private final Echo echo = new Echo();
    private final Surroundings host = new Surroundings();
    /** Real time, and as much more as a test wants to skip. */
    private final AtomicLong skipped = new AtomicLong();

    private UdpEventLoop loop;

    private static Machine machine(Ticker ticker) {
        return new SystemMachine(ticker, ServerAddresses.Resolver.ofSystem());
    }

    /** Looks again at once: a loop needs some microseconds. */
    private static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    @BeforeEach
    void start() throws IOException {
        loop = new UdpEventLoop("loop", echo, host, machine(() -> System.nanoTime() + skipped.get()));
        loop.start();
    }

    @AfterEach
    void stop() {
        sockets.fail(null);
        host.over = true;
        loop.close();
    }

    @Test
    void what_comes_is_handled_and_what_is_said_is_sent() throws Exception {
        assertEchoes();
    }

    @Test
    void socket_that_fails_while_it_is_waited_for_is_opened_anew() throws Exception {
        for (FaultySocket.Fault fault : List.<FaultySocket.Fault>of(
                () -> {
                    throw new IOException("bad file descriptor");
                },
                () -> {
                    throw new ClosedChannelException();
                },
                () -> {
                    throw new IllegalStateException("a defect of the system's");
                })) {
            FaultySocket broken = sockets.newest();
            broken.atAwait = fault;
            broken.wakeUp();
            assertReplaced(broken);
        }
    }

    @Test
    void socket_that_somebody_closed_is_opened_anew() throws Exception {
        FaultySocket broken = sockets.newest();
        broken.atReceive = () -> {
            throw new ClosedByInterruptException();
        };
        broken.wakeUp();
        assertReplaced(broken);
    }

    @Test
    void socket_that_was_closed_when_something_is_to_be_sent_is_opened_anew() throws Exception {
        FaultySocket broken = sockets.newest();
        broken.atSend = () -> {
            throw new ClosedChannelException();
        };
        broken.arrive((byte) 1);
        assertReplaced(broken);
    }

    @Test
    void receiving_that_fails_for_a_while_is_counted_and_goes_on() throws Exception {
        FaultySocket socket = sockets.newest();
        AtomicInteger left = new AtomicInteger(LoopSocket.BAD_RECEIVES - 1);
        socket.atReceive = () -> {
            if (left.getAndDecrement() > 0) {
                throw new IOException("message of another's");
            }
        };
        socket.wakeUp();
        assertEchoes();
        assertThat(sockets.count()).isEqualTo(1);
        assertThat(health().errors()).isEqualTo(LoopSocket.BAD_RECEIVES - 1);
    }

    @Test
    void receiving_that_always_fails_ends_with_another_socket() throws Exception {
        FaultySocket broken = sockets.newest();
        broken.atReceive = () -> {
            throw new IOException("no buffer space");
        };
        broken.wakeUp();
        assertReplaced(broken);
        assertThat(broken.turns.get()).as("turns").isLessThan(1000);
    }

    @Test
    void what_cannot_be_sent_is_lost_and_nobody_else_suffers() throws Exception {
        List<FaultySocket.Fault> faults = List.of(
                () -> {
                    throw new NoRouteToHostException();
                },
                () -> {
                    throw new SocketException("Message too long");
                },
                () -> {
                    throw new IOException("Operation not permitted");
                },
                () -> {
                    throw new UnresolvedAddressException();
                });
        FaultySocket socket = sockets.newest();
        for (FaultySocket.Fault fault : faults) {
            int before = echo.handled.get();
            socket.atSend = fault;
            socket.arrive((byte) 1);
            await().until(() -> echo.handled.get() > before);
            await().until(() -> echo.outbox.isEmpty());
        }
        socket.atSend = null;
        assertEchoes();
        assertThat(health().errors()).isEqualTo(faults.size());
        assertThat(sockets.count()).isEqualTo(1);
    }

    @Test
    void connected_socket_that_cannot_send_is_replaced_but_not_all_the_time() throws Exception {
        FaultySocket socket = sockets.newest();
        socket.connected = true;
        socket.atSend = () -> {
            throw new SocketException("Network is unreachable");
        };
        for (int i = 0; i < 20; i++) {
            socket.arrive((byte) 1);
        }
        await().until(() -> echo.handled.get() == 20);
        assertThat(sockets.count()).isEqualTo(1);
        skip();
        socket.arrive((byte) 1);
        assertReplaced(socket);
    }

    @Test
    void word_of_an_earlier_datagram_is_no_reason_for_another_socket() throws Exception {
        FaultySocket socket = sockets.newest();
        socket.connected = true;
        AtomicInteger left = new AtomicInteger(1);
        socket.atSend = () -> {
            if (left.getAndDecrement() > 0) {
                throw new SocketException("Message too long");
            }
        };
        skip();
        socket.arrive((byte) 7);
        await().until(() -> socket.sent.stream().anyMatch(datagram -> datagram[0] == 7));
        assertThat(health().errors()).isEqualTo(1);
        assertThat(sockets.count()).isEqualTo(1);
    }

    @Test
    void nobody_listening_is_told_and_breaks_nothing() throws Exception {
        FaultySocket socket = sockets.newest();
        AtomicInteger left = new AtomicInteger(2);
        FaultySocket.Fault unreachable = () -> {
            if (left.getAndDecrement() > 0) {
                throw new PortUnreachableException();
            }
        };
        socket.atReceive = unreachable;
        socket.atSend = unreachable;
        socket.arrive((byte) 1);
        await().until(() -> host.unreachable.get() == 2);
        socket.atReceive = null;
        socket.atSend = null;
        assertEchoes();
        assertThat(health().errors()).isZero();
    }

    @Test
    void full_buffer_is_waited_for_without_spinning_and_without_a_loss() throws Exception {
        FaultySocket socket = sockets.newest();
        socket.full = true;
        socket.arrive((byte) 7);
        await().until(() -> echo.handled.get() == 1);
        int turns = socket.turns.get();
        skip();
        // The socket claims all the time that there is room.
        await().during(Duration.ofMillis(100)).until(() -> socket.sent.isEmpty());
        assertThat(socket.turns.get() - turns).as("turns in some 100 ms").isLessThan(2000);
        socket.full = false;
        assertThat(socket.sent.poll(20, TimeUnit.SECONDS)).containsExactly(7);
    }

    @Test
    void room_that_cannot_be_waited_for_ends_with_another_socket() throws Exception {
        FaultySocket broken = sockets.newest();
        broken.full = true;
        broken.atWantRoom = () -> {
            throw new IOException("the socket is closed");
        };
        skip();
        broken.arrive((byte) 7);
        await().until(() -> sockets.count() == 2);
        assertThat(broken.closed).isTrue();
        assertEchoes();
    }

    @Test
    void socket_that_cannot_be_opened_is_tried_once_a_second_until_it_can() throws Exception {
        FaultySocket broken = sockets.newest();
        AtomicInteger tries = new AtomicInteger();
        sockets.fail(() -> {
            tries.incrementAndGet();
            throw new BindException("Address already in use");
        });
        broken.atAwait = () -> {
            throw new IOException("gone");
        };
        broken.wakeUp();
        for (int i = 1; i <= 5; i++) {
            int expected = i;
            skip();
            loop.execute(() -> {}); // commands are run meanwhile
            await().until(() -> tries.get() >= expected);
        }
        assertThat(tries.get()).as("tries in 5 s and the time this takes").isLessThan(50);
        assertThat(host.trouble)
                .isNotEmpty()
                .allSatisfy(sentence -> assertThat(sentence).contains("is opened anew"));
        assertThat(host.trouble).as("rarely").hasSizeLessThan(tries.get() + 1);
        sockets.fail(null);
        skip();
        await().until(() -> sockets.count() == 2);
        assertEchoes();
        assertThat(health().reopened()).isEqualTo(1);
        assertThat(host.reopened.get()).isEqualTo(1);
    }

    @Test
    void selector_that_does_not_wait_any_more_is_replaced() throws Exception {
        FaultySocket broken = sockets.newest();
        skip();
        broken.restless = true;
        broken.wakeUp();
        assertReplaced(broken);
    }

    @Test
    void socket_that_cannot_be_closed_is_let_go() throws Exception {
        FaultySocket broken = sockets.newest();
        broken.atClose = () -> {
            throw new IOException("input/output error");
        };
        broken.atAwait = () -> {
            throw new IOException("input/output error");
        };
        broken.wakeUp();
        assertReplaced(broken);
    }

    @Test
    void interrupted_thread_goes_on() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            Thread.currentThread().interrupt();
            done.countDown();
        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertEchoes();
        assertThat(sockets.count()).isEqualTo(1);
    }

    @Test
    void defect_in_whatever_the_loop_calls_is_not_its_end() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("made by a test");
        });
        assertEchoes();
        for (String where : List.of("datagram", "timeout", "events", "transmit")) {
            echo.defectAt = where;
            sockets.newest().arrive((byte) 1);
            loop.execute(() -> echo.timeout = loop.now());
            await().until(() -> echo.defectAt.isEmpty());
            assertEchoes();
        }
    }

    @Test
    void defect_that_comes_back_every_turn_does_not_make_the_loop_spin() throws Exception {
        loop.execute(() -> echo.alwaysAtTimeout = true);
        loop.execute(() -> echo.timeout = loop.now());
        FaultySocket socket = sockets.newest();
        await().until(() -> echo.timeouts.get() > 3);
        int turns = socket.turns.get();
        long began = System.nanoTime();
        await().until(() -> echo.timeouts.get() > 10);
        long millis = (System.nanoTime() - began) / 1_000_000 + 1;
        assertThat((socket.turns.get() - turns) / (double) millis)
                .as("turns a ms")
                .isLessThan(1);
        loop.execute(() -> echo.alwaysAtTimeout = false);
        assertEchoes();
    }

    /** As System.nanoTime may be. */
    @Test
    void clock_below_zero_does_not_make_an_idle_loop_spin() throws Exception {
        FaultySocket.Supply others = new FaultySocket.Supply();
        Surroundings otherHost = new Surroundings() {
            @Override
            public UdpSocket open() throws IOException {
                return others.open();
            }
        };
        long zero = System.nanoTime();
        UdpEventLoop below = new UdpEventLoop(
                "below",
                new Echo(),
                otherHost,
                machine(() -> System.nanoTime() - zero - Duration.ofDays(1).toNanos()));
        below.start();
        await().until(() -> others.newest().turns.get() > 0);
        int before = others.newest().turns.get();
        CountDownLatch turned = new CountDownLatch(1);
        below.execute(turned::countDown);
        assertThat(turned.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(others.newest().turns.get() - before).isLessThan(20);
        otherHost.over = true;
        below.close();
    }

    @Test
    void loop_whose_first_socket_cannot_be_opened_is_none() {
        sockets.fail(() -> {
            throw new BindException("Address already in use");
        });
        assertThatThrownBy(() -> new UdpEventLoop("none", echo, host, machine(System::nanoTime)))
                .isInstanceOf(BindException.class);
    }

    @Test
    void loop_ends_while_its_socket_is_broken() throws Exception {
        sockets.fail(() -> {
            throw new BindException("Address already in use");
        });
        FaultySocket broken = sockets.newest();
        broken.atAwait = () -> {
            throw new IOException("gone");
        };
        broken.wakeUp();
        await().until(() -> broken.closed);
        host.over = true;
        loop.close();
        assertThat(host.ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endpoint_is_abandoned_once_when_the_loop_has_ended_for_whatever_reason() throws Exception {
        assertThat(echo.abandoned).hasValue(0);
        host.over = true;
        loop.close();
        assertThat(host.ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(echo.abandoned).hasValue(1);
        loop.close();
        assertThat(echo.abandoned).hasValue(1);
    }

    /** A socket may be opened again a second after the last time. */
    private void skip() {
        skipped.addAndGet(LoopSocket.REOPEN_INTERVAL);
        sockets.newest().wakeUp();
    }

    private void assertReplaced(FaultySocket broken) throws Exception {
        int before = sockets.count();
        long errors = health().errors();
        skip();
        await().until(() -> sockets.count() > before || sockets.newest() != broken);
        assertThat(broken.closed).isTrue();
        assertEchoes();
        assertThat(health().errors()).isGreaterThanOrEqualTo(Math.max(1, errors));
        assertThat(health().reopened()).isPositive();
    }

    private void assertEchoes() throws Exception {
        FaultySocket socket = sockets.newest();
        socket.sent.clear();
        socket.arrive((byte) 42);
        await().until(() -> socket.sent.stream().anyMatch(datagram -> datagram[0] == 42));
    }

    private UdpEventLoop.Health health() throws Exception {
        UdpEventLoop.Health[] health = new UdpEventLoop.Health[1];
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            health[0] = loop.health();
            done.countDown();
        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        return health[0];
    }

    private class Surroundings implements UdpEventLoop.Host {
        final AtomicInteger unreachable = new AtomicInteger();
        final AtomicInteger reopened = new AtomicInteger();
        final List<String> trouble = new CopyOnWriteArrayList<>();
        final CountDownLatch ended = new CountDownLatch(1);
        volatile boolean over;

        @Override
        public UdpSocket open() throws IOException {
            return sockets.open();
        }

        @Override
        public void afterInputs(long now) {
            echo.defect("events");
        }

        @Override
        public void onReopened(long now) {
            reopened.incrementAndGet();
        }

        @Override
        public void onUnreachable(long now) {
            unreachable.incrementAndGet();
        }

        @Override
        public void onTrouble(String sentence) {
            trouble.add(sentence);
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public void onEnded() {
            ended.countDown();
        }
    }

    /** Sends back what it gets, and fails where it is told to. */
    private static final class Echo implements Endpoint {
        @Override
        public void handleTooLong(int length, long now) {
            throw new AssertionError("nothing is long here");
        }

        final AtomicInteger handled = new AtomicInteger();
        final AtomicInteger abandoned = new AtomicInteger();
        final AtomicInteger timeouts = new AtomicInteger();
        final ArrayDeque<byte[]> outbox = new ArrayDeque<>();
        volatile String defectAt = "";
        long timeout = Long.MAX_VALUE;
        boolean alwaysAtTimeout;

        void defect(String where) {
            if (defectAt.equals(where)) {
                defectAt = "";
                throw new IllegalStateException("made by a test, at " + where);
            }
        }

        @Override
        public void handleDatagram(InetSocketAddress from, byte[] data, int length, long now) {
            handled.incrementAndGet();
            defect("datagram");
            outbox.add(Arrays.copyOf(data, length));
        }

        @Override
        public void handleTimeout(long now) {
            timeouts.incrementAndGet();
            if (alwaysAtTimeout) {
                throw new IllegalStateException("made by a test, again and again");
            }
            timeout = Long.MAX_VALUE;
            defect("timeout");
        }

        @Override
        public void handleWork(SlowWork work, long now) {}

        @Override
        public void handleLimits(DatagramLimits limits) {}

        @Override
        public long nextTimeout() {
            return timeout;
        }

        @Override
        public int pollTransmit(byte[] out, long now) {
            defect("transmit");
            byte[] datagram = outbox.poll();
            if (datagram == null) {
                return 0;
            }
            System.arraycopy(datagram, 0, out, 0, datagram.length);
            return datagram.length;
        }

        @Override
        public void abandon() {
            abandoned.incrementAndGet();
        }

        @Override
        public InetSocketAddress transmitTo() {
            return FaultySocket.THERE;
        }
    }
}
