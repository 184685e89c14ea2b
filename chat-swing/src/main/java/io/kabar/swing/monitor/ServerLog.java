package io.kabar.swing.monitor;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;

/** Brings what a server tells to the event thread, in batches: a busy server costs one refresh at a time. */
public final class ServerLog implements ChatServerListener {

    private final InstantSource clock;
    private final Consumer<List<LogEntry>> onEntries;
    private final Runnable onStopped;
    private final List<LogEntry> waiting = new ArrayList<>();

    public ServerLog(InstantSource clock, Consumer<List<LogEntry>> onEntries, Runnable onStopped) {
        this.clock = clock;
        this.onEntries = onEntries;
        this.onStopped = onStopped;
    }

    @Override
    public void onEvent(ChatServer server, ChatEvent event) {
        add(LogEntry.of(clock.instant(), event));
    }

    @Override
    public void onSignedIn(ChatServer server, UserName name, InetSocketAddress address) {
        add(LogEntry.Kind.PEOPLE, name + " signed in from " + text(address));
    }

    @Override
    public void onSignedOut(ChatServer server, UserName name, CloseReason reason) {
        add(LogEntry.Kind.PEOPLE, name + " is gone: " + reason.words());
    }

    @Override
    public void onRoamed(ChatServer server, UserName name, InetSocketAddress from, InetSocketAddress to) {
        add(LogEntry.Kind.PEOPLE, name + " moved from " + text(from) + " to " + text(to));
    }

    @Override
    public void onLoginRefused(ChatServer server, String name, InetSocketAddress address, Refusal reason) {
        add(LogEntry.Kind.REFUSED, "\"" + name + "\" from " + text(address) + ": " + reason.sentence());
    }

    @Override
    public void onWarning(ChatServer server, String sentence) {
        add(LogEntry.Kind.WARNING, sentence);
    }

    @Override
    public void onStopped(ChatServer server) {
        add(LogEntry.Kind.SERVER, "Stopped.");
        SwingUtilities.invokeLater(onStopped);
    }

    /** Adds a line of the window's own. */
    void add(LogEntry.Kind kind, String text) {
        add(LogEntry.of(clock.instant(), kind, text));
    }

    private void add(LogEntry entry) {
        synchronized (waiting) {
            waiting.add(entry);
            if (waiting.size() > 1) {
                return; // a refresh is on its way and takes this along
            }
        }
        SwingUtilities.invokeLater(this::drain);
    }

    private void drain() {
        List<LogEntry> entries;
        synchronized (waiting) {
            entries = List.copyOf(waiting);
            waiting.clear();
        }
        onEntries.accept(entries);
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
