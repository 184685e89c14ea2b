/**
 * Authentication: how users prove who they are, and how often they may try. Open
 * {@link io.kabar.chat.internal.server.login.Logins} first, then {@link io.kabar.chat.internal.server.login.Login}.
 * Must not know rooms.
 */
package io.kabar.chat.internal.server.login;
