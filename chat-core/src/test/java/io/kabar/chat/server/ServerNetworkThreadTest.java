package io.kabar.chat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.internal.net.SystemMachine;
import io.kabar.chat.internal.net.Ticker;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.AccountStore;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server whose network thread dies of a defect: all is closed as by close, and its host is told so. */
class ServerNetworkThreadTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger closedAccounts = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();

    private long nanos() {
        if (broken.get() && Thread.currentThread().getName().equals("kabar-server")) { // its loop
            throw new IllegalStateException("a defect made by a test");
        }
        return System.nanoTime();
    }

    @Test
    void everything_is_closed_and_told() throws Exception {
        Ticker ticker = this::nanos;
        ChatServer server = new ServerBuilder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .accounts(new AccountStore() {
                    @Override
                    public Optional<Account> find(UserName name) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Account> find(long id) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Account> change(long id, AccountChange change) {
                        return Optional.empty();
                    }

                    @Override
                    public long drawId() {
                        return 1;
                    }

                    @Override
                    public Optional<Account> register(Account account) {
                        return Optional.of(account);
                    }

                    @Override
                    public void close() {
                        closedAccounts.incrementAndGet();
                    }
                })
                .listener(new ChatServerListener() {
                    @Override
                    public void onWarning(ChatServer from, String sentence) {
                        told.add(sentence);
                    }

                    @Override
                    public void onStopped(ChatServer from) {
                        told.add("stopped");
                    }
                })
                .runsOn(new SystemMachine(ticker, ServerAddresses.Resolver.ofSystem()))
                .open()
                .start();
        broken.set(true);
        assertThat(server.stats()).as("and something to wake up for").isNotNull();
        server.awaitClose();
        await().until(() -> told.contains("stopped"));

        assertThat(told)
                .containsExactly("The network thread has ended by a defect in Kabar; the server closes.", "stopped");
        assertThat(closedAccounts).hasValue(1);
        assertThat(server.stats()).as("as it was at the end").isNotNull();
        server.close();
        try (DatagramSocket free = new DatagramSocket(server.address())) {
            assertThat(free.isBound()).isTrue();
        }
        await().untilAsserted(() -> assertThat(
                        Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .noneMatch(name -> name.startsWith("kabar-server")));
    }
}
