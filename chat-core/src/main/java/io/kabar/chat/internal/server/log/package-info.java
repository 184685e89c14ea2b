/**
 * A room's log and those who read it: the newest events in memory, where each reader stands, who wrote what, and words
 * to search for. Open {@link io.kabar.chat.internal.server.log.RoomLog} first, then
 * {@link io.kabar.chat.internal.server.log.Cursor}. Must not know members, sessions or the journal.
 */
package io.kabar.chat.internal.server.log;
