/**
 * One secure, reliable, roaming peer: packet protection, acknowledgements, loss recovery, congestion control, key
 * update, address migration and orderly ends, over any network that loses, repeats and reorders datagrams. Open
 * {@link io.kabar.chat.internal.connection.Connection} first. What is carried is in {@code lane}, what became of
 * packets in {@code loss}; here packets are made and opened, and the connection lives, moves and ends.
 *
 * <p>Sans-I/O: datagrams and time in, datagrams and calls of a sink out; no socket, thread, clock or logger, and no
 * random source but the one handed in. Depends on {@code internal.wire} and {@code internal.crypto}, knows nothing of
 * sessions, nor of what its logs and lanes stand for.
 */
package io.kabar.chat.internal.connection;
