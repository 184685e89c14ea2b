/**
 * Requests on their way to the journal and back: proposals, pages for cursors, rooms being loaded. Open
 * {@link io.kabar.chat.internal.server.journal.JournalRequests} first. Must not know who is in a room.
 */
package io.kabar.chat.internal.server.journal;
