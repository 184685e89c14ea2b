package io.kabar.chat.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries datagrams between hosts through their links, and knows who has which address and which name. */
final class Wires {

    /** Of those who take part in the server's own program, without a socket. */
    private static final int NO_PORT = 0;

    private final Turner turner;
    private final Random random;
    private final Map<InetAddress, Host> byAddress = new ConcurrentHashMap<>();
    /** Who was somewhere once: whoever sends there learns before long where they are now. */
    private final Map<InetAddress, Host> ever = new ConcurrentHashMap<>();

    private final Map<String, Host> byName = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private int addresses;

    Wires(long seed, Turner turner) {
        this.turner = turner;
        random = new Random(seed * 0x9E37_79B9_7F4A_7C15L); // small seeds of Random begin alike
    }

    synchronized Host host(String name) {
        InetAddress address = anotherAddress(name);
        Host host = new Host(this, turner, address);
        settles(host, address);
        byName.put(name, host);
        return host;
    }

    private InetAddress anotherAddress(String name) {
        addresses++;
        try {
            return InetAddress.getByAddress(name, new byte[] {10, 77, (byte) (addresses >> 8), (byte) addresses});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes", e);
        }
    }

    /** The host has another address from now on, which is returned. */
    synchronized InetAddress moves(Host host) {
        InetAddress address = anotherAddress(host.address().getHostName());
        byAddress.remove(host.address());
        settles(host, address);
        return address;
    }

    private void settles(Host host, InetAddress address) {
        byAddress.put(address, host);
        ever.put(address, host);
    }

    synchronized Random anotherRandom() {
        return new Random(random.nextLong());
    }

    InetAddress[] resolve(String name) throws UnknownHostException {
        Host host = byName.get(name);
        if (host != null) {
            return new InetAddress[] {host.address()};
        }
        boolean isNumeric = name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        if (isNumeric) {
            return InetAddress.getAllByName(name);
        }
        if (name.equals("localhost")) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }
        throw new UnknownHostException(name);
    }

    // Datagrams
    // ------------------------------------------------------------------------------------------------------------

    synchronized void send(Host from, InetSocketAddress source, InetSocketAddress to, byte[] bytes) {
        if (to.getAddress().isLoopbackAddress()) {
            carry(turner.now(), () -> from.arrives(source, to.getPort(), bytes));
            return;
        }
        Host target = byAddress.get(to.getAddress());
        if (target == null) {
            return;
        }
        for (long out : from.link().copies(random)) {
            byte[] sent = from.link().damaged(bytes, random);
            for (long in : target.link().copies(random)) {
                byte[] received = target.link().damaged(sent, random);
                carry(turner.now() + out + in, () -> {
                    boolean isCut = from.link().isCut() || target.link().isCut();
                    if (!isCut && byAddress.get(to.getAddress()) == target) {
                        target.arrives(source, to.getPort(), received);
                    }
                });
            }
        }
    }

    private void carry(long arrives, Runnable arrival) {
        underWay.incrementAndGet();
        turner.at(arrives, () -> {
            underWay.decrementAndGet();
            arrival.run();
        });
    }

    // Whether anything is to come
    // ------------------------------------------------------------------------------------------------------------

    boolean isSettled() {
        return underWay.get() == 0 && turner.isAtRest() && turner.areSettled(this::hears);
    }

    /** Whether what this host sends there is heard and answered, if need be where its receiver has gone meanwhile. */
    private boolean hears(Host from, InetSocketAddress to) {
        if (to.getAddress().isLoopbackAddress()) {
            return to.getPort() == NO_PORT || from.hasSocket(to.getPort());
        }
        Host target = ever.get(to.getAddress());
        return target != null
                && target.hasSocket(to.getPort())
                && from.link().carries()
                && target.link().carries();
    }
}
