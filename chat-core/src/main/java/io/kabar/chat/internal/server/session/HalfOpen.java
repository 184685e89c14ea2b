package io.kabar.chat.internal.server.session;

import java.net.InetSocketAddress;

/** How a handshake in progress is found again: ids are the clients' choice, so two may choose the same. */
public record HalfOpen(long clientCid, InetSocketAddress from) {}
