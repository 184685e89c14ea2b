/**
 * What a connection carries, without packets: lanes of messages, sources of frames, and whose turn it is to write
 * into the next packet. Open {@link io.kabar.chat.internal.connection.lane.SendQueue} first, then
 * {@link io.kabar.chat.internal.connection.lane.Deliveries}, its other end. Must not know packet numbers, loss, paths
 * or keys.
 */
package io.kabar.chat.internal.connection.lane;
