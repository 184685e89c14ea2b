package io.kabar.chat.internal.endpoint;

import java.net.InetSocketAddress;

/** How a handshake in progress is found again: ids are the clients' choice, so two may choose the same. */
record HalfOpen(long clientCid, InetSocketAddress from) {}
