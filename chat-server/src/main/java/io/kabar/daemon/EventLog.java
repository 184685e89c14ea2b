package io.kabar.daemon;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.storage.csv.files.Throttle;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the life of a server to the log, and passes everything on. What is said in a room is not the log's affair. */
final class EventLog implements ChatServerListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    private final ChatServerListener next;
    /** Who comes and goes: some lines at once, as after a restart; somebody who does nothing else fills no disk. */
    private static final int AT_ONCE = 100;

    private final Throttle throttle = new Throttle();
    private final Throttle visits = new Throttle(Duration.ofSeconds(1), AT_ONCE);
    private final CountDownLatch stopped = new CountDownLatch(1);

    EventLog(ChatServerListener next) {
        this.next = next;
    }

    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void onEvent(ChatServer server, ChatEvent event) {
        if (event.isJoined()) {
            visits.line("joined", event.from() + " joined " + event.room(), LOG::info);
        } else if (event.isLeft()) {
            visits.line("left", event.from() + " left " + event.room(), LOG::info);
        }
        next.onEvent(server, event);
    }

    @Override
    public void onSignedIn(ChatServer server, UserName name, InetSocketAddress address) {
        visits.line("signed in", name + " signed in from " + text(address), LOG::info);
        next.onSignedIn(server, name, address);
    }

    @Override
    public void onSignedOut(ChatServer server, UserName name, CloseReason reason) {
        visits.line("gone", name + " is gone: " + reason.words(), LOG::info);
        next.onSignedOut(server, name, reason);
    }

    @Override
    public void onRoamed(ChatServer server, UserName name, InetSocketAddress from, InetSocketAddress to) {
        // A client may seem to be in another place ten times a second.
        throttle.line("roamed", name + " roamed from " + text(from) + " to " + text(to), LOG::info);
        next.onRoamed(server, name, from, to);
    }

    @Override
    public void onLoginRefused(ChatServer server, String name, InetSocketAddress address, Refusal reason) {
        throttle.line("login", "refused \"" + name + "\" from " + text(address) + ": " + reason.sentence(), LOG::warn);
        next.onLoginRefused(server, name, address, reason);
    }

    /** The server writes it to the log itself. */
    @Override
    public void onWarning(ChatServer server, String sentence) {
        next.onWarning(server, sentence);
    }

    @Override
    public void onStopped(ChatServer server) {
        stopped.countDown();
        next.onStopped(server);
    }

    static String text(InetSocketAddress address) {
        String host = HostText.text(address.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
