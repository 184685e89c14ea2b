/**
 * The server without its socket: sessions in rooms. Open {@link io.kabar.chat.internal.server.ServerEndpoint} first,
 * then {@link io.kabar.chat.internal.server.CommitFlow}, through which everything goes that becomes an event. Must not
 * know the client's package.
 */
package io.kabar.chat.internal.server;
