/**
 * Bytes and nothing else: packets, frames and the messages inside them, with their codecs and limits. Open
 * {@link io.kabar.chat.internal.wire.Packet} and {@link io.kabar.chat.internal.wire.Frame} first.
 *
 * <p>Depends on the model only: no keys, no time, no state between calls. A decoder gives a value or throws
 * {@link io.kabar.chat.internal.wire.MalformedPacketException}, whatever the bytes are.
 */
package io.kabar.chat.internal.wire;
