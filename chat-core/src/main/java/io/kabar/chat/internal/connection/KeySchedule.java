package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.crypto.HeaderProtection;
import io.kabar.chat.internal.crypto.PacketCipher;
import io.kabar.chat.internal.crypto.PacketKeys;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The keys of both directions and their replacement (RFC 9001 section 6). A packet says by its key phase bit whether
 * it is sealed with the keys of an even or an odd phase. Either end may step on: the other sees the bit change, opens
 * the packet with the next keys, and steps on too. Keys of the former phase stay for a while for reordered packets.
 *
 * <p>Owns all of these keys: overwrites those that are over, and with {@link #wipe} the rest.
 */
final class KeySchedule {
    private static final int KEY_LENGTH = PacketKeys.AES_256;

    private final KeyLimits limits;
    private final HeaderProtection sendProtection;
    private final HeaderProtection receiveProtection;

    private PacketKeys sendKeys;
    private PacketCipher sendCipher;
    private int sendPhase;
    private long sealed;
    private long updateAfter;
    private long phaseStartedAt;
    private long firstSealed = Long.MAX_VALUE;

    private PacketKeys receiveKeys;
    private PacketCipher receiveCipher;
    private int receivePhase;
    private long firstOpened = Long.MAX_VALUE;
    private @Nullable PacketKeys previousKeys;
    private @Nullable PacketCipher previousCipher;
    private @Nullable PacketKeys nextKeys;
    private @Nullable PacketCipher nextCipher;
    private boolean phaseAnswered = true;
    private boolean hasty;
    private long forged;
    private long updates;

    KeySchedule(byte[] sendSecret, byte[] receiveSecret, KeyLimits limits, RandomGenerator random, long now) {
        this.limits = limits;
        sendKeys = PacketKeys.of(sendSecret, KEY_LENGTH);
        receiveKeys = PacketKeys.of(receiveSecret, KEY_LENGTH);
        sendProtection = sendKeys.headerProtection();
        receiveProtection = receiveKeys.headerProtection();
        sendCipher = sendKeys.cipher();
        receiveCipher = receiveKeys.cipher();
        updateAfter = random.nextInt(limits.firstUpdateFrom(), limits.firstUpdateTo() + 1);
        phaseStartedAt = now;
    }

    /** The keys of the present phase. */
    PacketKeys sendKeys() {
        return sendKeys;
    }

    PacketKeys receiveKeys() {
        return receiveKeys;
    }

    /** Of the phase before, while they are kept; with their secret gone. */
    @Nullable
    PacketKeys previousKeys() {
        return previousKeys;
    }

    /** Of the phase to come, if a packet has asked for them. */
    @Nullable
    PacketKeys nextKeys() {
        return nextKeys;
    }

    HeaderProtection sendProtection() {
        return sendProtection;
    }

    HeaderProtection receiveProtection() {
        return receiveProtection;
    }

    /** 0 or 1, for the packet to be sealed next. */
    int sendPhase() {
        return sendPhase;
    }

    /**
     * Steps the sending keys on if it is time and the peer has followed the last step (RFC 9001 section 6.1).
     */
    void updateIfDue(long largestAcked, long now) {
        boolean due = sealed >= updateAfter || now - phaseStartedAt >= limits.updateNanos();
        // That the former keys are gone means 3 PTO since the last update (section 6.5).
        boolean confirmed = largestAcked >= firstSealed && sendPhase == receivePhase && previousCipher == null;
        if (due && confirmed) {
            stepSending(now);
        }
    }

    /** Whether so many packets are sealed that sealing on would weaken the key; {@code spare} more are kept back. */
    boolean wornOut(int spare) {
        return sealed >= limits.hardLimit() - spare;
    }

    /** Whether so many packets failed to open that a forger may be getting somewhere (RFC 9001 section 6.6). */
    boolean underAttack() {
        return forged >= limits.forgeryLimit();
    }

    int seal(long number, byte[] packet, int headerLength, int payloadLength) {
        sealed++;
        firstSealed = Math.min(firstSealed, number);
        return sendCipher.seal(number, packet, 0, headerLength, payloadLength);
    }

    /**
     * Opens a packet of key phase {@code phase}, in place. Returns the payload's length or -1; {@link
     * #receivePhase} has changed if this packet began a new phase.
     */
    int open(long number, int phase, byte[] packet, int offset, int headerLength, int sealedLength, long now) {
        int length;
        if (phase == receivePhase) {
            length = receiveCipher.open(number, packet, offset, headerLength, sealedLength);
            if (length >= 0) {
                firstOpened = Math.min(firstOpened, number);
            }
        } else if (number < firstOpened && previousCipher != null) {
            length = previousCipher.open(number, packet, offset, headerLength, sealedLength);
        } else {
            length = next().open(number, packet, offset, headerLength, sealedLength);
            if (length >= 0) {
                stepReceiving(number, now);
            }
        }
        if (length < 0) {
            forged++;
        }
        return length;
    }

    /** An ACK that reports up to this number was sealed. */
    void acknowledged(long reported) {
        phaseAnswered |= reported >= firstOpened;
    }

    /**
     * Whether the peer has updated its keys again before it can know that we have followed (RFC 9001 section 6.2):
     * each update has us derive keys, so a peer may not do it with every packet.
     */
    boolean hasty() {
        return hasty;
    }

    int receivePhase() {
        return receivePhase;
    }

    /** Times the sending keys were replaced. */
    long updates() {
        return updates;
    }

    /** The keys of the former phase are not needed any more. */
    void forgetPrevious() {
        if (previousKeys != null && previousCipher != null) {
            wipe(previousKeys, previousCipher);
        }
        previousKeys = null;
        previousCipher = null;
    }

    /** Overwrites all keys: nothing is sealed or opened any more. Harmless when done before. */
    void wipe() {
        forgetPrevious();
        wipe(sendKeys, sendCipher);
        wipe(receiveKeys, receiveCipher);
        if (nextKeys != null && nextCipher != null) {
            wipe(nextKeys, nextCipher);
        }
        sendProtection.wipe();
        receiveProtection.wipe();
    }

    private static void wipe(PacketKeys keys, PacketCipher cipher) {
        keys.wipe();
        cipher.wipe();
    }

    private PacketCipher next() {
        PacketCipher cipher = nextCipher;
        if (cipher == null) { // kept, so that a forger pays for one derivation only
            PacketKeys keys = receiveKeys.next();
            cipher = keys.cipher();
            nextKeys = keys;
            nextCipher = cipher;
        }
        return cipher;
    }

    private void stepReceiving(long number, long now) {
        if (nextKeys == null || nextCipher == null) {
            throw new IllegalStateException("no next keys");
        }
        hasty |= !phaseAnswered;
        phaseAnswered = false;
        forgetPrevious();
        previousKeys = receiveKeys;
        previousCipher = receiveCipher;
        receiveKeys.wipeSecret();
        receiveKeys = nextKeys;
        receiveCipher = nextCipher;
        nextKeys = null;
        nextCipher = null;
        receivePhase ^= 1;
        firstOpened = number;
        if (sendPhase != receivePhase) {
            stepSending(now); // the peer began: follow (section 6.2)
        }
    }

    private void stepSending(long now) {
        PacketKeys next = sendKeys.next();
        wipe(sendKeys, sendCipher);
        sendKeys = next;
        sendCipher = next.cipher();
        sendPhase ^= 1;
        updates++;
        sealed = 0;
        updateAfter = limits.updatePackets();
        phaseStartedAt = now;
        firstSealed = Long.MAX_VALUE;
    }
}
