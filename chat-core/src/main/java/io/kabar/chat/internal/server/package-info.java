/**
 * The server without its socket. Open {@link io.kabar.chat.internal.server.ServerEndpoint} first. Its packages are,
 * from the ground up: core (settings, loop), limits, log (sequencing and broadcast), session (registry),
 * login (authentication), journal (requests), room (who is there, what is said). Must not know the client's package.
 */
package io.kabar.chat.internal.server;
