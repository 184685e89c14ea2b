package io.kabar.chat.internal.connection.loss;

import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;

/** An address of the peer, with what is known about the way there. A packet in flight belongs to its path for good. */
public final class Path {
    /** RFC 9000 section 8.1. */
    private static final int AMPLIFICATION = 3;

    private final InetSocketAddress remote;
    private final RttEstimator rtt;
    private final CongestionController congestion;
    private final Pacer pacer;
    private final PathMtu mtu;
    private final Reordering reordering;
    private boolean validated;
    private long heardAt;
    private long bytesReceived;
    private long bytesSent;

    private Path(
            InetSocketAddress remote,
            RttEstimator rtt,
            CongestionController congestion,
            Pacer pacer,
            PathMtu mtu,
            Reordering reordering,
            boolean validated,
            long now) {
        this.remote = remote;
        this.rtt = rtt;
        this.congestion = congestion;
        this.pacer = pacer;
        this.mtu = mtu;
        this.reordering = reordering;
        this.validated = validated;
        heardAt = now;
    }

    /** A path about whose way nothing is known; {@code longest} datagrams leave this machine whole. */
    public static Path fresh(InetSocketAddress remote, int longest, boolean validated, long now) {
        PathMtu mtu = new PathMtu(longest);
        return new Path(
                remote,
                new RttEstimator(),
                new CongestionController(),
                new Pacer(now),
                mtu,
                new Reordering(),
                validated,
                now);
    }

    /**
     * The path after the peer's packets have begun to come from {@code moved}: not validated. If only the port is
     * another it is a NAT's doing and the way is the same (RFC 9000 section 9.4).
     */
    public Path movedTo(InetSocketAddress moved, int longest, long now) {
        boolean sameHost = moved.getAddress() != null && moved.getAddress().equals(remote.getAddress());
        return sameHost
                ? new Path(moved, rtt, congestion, pacer, mtu, reordering, false, now)
                : fresh(moved, longest, false, now);
    }

    public InetSocketAddress remote() {
        return remote;
    }

    public RttEstimator rtt() {
        return rtt;
    }

    public CongestionController congestion() {
        return congestion;
    }

    public Pacer pacer() {
        return pacer;
    }

    public PathMtu mtu() {
        return mtu;
    }

    Reordering reordering() {
        return reordering;
    }

    public boolean validated() {
        return validated;
    }

    public void validate() {
        validated = true;
    }

    public void onReceived(int bytes, long now) {
        bytesReceived += bytes;
        heardAt = now;
    }

    /** When an authenticated packet came from there. */
    public long heardAt() {
        return heardAt;
    }

    public void onSent(int bytes) {
        bytesSent += bytes;
    }

    /**
     * The longest datagram that may be sent now, which may be shorter than any there is. Never one that overdraws the
     * budget: a peer that moves on, and back, and on again would draw the overdraft each time.
     */
    public int longestDatagram() {
        if (validated) {
            return mtu.size();
        }
        long budget = AMPLIFICATION * bytesReceived - bytesSent;
        return (int) Math.max(0, Math.min(budget, WireLimits.DATAGRAM));
    }
}
