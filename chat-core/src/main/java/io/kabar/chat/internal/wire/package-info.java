/**
 * Bytes and nothing else: packets and frames, with their codecs and limits. Open
 * {@link io.kabar.chat.internal.wire.Packet} and {@link io.kabar.chat.internal.wire.Frame} first. What frames carry for
 * rooms is in {@code message}.
 *
 * <p>Imports nothing: no keys, no time, no state between calls. A decoder gives a value or throws
 * {@link io.kabar.chat.internal.wire.MalformedPacketException}, whatever the bytes are.
 */
package io.kabar.chat.internal.wire;
