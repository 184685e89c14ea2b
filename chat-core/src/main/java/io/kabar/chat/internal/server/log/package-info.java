/**
 * Sequencing and broadcast, of rooms as their logs tell them: the newest events in memory, who is a member, where each
 * reader stands, who wrote what, and words to search for. Only what the journal has committed changes them. Open
 * {@link io.kabar.chat.internal.server.log.Room} first, then {@link io.kabar.chat.internal.server.log.Cursor}. Must not
 * know sessions or requests to the journal.
 */
package io.kabar.chat.internal.server.log;
