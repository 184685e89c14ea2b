/**
 * Who is here: signing in, and the limits that one user or address is held to. Open
 * {@link io.kabar.chat.internal.session.Login} first. Must not know rooms.
 */
package io.kabar.chat.internal.session;
