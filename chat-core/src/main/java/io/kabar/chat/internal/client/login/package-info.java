/**
 * How a client gets in: the key agreement, the connection that is agreed on, and the login on it. Begin
 * at {@link io.kabar.chat.internal.client.login.ClientSignIn}. Must not know rooms, nor the packages above it.
 */
package io.kabar.chat.internal.client.login;
