/**
 * What both ends have in common: the sans-I/O {@code Endpoint} that a driver turns, and what both put into a handshake
 * or say beside the lanes. Open {@link io.kabar.chat.internal.endpoint.Endpoint} first. Must not know sockets, threads,
 * clocks or loggers, nor which of the two ends it serves.
 */
package io.kabar.chat.internal.endpoint;
