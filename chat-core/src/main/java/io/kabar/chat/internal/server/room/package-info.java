/**
 * Who is in a room, what is said there, and what is refused. Open
 * {@link io.kabar.chat.internal.server.room.Rooms} first, then
 * {@link io.kabar.chat.internal.server.room.LiveRoom} for a room and
 * {@link io.kabar.chat.internal.server.room.SessionRooms} for a session. Must not know logins.
 */
package io.kabar.chat.internal.server.room;
