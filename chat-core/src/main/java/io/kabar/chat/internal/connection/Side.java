package io.kabar.chat.internal.connection;

/** Which end of a connection this is. Only a client's address may change under way (RFC 9000 section 9). */
public enum Side {
    CLIENT,
    SERVER
}
