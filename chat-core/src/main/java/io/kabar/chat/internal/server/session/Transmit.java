package io.kabar.chat.internal.server.session;

import java.net.InetSocketAddress;

/** A datagram outside any connection: part of a handshake, or a reset. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Transmit(InetSocketAddress to, byte[] datagram) {}
