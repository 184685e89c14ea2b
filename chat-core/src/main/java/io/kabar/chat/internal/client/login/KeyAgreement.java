package io.kabar.chat.internal.client.login;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.wire.Packet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a client agrees with its server on keys: by one {@link ClientHandshake} for each connection. The key that the
 * server has proven in one, it must have in the next.
 *
 * <p>Anybody who sees a HELLO can answer it, so what speaks against the server is counted until it is believed, and
 * forgotten as soon as anything speaks for it.
 */
final class KeyAgreement {

    /**
     * That the server has another key, or speaks another version, is believed when it was said in answer to so many
     * HELLOs, and nothing else was: whoever sees a HELLO can be the first to answer it, but does not keep the server's
     * own answers away.
     */
    private static final int BELIEVED = 3;

    private final RandomGenerator random;
    private @Nullable ClientHandshake handshake;

    /** The key the server must have; null until it has proven one. */
    private @Nullable ServerKey key;
    /** A key that RETRY showed instead of the right one. */
    private @Nullable ServerKey strange;
    /** In answer to how many HELLOs it was shown. */
    private final Sayings strangeKeys = new Sayings();
    /** In answer to how many HELLOs another version of the protocol was asked for. */
    private final Sayings otherVersions = new Sayings();

    private boolean heard;

    /** Why there is no use in going on. */
    record InVain(CloseReason reason, Refusal refusal, String sentence) {}

    /** How many HELLOs were answered by something that is not believed at once. */
    private static final class Sayings {
        private int count;
        private int lastRound;

        /** It was said in answer to the HELLO of this round, or a copy of it. */
        void add(int round) {
            count += round == lastRound ? 0 : 1;
            lastRound = round;
        }

        /** Another HELLO begins to be sent. */
        void nextHello() {
            lastRound = 0;
        }

        void forget() {
            count = 0;
            lastRound = 0;
        }
    }

    /** @param key the server's; null if the first one that it proves is taken on trust */
    KeyAgreement(@Nullable ServerKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    /** The key the server must have; null until it has proven one. */
    @Nullable
    ServerKey key() {
        return key;
    }

    /** Whether the server has said anything at all. */
    boolean heard() {
        return heard;
    }

    /** The handshake under way; null if there is none. */
    @Nullable
    ClientHandshake handshake() {
        return handshake;
    }

    void begin(long now) {
        end();
        handshake = new ClientHandshake(random, now);
        strangeKeys.nextHello();
        otherVersions.nextHello();
    }

    /** There is no handshake any more, and nothing is left of its secrets. */
    void end() {
        if (handshake != null) {
            handshake.wipe();
            handshake = null;
        }
    }

    /**
     * A datagram that belongs to no connection.
     *
     * @return what was agreed on; null if nothing is yet
     */
    ClientHandshake.@Nullable Result handle(Packet packet, long now) throws CryptoException {
        ClientHandshake current = handshake;
        if (current == null) {
            return null;
        }
        if (packet instanceof Packet.Retry retry && retry.clientCid() == current.clientCid()) {
            heard = true;
            retried(current, retry, now);
        } else if (packet instanceof Packet.Reply reply && reply.clientCid() == current.clientCid()) {
            return replied(current, reply);
        } else if (packet instanceof Packet.VersionNegotiation versions
                && versions.clientCid() == current.clientCid()
                && !versions.versions().contains(Packet.VERSION_2)
                && !current.hasToken()) {
            otherVersions.add(current.rounds());
        }
        return null;
    }

    private ClientHandshake.@Nullable Result replied(ClientHandshake current, Packet.Reply reply)
            throws CryptoException {
        ClientHandshake.Result result = current.replied(reply);
        if (result != null) { // or it is somebody else's, and the server's may still come
            end();
            strangeKeys.forget();
            otherVersions.forget();
            key = result.key();
        }
        return result;
    }

    private void retried(ClientHandshake current, Packet.Retry retry, long now) throws CryptoException {
        ServerKey offered = ServerKey.of(retry.serverKey());
        if (key == null || key.equals(offered)) {
            strangeKeys.forget(); // what is believed when nothing else is said
            otherVersions.forget();
            current.retried(offered, retry.token(), now);
        } else if (!current.hasToken()) {
            doubt(current, offered);
        }
    }

    /**
     * Anybody on the way can write a RETRY, and any bit of it may have flipped: one alone proves no change of the key.
     */
    private void doubt(ClientHandshake current, ServerKey offered) {
        if (strange == null || !strange.equals(offered)) {
            strange = offered;
            strangeKeys.forget();
        }
        strangeKeys.add(current.rounds());
    }

    /** Whether what the server has answered speaks against going on often enough to be believed at once. */
    boolean isHopeless() {
        return strangeKeys.count >= BELIEVED || otherVersions.count >= BELIEVED;
    }

    /**
     * Why there is no use in going on, by what the server has answered so far, and nothing else has; null if that is
     * not known.
     */
    @Nullable
    InVain inVain() {
        if (handshake == null || handshake.hasToken()) {
            return null;
        }
        if (key != null && strange != null && strangeKeys.count > 0) {
            return new InVain(
                    CloseReason.LOGIN_REFUSED,
                    Refusal.SERVER_KEY_CHANGED,
                    "The server's key has changed: " + key.fullFingerprint() + " was expected, "
                            + strange.fullFingerprint() + " was shown.");
        }
        return otherVersions.count > 0 ? new InVain(CloseReason.PROTOCOL_VIOLATION, Refusal.VERSION, "") : null;
    }

    /**
     * The time may have come to repeat what was sent.
     *
     * @return false if it was repeated often enough, and the key agreement began anew
     */
    boolean handleTimeout(long now) {
        if (handshake == null || handshake.handleTimeout(now)) {
            return true;
        }
        begin(now);
        return false;
    }

    long nextTimeout() {
        return handshake == null ? Long.MAX_VALUE : handshake.nextTimeout();
    }

    int pollTransmit(byte[] out) {
        return handshake == null ? 0 : handshake.pollTransmit(out);
    }
}
