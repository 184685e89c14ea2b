/**
 * The session registry: who is connected, how a stranger becomes a session, and a session a user's. Open
 * {@link io.kabar.chat.internal.server.session.Sessions} first, then
 * {@link io.kabar.chat.internal.server.session.ServerSession}. Must not know logins or rooms: what clients say goes to
 * a {@link io.kabar.chat.internal.server.session.SessionService}.
 */
package io.kabar.chat.internal.server.session;
