package io.kabar.daemon.prompt;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Content;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.internal.text.LocalZone;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.view.Wording;
import io.kabar.chat.view.words.VisibleText;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a server, as lines for whoever runs it: who signs in, joins and leaves, what becomes of rooms, and if
 * wanted what is said. Conversations of two are theirs alone. What is refused, and warnings, are in the log.
 */
public final class ServerFeed implements ChatServerListener {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final boolean messages;
    private final InstantSource clock;
    private final ZoneId zone;
    private volatile @Nullable Consumer<String> lines;

    /**
     * Shows nothing yet.
     *
     * @param messages whether to show what is said
     */
    @ForPeople("who sits at the terminal reads the time of the place")
    public ServerFeed(boolean messages) {
        this(messages, InstantSource.system(), LocalZone.zone());
    }

    ServerFeed(boolean messages, InstantSource clock, ZoneId zone) {
        this.messages = messages;
        this.clock = clock;
        this.zone = zone;
    }

    /** From now on each line goes there. */
    void show(Consumer<String> to) {
        lines = to;
    }

    @Override
    public void onSignedIn(ChatServer server, UserName name, InetSocketAddress address) {
        line(name + " signed in from " + address.getAddress().getHostAddress());
    }

    @Override
    public void onSignedOut(ChatServer server, UserName name, CloseReason reason) {
        line(name + " is gone: " + reason.words());
    }

    @Override
    public void onEvent(ChatServer server, ChatEvent event) {
        if (!event.room().isDirect()) {
            text(event).ifPresent(this::line);
        }
    }

    private Optional<String> text(ChatEvent event) {
        String room = event.room() + " ";
        return event.content().accept(new Content.Visitor<>() {
            @Override
            public Optional<String> said(Content.Said said) {
                String words = said.action()
                        ? "* " + event.from() + " " + said.text()
                        : "<" + event.from() + "> " + said.text();
                return messages ? Optional.of(room + words) : Optional.empty();
            }

            @Override
            public Optional<String> data(ProgramContent.Data data) {
                return messages ? other(data) : Optional.empty();
            }

            @Override
            public Optional<String> valueSet(ProgramContent.ValueSet set) {
                return messages ? other(set) : Optional.empty();
            }

            @Override
            public Optional<String> joined(Content.Joined joined) {
                return Optional.of(room + event.from() + " joined");
            }

            @Override
            public Optional<String> left(Content.Left left) {
                return Optional.of(
                        room + event.from() + " left" + (left.reason().isEmpty() ? "" : ": " + left.reason()));
            }

            @Override
            public Optional<String> topic(Content.Topic topic) {
                return Optional.of(room + Wording.topic(event.from(), topic.text()));
            }

            @Override
            public Optional<String> other(Content content) {
                return Optional.of(room + Wording.of(event));
            }
        });
    }

    private void line(String text) {
        Consumer<String> to = lines;
        if (to != null) {
            to.accept(TIME.format(clock.instant().atZone(zone)) + " " + VisibleText.onOneLine(text));
        }
    }
}
