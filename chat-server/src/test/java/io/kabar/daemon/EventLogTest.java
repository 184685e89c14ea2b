package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventLogTest {
    private static final int VISITS = 5_000;
    private static final UserName ADA = UserName.of("ada");

    private final Logger logger = (Logger) LoggerFactory.getLogger(EventLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    private static final ChatServer SERVER = (ChatServer) Proxy.newProxyInstance(
            ChatServer.class.getClassLoader(), new Class<?>[] {ChatServer.class}, (proxy, method, arguments) -> null);

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void somebody_who_comes_and_goes_all_the_time_does_not_fill_the_log_and_everything_is_passed_on() {
        AtomicInteger passedOn = new AtomicInteger();
        EventLog log = new EventLog(new ChatServerListener() {
            @Override
            public void onSignedIn(ChatServer from, UserName name, InetSocketAddress address) {
                passedOn.incrementAndGet();
            }
        });
        InetSocketAddress home = new InetSocketAddress(InetAddress.getLoopbackAddress(), 999);
        for (int i = 1; i <= VISITS; i++) {
            log.onSignedIn(SERVER, ADA, home);
            log.onEvent(SERVER, ChatEvent.of(RoomName.LOBBY, i, Instant.EPOCH, Author.of(ADA), new Content.Joined()));
            log.onEvent(SERVER, ChatEvent.of(RoomName.LOBBY, i, Instant.EPOCH, Author.of(ADA), new Content.Left("")));
            log.onSignedOut(SERVER, ADA, CloseReason.SIGNED_OUT);
        }
        assertThat(passedOn).hasValue(VISITS);
        List<String> written =
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(written.subList(0, 4))
                .containsExactly(
                        "ada signed in from 127.0.0.1:999",
                        "ada joined #lobby",
                        "ada left #lobby",
                        "ada is gone: signed out");
        assertThat(written).hasSizeLessThan(VISITS);
    }
}
