/**
 * How a client gets in: the key agreement and the login, once for each connection. Begin at
 * {@link io.kabar.chat.internal.client.login.ClientSignIn}. Must not know rooms, nor the packages above it.
 */
package io.kabar.chat.internal.client.login;
