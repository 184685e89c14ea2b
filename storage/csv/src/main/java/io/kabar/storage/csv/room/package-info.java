/**
 * The log of one room: segments, what stands beside them, and mending what a crash or an editor has left. Open
 * {@link io.kabar.storage.csv.room.RoomJournal} first. Must not depend on accounts or on the journal of all rooms.
 */
package io.kabar.storage.csv.room;
