package io.kabar.chat.internal.endpoint;

import java.net.InetSocketAddress;

/** A datagram outside any connection: part of a handshake, or a reset. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Transmit(InetSocketAddress to, byte[] datagram) {}
