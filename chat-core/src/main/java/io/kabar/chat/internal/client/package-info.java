/**
 * The client without its socket: it signs in, enters rooms, keeps what is said until it is accepted, and comes back.
 * Open {@link io.kabar.chat.internal.client.ClientEndpoint} first. Must not know the server's packages.
 */
package io.kabar.chat.internal.client;
