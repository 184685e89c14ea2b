/**
 * Keys and proofs: the Noise handshake, packet protection, password proofs and the server's identity, all on the
 * JDK's own primitives. Open {@link io.kabar.chat.internal.crypto.NoiseNk} first, then
 * {@link io.kabar.chat.internal.crypto.PacketCipher}.
 *
 * <p>Depends on no other package of Kabar; has no clock, thread, logger or random source of its own. Objects here
 * reuse ciphers and belong to one thread at a time; static methods are free to any thread.
 */
package io.kabar.chat.internal.crypto;
