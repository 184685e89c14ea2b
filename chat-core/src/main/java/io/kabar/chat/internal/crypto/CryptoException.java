package io.kabar.chat.internal.crypto;

/**
 * Bytes that came from outside (a peer, a file) failed a cryptographic check. The message says which check and never
 * contains the bytes. Carries no stack trace: an attacker decides how often it is made.
 */
public final class CryptoException extends Exception {

    public CryptoException(String message) {
        super(message, null, false, false);
    }
}
