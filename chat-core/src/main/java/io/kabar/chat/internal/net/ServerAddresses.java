package io.kabar.chat.internal.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The addresses that a server's name has: all of them, and asked for again when the server is not heard, for it may
 * have moved. May be used by several threads.
 */
public final class ServerAddresses {

    /** Who knows which addresses a name has; may block. */
    public interface Resolver {
        /** All of them, the best first. */
        InetAddress[] resolve(String host) throws UnknownHostException;

        /** The machine's. */
        static Resolver ofSystem() {
            return InetAddress::getAllByName;
        }
    }

    /** Names with more addresses are of no chat server. */
    private static final int MOST = 8;

    private final String host;
    private final int port;
    private final Resolver resolver;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile List<InetSocketAddress> known;

    /**
     * Asks for the addresses of a name; blocks.
     *
     * @throws UnknownHostException if it has none
     */
    public ServerAddresses(String host, int port, Resolver resolver) throws UnknownHostException {
        this.host = host;
        this.port = port;
        this.resolver = resolver;
        known = ask();
    }

    /** Those known last, the likeliest first; never empty. */
    public List<InetSocketAddress> inOrder() {
        return known;
    }

    /** The server was heard from this one: it is asked first from now on. */
    public void prefer(InetSocketAddress address) {
        List<InetSocketAddress> next = new ArrayList<>(known);
        if (next.remove(address)) {
            next.add(0, address);
            known = List.copyOf(next);
        }
    }

    /** Asks again, unless somebody is asking; blocks. What is known stays if there is no answer. */
    public void refresh() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        try {
            List<InetSocketAddress> before = known;
            List<InetSocketAddress> next = ask();
            if (!next.containsAll(before) || !before.containsAll(next)) {
                known = next;
            }
        } catch (UnknownHostException e) {
            // Without a network there is no resolver either; the old addresses may come back with it.
        } finally {
            asking.set(false);
        }
    }

    /** In the resolver's order, but the families by turns (RFC 8305 section 4): one of them is often the broken one. */
    private List<InetSocketAddress> ask() throws UnknownHostException {
        InetAddress[] found = resolver.resolve(host);
        if (found.length == 0) {
            throw new UnknownHostException(host);
        }
        boolean sixFirst = found[0] instanceof Inet6Address;
        Deque<InetAddress> first = new ArrayDeque<>();
        Deque<InetAddress> second = new ArrayDeque<>();
        Arrays.stream(found)
                .distinct()
                .forEach(each -> (each instanceof Inet6Address == sixFirst ? first : second).add(each));
        List<InetSocketAddress> order = new ArrayList<>();
        while (order.size() < MOST && !(first.isEmpty() && second.isEmpty())) {
            for (Deque<InetAddress> family : List.of(first, second)) {
                if (!family.isEmpty()) {
                    order.add(new InetSocketAddress(family.remove(), port));
                }
            }
        }
        return List.copyOf(order);
    }
}
