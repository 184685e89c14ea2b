/**
 * What is said on lanes, and what is in an event: messages as records, and their bytes. Begin at
 * {@link io.kabar.chat.internal.wire.message.ClientMessage} and
 * {@link io.kabar.chat.internal.wire.message.ServerMessage}; {@link io.kabar.chat.internal.wire.message.Block} is how
 * they grow. Knows nothing of packets, connections or rooms.
 */
package io.kabar.chat.internal.wire.message;
