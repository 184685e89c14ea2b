/**
 * What is said: a room is a log, a member is a cursor. Open {@link io.kabar.chat.internal.server.room.Room} first, then
 * {@link io.kabar.chat.internal.server.room.Roster}. Must not know sessions.
 */
package io.kabar.chat.internal.server.room;
