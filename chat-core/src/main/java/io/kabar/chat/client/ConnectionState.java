package io.kabar.chat.client;

/**
 * How a client stands with its server.
 *
 * <pre>
 *   CONNECTING ──signed in──► LIVE ◄──heard again, or signed in anew──► SEARCHING
 *        │                     │        (nothing heard, or the server restarted)   │
 *        └──── refused ────────┴──────────── closed, refused ──────────────────────┴──► SIGNED_OUT
 * </pre>
 */
public enum ConnectionState {
    /** The first contact: shaking hands and signing in. */
    CONNECTING,
    /** Signed in, and the server answers. */
    LIVE,
    /** The server does not answer at the moment; what is sent waits, and nothing is lost. */
    SEARCHING,
    /** The end; nothing follows. */
    SIGNED_OUT
}
