package io.kabar.chat.internal.server.limits;

import io.kabar.chat.internal.server.limits.AddressPrefixes.Prefix;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has a place, or waits for a turn, by the networks it comes from: a tree of the prefixes of
 * {@link AddressPrefixes}, the widest first. At each branching all networks count alike, however many addresses each
 * has in use. So who comes from where few come gets a place though all are taken, as one of the most crowded network
 * gives way; and turns are given to the network that has had least done for it.
 *
 * @param <T> compared by {@code equals}; each has one place
 */
public final class NetworkTree<T> {

    private final Node<T> root = new Node<>();

    /** A network: either other networks lie in it, or it is an address, and has what came from there, oldest first. */
    private static final class Node<T> {
        private final Map<Prefix, Node<T>> networks = new LinkedHashMap<>(4);
        private final Set<T> items = new LinkedHashSet<>(4);
        private int size;
        /** Turns that are under way: it is not forgotten until it is known what they cost. */
        private int turns;
        /** Work done for it, and what those that come newly begin with: what the last that had a turn had had. */
        private long spent;

        private long floor;
    }

    private static List<Prefix> prefixes(AddressPrefixes address) {
        return address.narrowestFirst();
    }

    public int size() {
        return root.size;
    }

    /** Adds what comes from an address; it is not there yet. */
    public void add(AddressPrefixes address, T item) {
        Node<T> node = root;
        node.size++;
        List<Prefix> prefixes = prefixes(address);
        for (int i = prefixes.size() - 1; i >= 0; i--) {
            long floor = node.floor;
            node = node.networks.computeIfAbsent(prefixes.get(i), prefix -> {
                Node<T> made = new Node<>();
                made.spent = floor;
                return made;
            });
            node.size++;
        }
        node.items.add(item);
    }

    /** Takes away what was added; nothing happens if it is not there any more. */
    public void remove(AddressPrefixes address, T item) {
        Node<T> leaf = leaf(address);
        if (leaf != null && leaf.items.remove(item)) {
            shrink(address);
        }
    }

    private @Nullable Node<T> leaf(AddressPrefixes address) {
        Node<T> node = root;
        List<Prefix> prefixes = prefixes(address);
        for (int i = prefixes.size() - 1; i >= 0 && node != null; i--) {
            node = node.networks.get(prefixes.get(i));
        }
        return node;
    }

    private void shrink(AddressPrefixes address) {
        Node<T> node = root;
        node.size--;
        List<Prefix> prefixes = prefixes(address);
        for (int i = prefixes.size() - 1; i >= 0 && node != null; i--) {
            Node<T> part = node.networks.get(prefixes.get(i));
            if (part != null) {
                part.size--;
                forgetIfIdle(node, prefixes.get(i), part);
            }
            node = part;
        }
    }

    /** What it has had counts when it comes again, as far as others that are there have had as much. */
    private static <T> void forgetIfIdle(Node<T> node, Prefix prefix, Node<T> part) {
        if (part.size == 0 && part.turns == 0) {
            node.networks.remove(prefix);
            if (part.spent > node.floor) {
                long least = part.spent;
                for (Node<T> other : node.networks.values()) {
                    least = Math.min(least, other.spent);
                }
                node.floor = Math.max(node.floor, least);
            }
        }
    }

    /**
     * Who would give way to somebody from {@code address}: of the most crowded network at each branching, the oldest or
     * the newest. Null if it is the newcomer's own networks that are most crowded, down to the address.
     */
    public @Nullable T givesWay(AddressPrefixes address, boolean oldest) {
        Node<T> node = root;
        List<Prefix> prefixes = prefixes(address);
        for (int i = prefixes.size() - 1; i >= 0; i--) {
            Node<T> own = node.networks.get(prefixes.get(i));
            Node<T> crowded = mostCrowded(node);
            int ownSize = own == null ? 0 : own.size;
            if (crowded != null && crowded.size > ownSize + 1) {
                return ofMostCrowded(crowded, oldest);
            }
            if (own == null) {
                return null;
            }
            node = own;
        }
        return null;
    }

    private @Nullable T ofMostCrowded(Node<T> network, boolean oldest) {
        Node<T> node = network;
        for (Node<T> next = mostCrowded(node); next != null; next = mostCrowded(node)) {
            node = next;
        }
        T found = null;
        for (Iterator<T> each = node.items.iterator(); each.hasNext() && !(oldest && found != null); ) {
            found = each.next();
        }
        return found;
    }

    private static <T> @Nullable Node<T> mostCrowded(Node<T> node) {
        Node<T> most = null;
        for (Node<T> network : node.networks.values()) {
            most = most == null || network.size > most.size ? network : most;
        }
        return most;
    }

    /**
     * Whose turn it is: the oldest of the network that has had least done for it. It is taken away, and {@link #done}
     * is to be called when the turn is over. Null if there is none.
     */
    public @Nullable T next() {
        if (root.size == 0) {
            return null;
        }
        Node<T> node = root;
        node.size--;
        while (node.items.isEmpty()) {
            Map.Entry<Prefix, Node<T>> turn = leastSpent(node);
            Node<T> network = turn.getValue();
            node.floor = Math.max(node.floor, network.spent);
            node.networks.remove(turn.getKey());
            node.networks.put(turn.getKey(), network); // behind those that have had as much
            network.size--;
            network.turns++;
            node = network;
        }
        Iterator<T> items = node.items.iterator();
        T taken = items.next();
        items.remove();
        return taken;
    }

    private static <T> Map.Entry<Prefix, Node<T>> leastSpent(Node<T> node) {
        Map.Entry<Prefix, Node<T>> least = null;
        for (Map.Entry<Prefix, Node<T>> next : node.networks.entrySet()) {
            boolean waits = next.getValue().size > 0;
            if (waits && (least == null || next.getValue().spent < least.getValue().spent)) {
                least = next;
            }
        }
        if (least == null) {
            throw new IllegalStateException("somebody waits, and nobody knows where");
        }
        return Map.entry(least.getKey(), least.getValue());
    }

    /** A turn of an address is over, in which so much work was done. What goes on is added again before. */
    public void done(AddressPrefixes address, long work) {
        Node<T> node = root;
        List<Prefix> prefixes = prefixes(address);
        for (int i = prefixes.size() - 1; i >= 0 && node != null; i--) {
            Node<T> network = node.networks.get(prefixes.get(i));
            if (network != null) {
                network.spent += work;
                network.turns--;
                forgetIfIdle(node, prefixes.get(i), network);
            }
            node = network;
        }
    }
}
