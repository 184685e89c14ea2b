/**
 * The server without its socket. Open {@link io.kabar.chat.internal.server.ServerEndpoint} first. Its packages are,
 * from the ground up: core (settings, loop), limits, log (what the journal has made of rooms), session (registry),
 * login (authentication), journal (requests), room (sequencing and broadcast). Must not know the client's package.
 */
package io.kabar.chat.internal.server;
