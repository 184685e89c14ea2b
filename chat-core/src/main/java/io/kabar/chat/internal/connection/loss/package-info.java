/**
 * What became of packets, and how fast the next may go: acknowledgements, loss and round-trip time (RFC 9002),
 * congestion, pacing and datagram length, each path by itself. Open
 * {@link io.kabar.chat.internal.connection.loss.LossDetector} first, then
 * {@link io.kabar.chat.internal.connection.loss.Path}. Tells lanes and sources the fate of their frames; must not
 * know keys, timers, nor how packets are made.
 */
package io.kabar.chat.internal.connection.loss;
