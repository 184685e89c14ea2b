package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.loss.Path;
import io.kabar.chat.internal.wire.FrameWriter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where the peer is, and whether that is proven (RFC 9000 sections 8.2 and 9). A client that moves is followed at once,
 * because its old address is probably dead; until it has answered a challenge from the new one, little is sent there,
 * and without an answer the connection goes back to the last address that was proven. To one that was proven lately it
 * moves without a question.
 *
 * <pre>
 *              packet from elsewhere               PATH_RESPONSE
 *   validated ───────────────────────► validating ───────────────► validated
 *       ▲                                  │  ▲│
 *       ├────── 3 challenges unanswered ───┤  └┘ packet from yet elsewhere
 *       └── packet from a proven address ──┘
 * </pre>
 */
final class Paths {
    /** Challenges sent, a PTO apart, before the new address is given up (RFC 9000 section 8.2.4). */
    private static final int CHALLENGES = 3;

    /** Challenges of the peer that wait for their answer; more are dropped (RFC 9000 section 21.9). */
    private static final int RESPONSES = 8;

    private record Response(InetSocketAddress to, long data) {}

    /** Between two questions whether the peer is still at the address it has left for another proven one. */
    private static final long ASK_INTERVAL = 1_000_000_000;

    private final RandomGenerator random;
    private final KnownPaths others = new KnownPaths();
    private DatagramLimits limits;
    /** The newest ones: any of them may be answered. */
    private final long[] challenges = new long[CHALLENGES];

    private final ArrayDeque<Response> responses = new ArrayDeque<>(1);
    private Path current;
    /** The last that was proven. */
    private Path proven;
    /** The one that was challenged last and has not answered; the current one, or the peer is at a proven one again. */
    private @Nullable Path candidate;

    private int timeouts;
    private int challengesSent;
    private boolean challengeDue;
    private @Nullable Path formerToChallenge;
    private long formerAskedAt;

    Paths(InetSocketAddress remote, DatagramLimits limits, RandomGenerator random, long now) {
        this.limits = limits;
        this.random = random;
        current = Path.fresh(remote, limits.of(remote), true, now);
        proven = current;
        formerAskedAt = now - ASK_INTERVAL;
    }

    Path current() {
        return current;
    }

    boolean validating() {
        return current != proven;
    }

    /**
     * Follows the peer to another address. Returns false if that is proven already, so that nothing is to be validated.
     */
    boolean moveTo(InetSocketAddress address, long now) {
        Path known = address.equals(proven.remote()) ? proven : others.take(address, now);
        if (known != null) {
            // Once in a while only: whoever is at two addresses is asked at each step, and answers with as many
            // datagrams.
            boolean ask = !validating() && known != proven && now - formerAskedAt >= ASK_INTERVAL;
            formerToChallenge = ask ? proven : null;
            formerAskedAt = ask ? now : formerAskedAt;
            become(known);
            current = known;
            stopValidating();
            return false;
        }
        // Asks the peer whether it meant to move, section 9.3.3.
        formerToChallenge = validating() ? null : proven;
        Path asked = candidate;
        if (asked == null || !asked.remote().equals(address)) {
            asked = proven.movedTo(address, limits.of(address), now);
            candidate = asked;
            challengesSent = 0;
        }
        current = asked;
        stopValidating();
        challengeDue = true;
        return true;
    }

    /** A path is the last that was proven; the one before is remembered. */
    private void become(Path path) {
        if (path != proven) {
            others.add(proven);
            proven = path;
        }
    }

    /** A packet of so many bytes has come from a known address. */
    void onReceived(InetSocketAddress from, int bytes, long now) {
        Path path = from.equals(current.remote()) ? current : from.equals(proven.remote()) ? proven : others.find(from);
        if (path != null) {
            path.onReceived(bytes, now);
        }
    }

    /** This end's own socket was replaced: the same address, reached in a way nothing is known about. */
    void renew(DatagramLimits newLimits, long now) {
        limits = newLimits;
        current = Path.fresh(current.remote(), limits.of(current.remote()), true, now);
        proven = current;
        candidate = null;
        others.clear();
        formerToChallenge = null;
        stopValidating();
    }

    /** A challenge went unanswered for a PTO. Returns whether the move is given up. */
    boolean onTimeout() {
        if (!validating()) {
            return false;
        }
        if (++timeouts < CHALLENGES) { // whether or not the amplification limit let the last one go
            challengeDue = true;
            return false;
        }
        current = proven;
        candidate = null;
        stopValidating();
        return true;
    }

    /**
     * Returns whether the response proves the current address: only one that comes from there does. RFC 9000 section
     * 8.2.3 would have it prove that the challenge was read there, wherever it comes from. But a peer that answers from
     * elsewhere has moved on, or somebody has carried its packets, and the challenge, to and fro; in neither case is
     * there a reason to send more to the address that was challenged.
     */
    boolean onResponse(InetSocketAddress from, long data) {
        Path asked = candidate;
        if (asked == null || !from.equals(asked.remote())) {
            return false;
        }
        for (int i = 0; i < Math.min(challengesSent, CHALLENGES); i++) {
            if (challenges[i] == data) {
                asked.validate();
                candidate = null;
                if (current == asked) {
                    become(asked);
                    stopValidating();
                    return true;
                }
                others.add(asked); // it has moved on, to an address that was proven before, and may come back
                return false;
            }
        }
        return false;
    }

    /** The answer goes where the challenge came from (RFC 9000 section 8.2.2). */
    void onChallenge(InetSocketAddress from, long data) {
        if (responses.size() < RESPONSES) {
            responses.addLast(new Response(from, data));
        }
    }

    /** Whether there is something to say on the current path. */
    boolean wantsFrames() {
        Response response = responses.peekFirst();
        return challengeDue || (response != null && response.to().equals(current.remote()));
    }

    /** Writes it; returns whether anything was written. */
    boolean writeFrames(FrameWriter out) {
        boolean written = false;
        Response response = responses.peekFirst();
        while (response != null && response.to().equals(current.remote()) && out.pathResponse(response.data())) {
            responses.removeFirst();
            written = true;
            response = responses.peekFirst();
        }
        if (challengeDue) {
            long data = random.nextLong();
            if (out.pathChallenge(data)) {
                challenges[challengesSent++ % CHALLENGES] = data;
                challengeDue = false;
                written = true;
            }
        }
        return written;
    }

    /** The address of the next packet that must go elsewhere than to the current one; null if there is none. */
    @Nullable
    InetSocketAddress elsewhere() {
        if (formerToChallenge != null) {
            return formerToChallenge.remote();
        }
        Response response = responses.peekFirst();
        return response == null || response.to().equals(current.remote()) ? null : response.to();
    }

    /** Writes the frame for {@link #elsewhere}. Returns whether its packet may be padded to full size. */
    boolean writeElsewhere(FrameWriter out) {
        if (formerToChallenge != null) {
            formerToChallenge = null;
            out.pathChallenge(random.nextLong());
            return true;
        }
        // All in one packet, and that not padded: an address that nothing is known about gets no more than it sent.
        InetSocketAddress to = responses.getFirst().to();
        Response response = responses.getFirst();
        while (response != null && response.to().equals(to) && out.pathResponse(response.data())) {
            responses.removeFirst();
            response = responses.peekFirst();
        }
        return false;
    }

    private void stopValidating() {
        timeouts = 0;
        challengeDue = false;
    }
}
