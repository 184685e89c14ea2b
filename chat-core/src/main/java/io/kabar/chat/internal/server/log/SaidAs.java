package io.kabar.chat.internal.server.log;

/**
 * What became of a message.
 *
 * @param seq number of its event
 * @param timeMillis when it was accepted, in milliseconds since 1970
 */
public record SaidAs(long seq, long timeMillis) {}
